package dev.assay.report.chart;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One bar per variant with its interval. Where the values lie so far apart that bars from zero would hide the small ones,
 * dots on a logarithmic axis take their place.
 */
public record BarChart(String says, String title, List<Bar> bars, DoubleFunction<String> tick) {
    private static final double WIDTH = 480;
    private static final double ROW = 30;
    private static final double TOP = 8;
    private static final double BOTTOM = 48;
    private static final double LOG_FROM = 60;

    /** @param text the value as it stands beside the bar */
    public record Bar(String label, int colour, double value, double low, double high, String text, String details) {}

    public BarChart {
        bars = bars.stream().filter(b -> Double.isFinite(b.value())).toList();
    }

    public boolean drawable() {
        return !bars.isEmpty();
    }

    public Markup svg() {
        double names = Math.min(170, Labels.widest(bars.stream().map(Bar::label).toList()) + 12);
        double texts = Labels.widestBold(bars.stream().map(Bar::text).toList()) + 14;
        double height = TOP + bars.size() * ROW + BOTTOM;
        boolean logarithmic = logarithmic();
        Scale x = scale(logarithmic, names, WIDTH - texts);
        Canvas canvas = new Canvas(WIDTH, height, says);
        double base = height - BOTTOM;
        canvas.group("axis");
        for (double tick : x.ticks(Math.max(2, (int) ((x.to() - x.from()) / 52)))) {
            canvas.line("grid", x.at(tick), TOP, x.at(tick), base);
            canvas.text("", "middle", x.at(tick), base + 17, this.tick.apply(tick));
        }
        canvas.text("title", "middle", (x.from() + x.to()) / 2, height - 10,
                title + (logarithmic ? ", logarithmic" : ""));
        canvas.end();
        for (int i = 0; i < bars.size(); i++) {
            row(canvas, bars.get(i), x, TOP + i * ROW, names, logarithmic);
        }
        canvas.line("base", x.from(), TOP, x.from(), base);
        return canvas.finish();
    }

    private void row(Canvas canvas, Bar bar, Scale x, double top, double names, boolean logarithmic) {
        double middle = top + ROW / 2;
        canvas.group("row " + Canvas.colour(bar.colour()), bar.details());
        canvas.box("reach", 0, top, WIDTH, ROW, 0);
        canvas.text("label", "end", names - 9, middle + 4, Labels.fit(bar.label(), names - 12));
        if (!logarithmic) {
            double zero = x.at(0);
            double end = x.at(bar.value());
            canvas.box("bar", Math.min(zero, end), top + 6, Math.abs(end - zero), ROW - 12, 2);
        }
        canvas.whisker("whisker", x, bar.low(), bar.high(), middle, 4.5);
        if (logarithmic) {
            canvas.dot("bar", x.at(bar.value()), middle, 4.5);
        }
        canvas.text("value", "start", x.to() + 10, middle + 4, bar.text());
        canvas.end();
    }

    private boolean logarithmic() {
        double low = bars.stream().mapToDouble(Bar::value).min().orElse(1);
        double high = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        return low > 0 && high / low > LOG_FROM;
    }

    private Scale scale(boolean logarithmic, double from, double to) {
        double low = bars.stream().mapToDouble(Bar::value).min().orElse(0);
        double largest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        // An interval far beyond all values is drawn as an arrow; it must not flatten the bars.
        double high = Math.max(largest, bars.stream().mapToDouble(Bar::high)
                .filter(h -> Double.isFinite(h) && h <= 2 * Math.abs(largest)).max().orElse(largest));
        if (logarithmic) {
            return new Scale.Log(low / 1.5, high * 1.2, from, to);
        }
        double zero = Math.min(0, low);
        double top = Math.max(0, high);
        return new Scale.Linear(zero, top > zero ? top : zero + 1, from, to);
    }
}
