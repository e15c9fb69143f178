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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A finding as lines over the coordinate that varies most; further coordinates make lines of their own. */
final class CurveOf {
    private CurveOf() {}

    /** Empty when no coordinate takes two values. */
    static Optional<CurveChart> chart(Finding finding, Quantity quantity) {
        Optional<String> axis = axis(finding);
        if (axis.isEmpty()) {
            return Optional.empty();
        }
        String name = axis.get();
        Card card = finding.evidence().card();
        List<CurveChart.Mark> marks = finding.expectations().stream().flatMap(e -> e.mark().stream())
                .filter(m -> m.coordinate().equals(name)).map(m -> new CurveChart.Mark(m.at(), m.label())).toList();
        CurveChart chart = new CurveChart(card.metric().name() + " against " + Coordinates.title(name),
                Coordinates.title(name), card.metric().name() + " (" + quantity.axisUnit() + ")",
                Coordinates.bytes(name), series(finding, name, quantity), marks,
                x -> Coordinates.tick(name, Math.round(x)), quantity::tick);
        return chart.drawable() ? Optional.of(chart) : Optional.empty();
    }

    private static Optional<String> axis(Finding finding) {
        Map<String, Set<Long>> values = new HashMap<>();
        finding.summaries().forEach(s -> s.points().forEach(v -> v.at().at()
                .forEach((name, at) -> values.computeIfAbsent(name, _ -> new HashSet<>()).add(at))));
        return values.entrySet().stream().filter(e -> e.getValue().size() > 1)
                .max(Comparator.<Map.Entry<String, Set<Long>>>comparingInt(e -> e.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    private static List<CurveChart.Series> series(Finding finding, String axis, Quantity quantity) {
        List<CurveChart.Series> series = new ArrayList<>();
        for (Summary summary : finding.summaries()) {
            Map<Point, List<CurveChart.Dot>> lines = new LinkedHashMap<>();
            for (Summary.Value v : summary.points()) {
                Long x = v.at().at().get(axis);
                if (x != null) {
                    lines.computeIfAbsent(without(v.at(), axis), _ -> new ArrayList<>())
                            .add(new CurveChart.Dot(x, v.value(), v.interval().low(), v.interval().high(),
                                    summary.variant() + ", " + Coordinates.text(v.at()) + ": " + quantity.text(v)
                                            + ", interval " + quantity.interval(v.value(), v.interval())));
                }
            }
            lines.forEach((rest, dots) -> {
                dots.sort(Comparator.comparingDouble(CurveChart.Dot::x));
                String label = rest.at().isEmpty() || lines.size() == 1
                        ? summary.variant()
                        : summary.variant() + " · " + Coordinates.text(rest);
                series.add(new CurveChart.Series(label, series.size(), dots));
            });
        }
        return series;
    }

    private static Point without(Point point, String name) {
        Map<String, Long> rest = new LinkedHashMap<>(point.at());
        rest.remove(name);
        return new Point(rest);
    }
}
