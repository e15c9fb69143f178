package dev.assay.report;

import dev.assay.lab.Card;
import dev.assay.lab.Finding;
import dev.assay.lab.Point;
import dev.assay.lab.Summary;
import dev.assay.report.chart.Markup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The values at all points as tables: what the charts show, in numbers. */
final class HtmlPoints {
    /** A longer table is opened by the reader; on paper it is open anyway. */
    private static final int MOST_OPEN = 12;

    private final Finding finding;
    private final Quantity quantity;
    private final DoubtMarks marks;

    HtmlPoints(Finding finding, Quantity quantity, DoubtMarks marks) {
        this.finding = finding;
        this.quantity = quantity;
        this.marks = marks;
    }

    void write(Markup page) {
        Set<Point> points = new LinkedHashSet<>();
        finding.summaries().forEach(s -> s.points().forEach(v -> points.add(v.at())));
        if (points.size() < 2) {
            return;
        }
        List<Point> beside = beside(points);
        if (!beside.isEmpty()) {
            list(page, beside, "beside the curve");
            points.removeAll(beside);
        }
        page.open("details", "class", "points", "open", points.size() <= MOST_OPEN ? "open" : null);
        page.open("summary").text("All " + points.size() + " points in numbers");
        HtmlTables.marksOf(page, finding, marks);
        page.close();
        if (finding.evidence().card().chart() == Card.Chart.MATRIX) {
            finding.summaries().forEach(summary -> matrix(page, summary));
        } else {
            list(page, new ArrayList<>(points), "at every point");
        }
        page.close();
    }

    /** The points of a curve's experiment that lie on no curve, such as one per level of the caches. */
    private List<Point> beside(Set<Point> points) {
        Optional<String> axis = finding.evidence().card().chart() == Card.Chart.CURVE
                ? CurveOf.axis(finding)
                : Optional.empty();
        return axis.isEmpty()
                ? List.of()
                : points.stream().filter(p -> !p.at().isEmpty() && !p.at().containsKey(axis.get())).toList();
    }

    /** The longer of points and variants goes down the page. */
    private void list(Markup page, List<Point> points, String which) {
        List<Summary> summaries = finding.summaries();
        boolean down = points.size() >= summaries.size();
        List<String> heads = new ArrayList<>();
        heads.add(down ? "Point" : "Variant");
        if (down) {
            summaries.forEach(s -> heads.add("#" + s.variant()));
        } else {
            points.forEach(p -> heads.add("#" + Coordinates.text(p)));
        }
        HtmlTables.open(page,
                Wording.capital(finding.evidence().card().metric().name()) + unit() + " " + which
                        + ", with its interval",
                heads.toArray(String[]::new));
        Map<String, Map<Point, Summary.Value>> values = new LinkedHashMap<>();
        summaries.forEach(s -> {
            Map<Point, Summary.Value> at = new LinkedHashMap<>();
            s.points().forEach(v -> at.put(v.at(), v));
            values.put(s.variant(), at);
        });
        if (down) {
            for (Point point : points) {
                page.open("tr").leaf("th", Coordinates.text(point), "scope", "row");
                summaries.forEach(s -> cell(page, values.get(s.variant()).get(point)));
                page.close();
            }
        } else {
            for (Summary summary : summaries) {
                page.open("tr").leaf("th", summary.variant(), "scope", "row");
                points.forEach(p -> cell(page, values.get(summary.variant()).get(p)));
                page.close();
            }
        }
        HtmlTables.close(page);
    }

    private void cell(Markup page, Summary.Value value) {
        if (value == null) {
            page.leaf("td", "–", "class", "n quiet", "title", "not measured there");
            return;
        }
        page.open("td", "class", "n").text(quantity.bare(value.value(), value.interval())).text(" ")
                .leaf("span", quantity.interval(value.value(), value.interval()), "class", "range").close();
    }

    private void matrix(Markup page, Summary summary) {
        Map<Long, Map<Long, Summary.Value>> rows = new java.util.TreeMap<>();
        Set<Long> columns = new TreeSet<>();
        for (Summary.Value value : summary.points()) {
            Long from = value.at().at().get("from");
            Long to = value.at().at().get("to");
            if (from != null && to != null) {
                rows.computeIfAbsent(from, _ -> new java.util.TreeMap<>()).put(to, value);
                columns.add(to);
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        List<String> heads = new ArrayList<>();
        heads.add("from \\ to");
        columns.forEach(c -> heads.add("#" + c));
        HtmlTables.open(page, summary.variant() + ": " + finding.evidence().card().metric().name() + unit(),
                heads.toArray(String[]::new));
        rows.forEach((from, cells) -> {
            page.open("tr").leaf("th", String.valueOf(from), "scope", "row");
            for (Long to : columns) {
                Summary.Value value = cells.get(to);
                if (value == null) {
                    page.leaf("td", "–", "class", "n quiet");
                } else {
                    page.leaf("td", quantity.bare(value.value(), value.interval()), "class", "n", "title",
                            quantity.interval(value.value(), value.interval()));
                }
            }
            page.close();
        });
        HtmlTables.close(page);
    }

    private String unit() {
        return quantity.unit().isEmpty() ? "" : " in " + quantity.unit();
    }
}
