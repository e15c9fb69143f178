package dev.assay.report;

import dev.assay.lab.Card;
import dev.assay.lab.Effect;
import dev.assay.lab.Finding;
import dev.assay.lab.Metric;
import dev.assay.lab.Point;
import dev.assay.lab.Run;
import dev.assay.lab.Summary;
import dev.assay.lab.Verdicts;
import dev.assay.report.chart.BarChart;
import dev.assay.report.chart.ForestPlot;
import dev.assay.report.chart.HeatMap;
import dev.assay.report.chart.Markup;
import dev.assay.report.chart.StripPlot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which charts an experiment gets, and what they say. */
final class FindingCharts {
    private static final int MOST_PANELS = 6;
    /** More strips than this are no picture any more; the bars still are. */
    private static final int MOST_STRIPS = 40;

    private static final int COLOURS = 8;

    private final Run run;
    private final Finding finding;
    private final Card card;
    private final Quantity quantity;
    private final DoubtMarks marks;

    private FindingCharts(Run run, Finding finding, Quantity quantity, DoubtMarks marks) {
        this.run = run;
        this.marks = marks;
        this.finding = finding;
        this.card = finding.evidence().card();
        this.quantity = quantity;
    }

    static void write(Markup page, Run run, Finding finding, Quantity quantity, DoubtMarks marks) {
        FindingCharts charts = new FindingCharts(run, finding, quantity, marks);
        switch (finding.evidence().card().chart()) {
            case BARS -> charts.bars(page);
            case CURVE -> charts.curves(page);
            case MATRIX -> charts.matrices(page);
        }
        charts.effects(page);
        charts.distribution(page);
    }

    private void figure(Markup page, String width, Markup svg, String caption) {
        page.open("figure", "class", width).open("div", "class", "scroll", "tabindex", "0", "role", "region",
                "aria-label", caption).add(svg).close().open("figcaption").text(caption);
        HtmlTables.marksOf(page, finding, marks);
        page.close().close();
    }

    private String metric() {
        return Wording.capital(card.metric().name());
    }

    private String axis() {
        return card.metric().name() + " (" + quantity.axisUnit() + "), "
                + (card.metric().better() == Metric.Better.LOWER ? "lower is better" : "higher is better");
    }

    private void curves(Markup page) {
        List<CurveOf.Panel> panels = CurveOf.panels(finding, quantity);
        if (panels.isEmpty()) {
            bars(page);
        }
        for (CurveOf.Panel panel : panels.stream().limit(MOST_PANELS).toList()) {
            String where = panel.at().at().isEmpty() ? "" : ", " + Coordinates.text(panel.at());
            figure(page, "wide", panel.chart().svg(), metric() + " against " + panel.chart().xTitle() + where
                    + "; bands are intervals"
                    + (panel.chart().marks().isEmpty() ? "" : ", dashed lines what the machine sheet expects"));
        }
    }

    /** A panel for the headline and each further point that is compared or measured, as long as they are few. */
    private void bars(Markup page) {
        Set<Point> points = new LinkedHashSet<>();
        points.add(card.headline());
        points.addAll(card.compared());
        finding.summaries().forEach(s -> s.points().forEach(v -> points.add(v.at())));
        List<Point> shown = points.stream().limit(MOST_PANELS).toList();
        for (Point point : shown) {
            BarChart chart = bars(point);
            if (chart.drawable()) {
                String where = point.at().isEmpty() ? "" : " at " + Coordinates.text(point);
                figure(page, "half", chart.svg(), metric() + where + ", median over processes with its interval");
            }
        }
    }

