package dev.assay.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Lines over a coordinate on a logarithmic axis, with their intervals as bands and the boundaries that were expected.
 *
 * @param xTitle what the coordinate is
 * @param yTitle what the values are, with the unit
 * @param binary whether the coordinate is best read in powers of two
 * @param xTick how a coordinate is written
 * @param yTick how a value is written on the axis
 */
public record CurveChart(String says, String xTitle, String yTitle, boolean binary, List<Series> series,
        List<Mark> marks, DoubleFunction<String> xTick, DoubleFunction<String> yTick) {
    private static final double WIDTH = 980;
    private static final double HEIGHT = 450;
    private static final double TOP = 56;
    private static final double BOTTOM = 54;
    private static final double LEFT = 62;
    /** Above this ratio of the largest to the smallest value, a linear axis would hide the small ones. */
    private static final double LOG_FROM = 12;

    /** One line. */
    public record Series(String label, int colour, List<Dot> dots) {
        public Series {
            dots = dots.stream().filter(d -> d.x() > 0 && Double.isFinite(d.y())).toList();
        }
    }

    /** One value with its interval; {@code details} is what the reader sees when pointing at it. */
    public record Dot(double x, double y, double low, double high, String details) {}

    /** A place on the coordinate that means something, such as the size of a cache. */
    public record Mark(double x, String label) {}

    public CurveChart {
        series = series.stream().filter(s -> !s.dots().isEmpty()).toList();
        marks = List.copyOf(marks);
    }

    /** Whether there is anything to draw. */
    public boolean drawable() {
        return series.stream().flatMap(s -> s.dots().stream()).mapToDouble(Dot::x).distinct().count() > 1;
    }

    public Markup svg() {
        double labels = Math.min(240, Labels.widestBold(series.stream().map(Series::label).toList()) + 26);
        Scale x = xScale(LEFT, WIDTH - labels);
        Scale y = yScale(HEIGHT - BOTTOM, TOP);
        Canvas canvas = new Canvas(WIDTH, HEIGHT, says);
        axes(canvas, x, y);
        marks(canvas, x);
        for (Series one : series) {
            band(canvas, one, x, y);
        }
        for (Series one : series) {
            line(canvas, one, x, y);
        }
        ends(canvas, x, y);
        return canvas.finish();
    }

    private Scale xScale(double from, double to) {
        double[] at = series.stream().flatMap(s -> s.dots().stream()).mapToDouble(Dot::x).sorted().toArray();
        double low = at[0];
        double high = at[at.length - 1];
        // A little air, so that the first and the last dot do not sit on the frame.
        double air = Math.pow(high / low, 0.015);
        return binary
                ? new Scale.Binary(low / air, high * air, from, to)
                : new Scale.Log(low / air, high * air, from, to);
    }

    private Scale yScale(double from, double to) {
        double[] values = series.stream().flatMap(s -> s.dots().stream()).mapToDouble(Dot::y).sorted().toArray();
        double low = values[0];
        double high = values[values.length - 1];
        double top = series.stream().flatMap(s -> s.dots().stream()).mapToDouble(Dot::high)
                .filter(h -> Double.isFinite(h) && h < 3 * values[values.length - 1]).max().orElse(high);
        if (low > 0 && high / low > LOG_FROM) {
            return new Scale.Log(low / 1.25, Math.max(top, high) * 1.15, from, to);
        }
        double span = Math.max(top, high) - Math.min(0, low);
        return new Scale.Linear(Math.min(0, low), Math.min(0, low) + (span > 0 ? 1.08 * span : 1), from, to);
    }

    private void axes(Canvas canvas, Scale x, Scale y) {
        canvas.group("axis");
        for (double tick : y.ticks(7)) {
            canvas.line("grid", x.from(), y.at(tick), x.to(), y.at(tick));
            canvas.text("", "end", x.from() - 8, y.at(tick) + 4, yTick.apply(tick));
        }
        for (double tick : x.ticks(12)) {
            canvas.line("tick", x.at(tick), y.from(), x.at(tick), y.from() + 5);
            canvas.text("", "middle", x.at(tick), y.from() + 19, xTick.apply(tick));
        }
        canvas.line("base", x.from(), y.from(), x.to(), y.from());
        canvas.text("title", "middle", (x.from() + x.to()) / 2, HEIGHT - 12, xTitle);
        canvas.upwards("title", 14, (y.from() + y.to()) / 2, yTitle);
        canvas.end();
    }

    private void marks(Canvas canvas, Scale x) {
        List<Mark> inside = marks.stream().filter(m -> x.holds(m.x()))
                .sorted(java.util.Comparator.comparingDouble(Mark::x)).toList();
        double[] rowEnds = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (Mark mark : inside) {
            double at = x.at(mark.x());
            double half = Labels.width(mark.label()) / 2;
            double centre = Math.clamp(at, x.from() + half, Math.max(x.from() + half, WIDTH - half));
            int row = 0;
            while (row < rowEnds.length - 1 && rowEnds[row] + 10 > centre - half) {
                row++;
            }
            rowEnds[row] = centre + half;
            double y = TOP - 10 - row * 15;
            canvas.group("mark", mark.label() + ": " + xTick.apply(mark.x()));
            canvas.line("", at, y + 4, at, HEIGHT - BOTTOM);
            canvas.text("", "middle", centre, y, mark.label());
            canvas.end();
        }
    }

    private static void band(Canvas canvas, Series one, Scale x, Scale y) {
        List<Dot> bounded = one.dots().stream().filter(d -> Double.isFinite(d.low()) && Double.isFinite(d.high()))
                .toList();
        if (bounded.size() < 2) {
            return;
        }
        StringBuilder d = new StringBuilder();
        for (Dot dot : bounded) {
            d.append(d.isEmpty() ? 'M' : 'L').append(Markup.pixels(x.at(dot.x()))).append(' ')
                    .append(Markup.pixels(y.at(dot.high())));
        }
        for (Dot dot : bounded.reversed()) {
            d.append('L').append(Markup.pixels(x.at(dot.x()))).append(' ').append(Markup.pixels(y.at(dot.low())));
        }
        canvas.path("band " + Canvas.colour(one.colour()), d.append('Z').toString());
    }

    private static void line(Canvas canvas, Series one, Scale x, Scale y) {
        StringBuilder d = new StringBuilder();
        for (Dot dot : one.dots()) {
            d.append(d.isEmpty() ? 'M' : 'L').append(Markup.pixels(x.at(dot.x()))).append(' ')
                    .append(Markup.pixels(y.at(dot.y())));
        }
        // Colours repeat after eight; then the dashes tell.
        String dashes = one.colour() >= Canvas.COLOURS ? " dashed" : "";
        canvas.group("series " + Canvas.colour(one.colour()));
        canvas.path("line" + dashes, d.toString());
        for (Dot dot : one.dots()) {
            canvas.group("point", dot.details());
            canvas.dot("", x.at(dot.x()), y.at(dot.y()), 3.2);
            canvas.dot("reach", x.at(dot.x()), y.at(dot.y()), 11);
            canvas.end();
        }
        canvas.end();
    }

    /** The name of each line at its end, moved apart where lines end close to each other. */
    private void ends(Canvas canvas, Scale x, Scale y) {
        double[] wanted = series.stream().mapToDouble(s -> y.at(s.dots().getLast().y())).toArray();
        double[] placed = Labels.spread(wanted, 16, TOP, HEIGHT - BOTTOM);
        List<Series> all = new ArrayList<>(series);
        for (int i = 0; i < all.size(); i++) {
            Series one = all.get(i);
            double at = x.at(one.dots().getLast().x());
            canvas.group("name " + Canvas.colour(one.colour()), one.label());
            if (Math.abs(placed[i] - wanted[i]) > 3) {
                canvas.line("leader", at + 5, wanted[i], x.to() + 12, placed[i]);
            }
            canvas.text("", "start", x.to() + 15, placed[i] + 4, Labels.fit(one.label(), (WIDTH - x.to() - 18) / 1.1));
            canvas.end();
        }
    }
}
