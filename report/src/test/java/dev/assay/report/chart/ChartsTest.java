package dev.assay.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class ChartsTest {
    @Test
    void ticksAreRoundAndInside() {
        assertThat(Ticks.linear(0, 10, 5)).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
        assertThat(Ticks.linear(0.31, 0.52, 4)).allSatisfy(t -> assertThat(t).isBetween(0.31, 0.52));
        assertThat(Ticks.log(1, 100, 8)).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0);
        assertThat(Ticks.log(0.9, 1.1, 5)).contains(1.0);
        assertThat(new Scale.Binary(4096, 1 << 28, 0, 1).ticks(9)).hasSizeLessThanOrEqualTo(9).startsWith(4096.0)
                .allSatisfy(t -> assertThat(Long.bitCount(t.longValue())).isOne());
    }

    @Test
    void aScaleHoldsValuesOutsideAtItsEdge() {
        Scale scale = new Scale.Log(1, 100, 10, 210);
        assertThat(scale.at(10)).isCloseTo(110, within(1e-9));
        assertThat(scale.at(0.001)).isEqualTo(10);
        assertThat(scale.at(-3)).isEqualTo(10);
        assertThat(scale.at(1e9)).isEqualTo(210);
    }

    @RepeatedTest(20)
    void labelsAreMovedApartAndStayInside() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        double[] wanted = random.doubles(2 + random.nextInt(8), 0, 300).toArray();
        double[] placed = Labels.spread(wanted, 16, 0, 300);
        double[] sorted = java.util.Arrays.stream(placed).sorted().toArray();
        for (int i = 1; i < sorted.length; i++) {
            assertThat(sorted[i] - sorted[i - 1]).as("seed %d", seed).isGreaterThan(14);
        }
        assertThat(sorted[0]).as("seed %d", seed).isGreaterThanOrEqualTo(0);
        assertThat(sorted[sorted.length - 1]).as("seed %d", seed).isLessThanOrEqualTo(300);
    }

    @Test
    void longNamesAreCutToTheirRoom() {
        String cut = Labels.fit("a very long name that nobody can read at a glance", 80);
        assertThat(cut).endsWith("…");
        assertThat(Labels.width(cut)).isLessThanOrEqualTo(92);
        assertThat(Labels.fit("short", 80)).isEqualTo("short");
    }

    @Test
    void markupEscapesAllThatComesIn() {
        Markup markup = new Markup().leaf("p", "<b>&\"' \u0000\ud800", "title", "\"><script>");
        assertThat(markup.toString())
                .isEqualTo("<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&quot;&#39; \uFFFD\uFFFD</p>");
    }

    @Test
    void coordinatesAreRoundedToTenths() {
        assertThat(List.of(0.0, 12.34, -0.06, -3.96, 1e6, 0.04).stream().map(Markup::pixels))
                .containsExactly("0", "12.3", "-0.1", "-4", "1000000", "0");
        assertThatThrownBy(() -> Markup.pixels(Double.NaN)).hasMessageContaining("finite");
    }

    @Test
    void markupThatIsNotFinishedIsAnError() {
        assertThatThrownBy(() -> new Markup().open("p").toString()).hasMessageContaining("still open");
        assertThatThrownBy(() -> new Markup().empty("div")).hasMessageContaining("<div/>");
    }

    @Test
    void valuesThatAreNoNumbersAreLeftOut() {
        BarChart bars = new BarChart("bars", "ns",
                List.of(new BarChart.Bar("a", 0, Double.NaN, 1, 2, "", ""),
                        new BarChart.Bar("b", 1, 2, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "2", "")),
                String::valueOf);
        assertThat(bars.bars()).hasSize(1);
        assertThat(bars.svg().toString()).contains("arrow").doesNotContain("NaN", "Infinity");
        CurveChart curve = new CurveChart("curve", "x", "y", true, List.of(new CurveChart.Series("s", 0,
                List.of(new CurveChart.Dot(1, Double.NaN, 0, 1, ""), new CurveChart.Dot(2, 3, 2, 4, "")))), List.of(),
                String::valueOf, String::valueOf);
        assertThat(curve.drawable()).isFalse();
    }

    @Test
    void equalValuesStillMakeAChart() {
        BarChart bars = new BarChart("bars", "ns", List.of(new BarChart.Bar("a", 0, 0, 0, 0, "0", "")),
                String::valueOf);
        assertThat(bars.svg().toString()).contains("<svg");
        HeatMap map = new HeatMap("map", "ns", "from", "to", List.of(new HeatMap.Cell(0, 1, 5, "")), String::valueOf);
        assertThat(map.svg().toString()).contains("class=\"cell\"");
        StripPlot strip = new StripPlot("strip", "ns", List.of(new StripPlot.Row("a", 0, 2,
                List.of(new StripPlot.Dot(2, ""), new StripPlot.Dot(2, "")))), String::valueOf);
        assertThat(strip.drawable()).isTrue();
        assertThat(strip.svg().toString()).contains("median");
        ForestPlot forest = new ForestPlot("forest", "ratio", 0.01,
                List.of(new ForestPlot.Row("a", 1, 1, 1, "equivalent", "1", "")), String::valueOf);
        assertThat(forest.svg().toString()).contains("zone");
    }

    @Test
    void valuesFarApartAreDotsOnALogarithmicAxis() {
        BarChart far = new BarChart("bars", "ns", List.of(new BarChart.Bar("a", 0, 1, 1, 1, "1", ""),
                new BarChart.Bar("b", 1, 1000, 900, 1100, "1000", "")), String::valueOf);
        assertThat(far.svg().toString()).contains("logarithmic", "<circle class=\"bar\"")
                .doesNotContain("<rect class=\"bar\"");
    }
}
