package dev.assay.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;

/** Every process as a dot, one row per variant, the median marked: what an interval cannot show. */
public record StripPlot(String says, String title, List<Row> rows, DoubleFunction<String> tick) {
    private static final double WIDTH = 480;
    private static final double ROW = 44;
    private static final double TOP = 8;
    private static final double BOTTOM = 48;
    private static final double RADIUS = 3.6;

    /** The processes of one variant. */
    public record Row(String label, int colour, double median, List<Dot> dots) {
        public Row {
            dots = dots.stream().filter(d -> Double.isFinite(d.value())).toList();
        }
    }

    /** One process. */
    public record Dot(double value, String details) {}

    public StripPlot {
        rows = rows.stream().filter(r -> !r.dots().isEmpty() && Double.isFinite(r.median())).toList();
    }

    public boolean drawable() {
        return rows.stream().anyMatch(r -> r.dots().size() > 1);
    }

    public Markup svg() {
        double names = Math.min(170, Labels.widest(rows.stream().map(Row::label).toList()) + 12);
        double height = TOP + rows.size() * ROW + BOTTOM;
        double base = height - BOTTOM;
        Scale x = scale(names, WIDTH - 16);
        Canvas canvas = new Canvas(WIDTH, height, says);
        canvas.group("axis");
        for (double tick : x.ticks(6)) {
            canvas.line("grid", x.at(tick), TOP, x.at(tick), base);
            canvas.text("", "middle", x.at(tick), base + 17, this.tick.apply(tick));
        }
        canvas.text("title", "middle", (x.from() + x.to()) / 2, height - 10,
                title + (x instanceof Scale.Log ? ", logarithmic" : ""));
        canvas.end();
        for (int i = 0; i < rows.size(); i++) {
            row(canvas, rows.get(i), x, TOP + i * ROW + ROW / 2, names);
        }
        return canvas.finish();
    }

    private static void row(Canvas canvas, Row row, Scale x, double middle, double names) {
        canvas.group("strip " + Canvas.colour(row.colour()));
        canvas.line("rule", x.from(), middle, x.to(), middle);
        canvas.text("label", "end", names - 9, middle + 4, Labels.fit(row.label(), names - 12));
        List<double[]> placed = new ArrayList<>();
        for (Dot dot : row.dots().stream().sorted(Comparator.comparingDouble(Dot::value)).toList()) {
            double at = x.at(dot.value());
            double[] place = {at, free(at, placed)};
            placed.add(place);
            canvas.group("point", dot.details());
            canvas.dot("", at, middle + place[1], RADIUS).end();
        }
        double median = x.at(row.median());
        canvas.line("median", median, middle - 16, median, middle + 16);
        canvas.end();
    }

    /** How far from the middle a dot touches no earlier one; none when all such places are taken. */
    private static double free(double at, List<double[]> placed) {
        for (int step = 0; step <= 8; step++) {
            // 0, up, down, further up, …
            double offset = (step % 2 == 0 ? 1 : -1) * ((step + 1) / 2) * RADIUS;
            boolean taken = placed.stream().anyMatch(p -> Math.hypot(p[0] - at, p[1] - offset) < 1.8 * RADIUS);
            if (!taken) {
                return offset;
            }
        }
        return 0;
    }

    private Scale scale(double from, double to) {
        double low = rows.stream().flatMap(r -> r.dots().stream()).mapToDouble(Dot::value).min().orElse(0);
        double high = rows.stream().flatMap(r -> r.dots().stream()).mapToDouble(Dot::value).max().orElse(1);
        if (low > 0 && high / low > 8) {
            return new Scale.Log(low / 1.1, high * 1.1, from, to);
        }
        double air = high > low ? 0.06 * (high - low) : Math.max(Math.abs(high) * 0.05, 1e-9);
        return new Scale.Linear(low - air, high + air, from, to);
    }
}
