package dev.assay.report;

import dev.assay.lab.Card;
import dev.assay.lab.Finding;
import dev.assay.lab.Point;
import dev.assay.lab.Summary;
import dev.assay.report.chart.CurveChart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A finding as lines over the coordinate that varies most; further coordinates make panels. */
final class CurveOf {
    private CurveOf() {}

    /** One chart, and where within a trial all of it was taken. */
    record Panel(Point at, CurveChart chart) {}

    /** A panel for each combination of the further coordinates; none when no coordinate takes two values. */
    static List<Panel> panels(Finding finding, Quantity quantity) {
        Optional<String> axis = axis(finding);
        if (axis.isEmpty()) {
            return List.of();
        }
        Set<Point> places = new LinkedHashSet<>();
        finding.summaries().forEach(s -> s.points().stream().filter(v -> v.at().at().containsKey(axis.get()))
                .forEach(v -> places.add(without(v.at(), axis.get()))));
        return places.stream().map(at -> new Panel(at, chart(finding, quantity, axis.get(), at)))
                .filter(panel -> panel.chart().drawable()).toList();
    }

    private static CurveChart chart(Finding finding, Quantity quantity, String axis, Point at) {
        Card card = finding.evidence().card();
        List<CurveChart.Mark> marks = finding.expectations().stream().flatMap(e -> e.mark().stream())
                .filter(m -> m.coordinate().equals(axis)).map(m -> new CurveChart.Mark(m.at(), m.label())).toList();
        List<CurveChart.Series> series = new ArrayList<>();
        for (Summary summary : finding.summaries()) {
            List<CurveChart.Dot> dots = line(summary, axis, at).stream()
                    .map(v -> new CurveChart.Dot(v.at().at().get(axis), v.value(), v.interval().low(),
                            v.interval().high(), summary.variant() + ", " + Coordinates.text(v.at()) + ": "
                                    + quantity.text(v) + ", interval " + quantity.interval(v.value(), v.interval())))
                    .toList();
            series.add(new CurveChart.Series(summary.variant(), series.size(), dots));
        }
        return new CurveChart(card.metric().name() + " against " + Coordinates.title(axis), Coordinates.title(axis),
                card.metric().name() + " (" + quantity.axisUnit() + ")", Coordinates.bytes(axis), series, marks,
                x -> Coordinates.tick(axis, Math.round(x)), quantity::tick);
    }

    /** The coordinate that takes most values; empty when none takes two. */
    static Optional<String> axis(Finding finding) {
        Map<String, Set<Long>> values = new HashMap<>();
        finding.summaries().forEach(s -> s.points().forEach(v -> v.at().at()
                .forEach((name, at) -> values.computeIfAbsent(name, _ -> new HashSet<>()).add(at))));
        return values.entrySet().stream().filter(e -> e.getValue().size() > 1)
                .max(Comparator.<Map.Entry<String, Set<Long>>>comparingInt(e -> e.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    /** The points of a variant that differ from the headline in the axis alone. */
    static List<Summary.Value> line(Finding finding, Summary summary, String axis) {
        return line(summary, axis, without(finding.evidence().card().headline(), axis));
    }

    private static List<Summary.Value> line(Summary summary, String axis, Point rest) {
        return summary.points().stream()
                .filter(v -> v.at().at().containsKey(axis) && without(v.at(), axis).equals(rest))
                .sorted(Comparator.comparingLong(v -> v.at().at().get(axis))).toList();
    }

    private static Point without(Point point, String name) {
        Map<String, Long> rest = new LinkedHashMap<>(point.at());
        rest.remove(name);
        return new Point(rest);
    }
}