    private BarChart bars(Point point) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (int i = 0; i < finding.summaries().size(); i++) {
            Summary summary = finding.summaries().get(i);
            Optional<Summary.Value> value = point.equals(card.headline())
                    ? Optional.of(summary.headline())
                    : summary.points().stream().filter(v -> v.at().equals(point)).findFirst();
            if (value.isPresent()) {
                Summary.Value v = value.get();
                bars.add(new BarChart.Bar(summary.variant(), colour(i), v.value(), v.interval().low(),
                        v.interval().high(),
                        quantity.text(v), summary.variant() + ": " + quantity.text(v) + ", interval "
                                + quantity.interval(v.value(), v.interval()) + ", "
                                + Wording.count(summary.processes(), "process")));
            }
        }
        return new BarChart(metric() + " of " + Wording.count(bars.size(), "variant"), axis(), bars, quantity::tick);
    }

    /** One colour per variant in all its charts; where there are more variants than colours, colour says nothing. */
    private int colour(int variant) {
        return finding.summaries().size() > COLOURS ? 0 : variant;
    }

    private void matrices(Markup page) {
        for (Summary summary : finding.summaries()) {
            List<HeatMap.Cell> cells = new ArrayList<>();
            for (Summary.Value v : summary.points()) {
                Long from = v.at().at().get("from");
                Long to = v.at().at().get("to");
                if (from != null && to != null) {
                    cells.add(new HeatMap.Cell(from, to, v.value(), from + " → " + to + ": " + quantity.text(v)
                            + ", interval " + quantity.interval(v.value(), v.interval())));
                }
            }
            HeatMap map = new HeatMap(metric() + " between each two processors, " + summary.variant(), axis(),
                    "from processor", "to processor", cells, quantity::cell);
            if (map.drawable()) {
                figure(page, cells.size() > 100 ? "wide" : "half", map.svg(), summary.variant() + ": "
                        + card.metric().name() + " in " + quantity.axisUnit());
            }
        }
    }

    private void effects(Markup page) {
        List<ForestPlot.Row> rows = new ArrayList<>();
        boolean places = finding.effects().stream().map(Effect::at).distinct().count() > 1;
        boolean rivals = finding.effects().stream().map(Effect::against).distinct().count() > 1;
        for (Effect effect : finding.effects()) {
            String label = effect.variant() + (rivals ? " / " + effect.against() : "")
                    + (places && !effect.at().at().isEmpty() ? " · " + Coordinates.text(effect.at()) : "");
            rows.add(new ForestPlot.Row(label, effect.ratio(), effect.interval().low(), effect.interval().high(),
                    Verdicts.name(effect.verdict()), Ratios.text(effect) + " " + Wording.sign(effect.verdict()),
                    effect.variant() + " " + Wording.effect(effect, run.settings().smallestEffect()) + "; ratio "
                            + Ratios.text(effect) + " (" + Ratios.interval(effect)
                            + "), " + Wording.count(effect.blocks(), "block")));
        }
        String against = rivals || rows.isEmpty() ? "" : " to “" + finding.effects().getFirst().against() + "”";
        ForestPlot plot = new ForestPlot("Ratios" + against, "ratio of time" + against, run.settings().smallestEffect(),
                rows, Ratios::tick);
        if (plot.drawable()) {
            figure(page, "half", plot.svg(), "Effects: ratio" + against + " with its interval; shaded is what does not"
                    + " matter (" + Ratios.setting(run.settings().smallestEffect()) + ")");
        }
    }

    private void distribution(Markup page) {
        if (finding.summaries().size() > MOST_STRIPS) {
            return;
        }
        List<StripPlot.Row> rows = new ArrayList<>();
        for (int i = 0; i < finding.summaries().size(); i++) {
            Summary summary = finding.summaries().get(i);
            List<Origin> origins = Origin.of(finding, summary);
            List<StripPlot.Dot> dots = new ArrayList<>();
            for (int k = 0; k < summary.perProcess().size(); k++) {
                double value = summary.perProcess().get(k);
                String who = origins.isEmpty()
                        ? "process " + (k + 1)
                        : "trial " + origins.get(k).trial().number() + ", pid " + origins.get(k).trial().pid()
                                + ", block " + origins.get(k).block().number();
                dots.add(new StripPlot.Dot(value, summary.variant() + ", " + who + ": " + quantity.plain(value)));
            }
            rows.add(new StripPlot.Row(summary.variant(), colour(i), summary.headline().value(), dots));
        }
        StripPlot plot = new StripPlot("Every process of each variant", axis(), rows, quantity::tick);
        if (plot.drawable()) {
            String where = card.headline().at().isEmpty() ? "" : " at " + Coordinates.text(card.headline());
            figure(page, "half", plot.svg(), "Distribution" + where + ": every dot is a process, the bar its median");
        }
    }
}
