package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.Card;
import dev.assay.lab.Doubt;
import dev.assay.lab.Effect;
import dev.assay.lab.Evidence;
import dev.assay.lab.Expectation;
import dev.assay.lab.Finding;
import dev.assay.lab.Point;
import dev.assay.lab.Run;
import dev.assay.lab.Summary;
import dev.assay.lab.Variant;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

final class HtmlReportTest {
    private static final Run WHOLE = SampleRun.whole();
    private static final String HTML = HtmlReport.of(WHOLE);
    private static final Page PAGE = new Page(HTML);

    @Test
    void thePageFetchesNothingAndRunsNothing() {
        assertThat(PAGE.all("script")).isEmpty();
        assertThat(PAGE.all("link")).isEmpty();
        assertThat(PAGE.all("iframe")).isEmpty();
        assertThat(HTML).doesNotContain("url(", "@import", "javascript:");
        for (Element element : PAGE.all("*")) {
            assertThat(element.getAttribute("src")).satisfiesAnyOf(s -> assertThat(s).isEmpty(),
                    s -> assertThat(s).startsWith("data:"));
            assertThat(element.getAttribute("href")).satisfiesAnyOf(s -> assertThat(s).isEmpty(),
                    s -> assertThat(s).startsWith("#"));
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName()).doesNotStartWith("on");
            }
        }
        assertThat(HTML).contains("Content-Security-Policy");
    }

    @Test
    void everyLinkLeadsSomewhereAndNoIdIsUsedTwice() {
        Set<String> ids = new HashSet<>();
        for (Element element : PAGE.all("*")) {
            String id = element.getAttribute("id");
            assertThat(id.isEmpty() || ids.add(id)).as("id %s is used once", id).isTrue();
        }
        for (Element link : PAGE.all("a")) {
            assertThat(ids).contains(link.getAttribute("href").substring(1));
        }
        for (Element element : PAGE.all("section")) {
            assertThat(ids).contains(element.getAttribute("aria-labelledby"));
        }
    }

    @Test
    void everyExperimentHasASectionWithItsQuestionAndARowInTheOverview() {
        String overview = PAGE.ofClass("table", "overview").getFirst().getTextContent();
        for (Finding finding : WHOLE.findings()) {
            assertThat(PAGE.byId(finding.id()).getTextContent()).contains(finding.evidence().card().question());
            assertThat(overview).contains(finding.id());
        }
    }

    @Test
    void everyFigureOfADoubtedExperimentCarriesTheDoubtsMark() {
        Finding doubted = WHOLE.findings().stream().filter(f -> f.id().equals("layout.false-sharing")).findFirst()
                .orElseThrow();
        List<Element> figures = PAGE.ofClass("td", "figure").stream()
                .filter(cell -> cell.getParentNode().getTextContent().contains("same line")).toList();
        assertThat(figures).hasSizeGreaterThan(2).allSatisfy(cell -> {
            List<String> titles = links(cell);
            assertThat(titles).hasSize(doubted.doubts().size());
            assertThat(titles.getLast()).contains("unstable", "14 %", "quieten the machine");
        });
        assertThat(PAGE.byId("layout.false-sharing-doubts").getTextContent()).contains("Remedy: Quieten the machine");
    }

    private static List<String> links(Element cell) {
        var links = cell.getElementsByTagName("a");
        return java.util.stream.IntStream.range(0, links.getLength())
                .mapToObj(i -> ((Element) links.item(i)).getAttribute("title")).toList();
    }

    @Test
    void everyTrialIsListedWithItsProcessAndItsBlock() {
        for (Finding finding : WHOLE.findings()) {
            for (var block : finding.evidence().blocks()) {
                PAGE.byId(finding.id() + "-block-" + block.number());
                for (var trial : block.trials()) {
                    assertThat(PAGE.byId(finding.id() + "-trial-" + trial.number()).getTextContent())
                            .contains(String.valueOf(trial.pid()), trial.variant());
                }
            }
        }
    }

    @Test
    void everyDotOfADistributionNamesItsTrial() {
        String strip = PAGE.ofClass("g", "strip").stream().map(Element::getTextContent)
                .filter(t -> t.contains("same line")).findFirst().orElseThrow();
        assertThat(strip).containsPattern("same line, trial \\d+, pid \\d+, block \\d+: 11\\.\\d+ ns");
    }

    @Test
    void chartsAreDrawnForEveryKind() {
        assertThat(PAGE.all("svg")).hasSizeGreaterThan(8)
                .allSatisfy(svg -> assertThat(svg.getAttribute("aria-label")).isNotBlank());
        assertThat(PAGE.ofClass("path", "line")).hasSize(2);
        assertThat(PAGE.ofClass("g", "mark")).extracting(Element::getTextContent)
                .anySatisfy(t -> assertThat(t).contains("L2 1 MiB"));
        assertThat(PAGE.ofClass("g", "cell")).hasSize(2 * 8 * 7);
        assertThat(PAGE.ofClass("rect", "estimate")).hasSameSizeAs(
                WHOLE.findings().stream().flatMap(f -> f.effects().stream()).toList());
        assertThat(HTML).doesNotContain("NaN", "Infinity");
    }

    @Test
    void furtherCoordinatesMakePanelsAndPointsOffTheCurveATable() {
        List<Point> points = new java.util.ArrayList<>();
        for (long bytes = 4096; bytes <= 65536; bytes *= 2) {
            points.add(Point.of("bytes", bytes, "threads", 1));
            points.add(Point.of("bytes", bytes, "threads", 2));
        }
        points.add(Point.of("level", 1));
        Card card = Card.of("memory.test").asks("How many panels?").drawn(Card.Chart.CURVE).headline(points.getFirst());
        Page page = new Page(HtmlReport.of(SampleRun.of(List.of(new Laboratory(card,
                List.of(Variant.of("a", Map.of()), Variant.of("b", Map.of())), points, (_, at) -> 2.0 * at.at().size())
                .conduct(4)))));
        assertThat(page.ofClass("path", "line")).hasSize(4);
        assertThat(page.all("figcaption").stream().map(Element::getTextContent))
                .anySatisfy(t -> assertThat(t).contains("against size, 1 thread"))
                .anySatisfy(t -> assertThat(t).contains("against size, 2 threads"));
        assertThat(page.all("caption").stream().map(Element::getTextContent))
                .anySatisfy(t -> assertThat(t).contains("beside the curve"));
    }

    @Test
    void setAsideBlocksAndFailedTrialsAreShownWithTheirReasons() {
        assertThat(PAGE.byId("layout.false-sharing").getTextContent()).contains("Block 3: other processes used 0.62");
        assertThat(PAGE.byId("memory.bandwidth").getTextContent()).contains("signal 6", "SIGSEGV",
                "did not end within 28 s");
    }

    @Test
    void tablesHaveCaptionsAndHeads() {
        assertThat(PAGE.all("table")).allSatisfy(table -> {
            assertThat(table.getElementsByTagName("caption").getLength()).isOne();
            assertThat(table.getElementsByTagName("th").getLength()).isPositive();
        });
        assertThat(PAGE.all("h1")).hasSize(1);
    }

    @Test
    void theRunCanBeRepeatedFromThePage() {
        assertThat(PAGE.byId("method").getTextContent()).contains("assay run --budget 4m --seed 4711 memory.latency");
    }

    @Test
    void namesFromOutsideStayText() {
        Page page = new Page(HtmlReport.of(SampleRun.of(List.of(SampleRun.hostile()))));
        assertThat(page.all("script")).isEmpty();
        assertThat(page.text()).contains(SampleRun.HOSTILE);
    }

    @Test
    void aRunWithoutExperimentsSaysSo() {
        Run empty = new Run("empty", WHOLE.started(), 0, SampleRun.settings(), Map.of(), List.of(), List.of());
        Page page = new Page(HtmlReport.of(empty));
        assertThat(page.text()).contains("holds no experiments", "holds no machine sheet");
    }

    @Test
    void aRunInWhichNothingCouldBeTestedGivesTheReasons() {
        Page page = new Page(HtmlReport.of(SampleRun.of(List.of(SampleRun.numa()))));
        assertThat(page.byId("memory.numa").getTextContent()).contains("untestable",
                "needs 2 memory nodes".substring(1));
        assertThat(page.all("svg")).isEmpty();
    }

    @Test
    void unboundedIntervalsAndNumbersThatAreNoneAreSaidNotDrawn() {
        Page page = new Page(HtmlReport.of(SampleRun.of(List.of(strange()))));
        assertThat(page.text()).contains("−∞ – ∞", "not bounded yet", "not a number");
        assertThat(page.ofClass("path", "arrow")).isNotEmpty();
        assertThat(page.ofClass("rect", "bar")).hasSize(1);
    }

    /** One process each, an infinite interval, and a value that is not a number. */
    static Finding strange() {
        Card card = Card.of("test.strange").asks("What is not a number?");
        Interval unbounded = Interval.unbounded(0.95);
        List<Summary> summaries = List.of(
                new Summary("one", true, 1, Map.of(), new Summary.Value(Point.NONE, 3, unbounded), List.of(),
                        List.of(3.0)),
                new Summary("none", false, 1, Map.of(), new Summary.Value(Point.NONE, Double.NaN, unbounded), List.of(),
                        List.of(Double.NaN)));
        Effect effect = new Effect("none", "one", Point.NONE, 1.2, new Interval(0, Double.POSITIVE_INFINITY, 0.95),
                Optional.empty(), 1, Verdict.INCONCLUSIVE, Optional.empty());
        return new Finding(card.id(), Finding.Status.MEASURED, Optional.empty(), 1, summaries, List.of(effect),
                List.of(new Doubt(Doubt.Kind.TOO_FEW_PROCESSES, "only 1 process", "raise --budget")),
                List.of(Expectation.of("nothing")),
                new Evidence(card, List.of(Variant.of("one", Map.of()), Variant.of("none", Map.of())), List.of()));
    }

    @Test
    void hundredsOfVariantsAreAllShown() {
        Page page = new Page(HtmlReport.of(SampleRun.of(List.of(SampleRun.many(200)))));
        assertThat(page.ofClass("rect", "bar")).hasSize(200);
        assertThat(page.text()).contains("benchmark 199");
    }

    @Test
    void anyMachineSheetIsRendered() {
        Run odd = new Run("odd", WHOLE.started(), 1, SampleRun.settings(),
                Map.of("processor", "a text", "caches", Map.of("all", List.of(1, Map.of("level", "two"))), "memory",
                        Map.of("totalBytes", Map.of("unreadable", "no permission")), "topology", List.of()),
                List.of(), List.of());
        assertThat(new Page(HtmlReport.of(odd)).byId("machine").getTextContent()).contains("no permission", "a text");
        assertThat(PAGE.byId("machine").getTextContent()).contains("AMD EPYC 9R14",
                "2\u00a0×\u00a0L1d\u00a032\u00a0KiB", "24 GiB", "KVM");
    }

    @Test
    void aDrawingOfTheMachineIsShownAsAPicture() {
        String html = HtmlReport.of(WHOLE, new Occasion(
                Optional.of("<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>"), Optional.empty(),
                Optional.empty()));
        Page page = new Page(html);
        assertThat(page.all("script")).isEmpty();
        assertThat(page.all("img")).singleElement()
                .satisfies(img -> assertThat(img.getAttribute("src")).startsWith("data:image/svg+xml;base64,"));
    }

    @Test
    void aControlSaysWhatItIs() {
        var s = SampleRun.settings();
        Run control = new Run("aa", WHOLE.started(), 1,
                new dev.assay.lab.Settings(s.budget(), 0.95, 0.01, 1, false, true), Map.of(), WHOLE.findings(),
                List.of());
        assertThat(new Page(HtmlReport.of(control)).text()).contains("This is a control", "false alarms in",
                "assay run --budget 4m --seed 1 --aa");
    }
}
