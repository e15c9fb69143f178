package dev.assay.report.chart;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Ratios with their intervals on a logarithmic axis around 1; the zone in which a difference does not matter is shaded.
 *
 * @param smallestEffect such as 0.01: ratios from 1/(1+s) to 1+s do not matter
 */
public record ForestPlot(String says, String title, double smallestEffect, List<Row> rows,
        DoubleFunction<String> tick) {
    private static final double WIDTH = 480;
    private static final double ROW = 30;
    private static final double TOP = 26;
    private static final double BOTTOM = 48;
    /** Beyond this factor from every estimate an end of an interval is an arrow. */
    private static final double FARTHEST = 1.6;

    /** @param verdict the class that colours it: faster, slower, equivalent or inconclusive */
    public record Row(String label, double ratio, double low, double high, String verdict, String text,
            String details) {}

    public ForestPlot {
        rows = rows.stream().filter(r -> Double.isFinite(r.ratio()) && r.ratio() > 0).toList();
    }

    public boolean drawable() {
        return !rows.isEmpty();
    }

    public Markup svg() {
        double names = Math.min(215, Labels.widest(rows.stream().map(Row::label).toList()) + 12);
        double texts = Labels.widestBold(rows.stream().map(Row::text).toList()) + 14;
        double height = TOP + rows.size() * ROW + BOTTOM;
        double base = height - BOTTOM;
        Scale x = scale(names, WIDTH - texts);
        Canvas canvas = new Canvas(WIDTH, height, says);
        double above = 1 + smallestEffect;
        canvas.group("zone", "Ratios from " + tick.apply(1 / above) + " to " + tick.apply(above)
                + " are smaller than the smallest effect of interest");
        canvas.box("", x.at(1 / above), TOP, Math.max(1.5, x.at(above) - x.at(1 / above)), base - TOP, 0).end();
        canvas.group("axis");
        for (double tick : x.ticks(Math.max(2, (int) ((x.to() - x.from()) / 46)))) {
            canvas.line("grid", x.at(tick), TOP, x.at(tick), base);
            canvas.text("", "middle", x.at(tick), base + 17, this.tick.apply(tick));
        }
        canvas.line("one", x.at(1), TOP - 4, x.at(1), base);
        canvas.text("side", "end", x.at(1) - 7, TOP - 10, x.at(1) - x.from() > 56 ? "◂ faster" : "");
        canvas.text("side", "start", x.at(1) + 7, TOP - 10, x.to() - x.at(1) > 56 ? "slower ▸" : "");
        canvas.text("title", "middle", (x.from() + x.to()) / 2, height - 10, title);
        canvas.end();
        for (int i = 0; i < rows.size(); i++) {
            row(canvas, rows.get(i), x, TOP + i * ROW, names);
        }
        return canvas.finish();
    }

    private void row(Canvas canvas, Row row, Scale x, double top, double names) {
        double middle = top + ROW / 2;
        canvas.group("effect " + row.verdict(), row.details());
        canvas.box("reach", 0, top, WIDTH, ROW, 0);
        canvas.text("label", "end", names - 9, middle + 4, Labels.fit(row.label(), names - 12));
        canvas.whisker("whisker", x, row.low(), row.high(), middle, 4.5);
        canvas.box("estimate", x.at(row.ratio()) - 4.5, middle - 4.5, 9, 9, 1);
        canvas.text("value", "start", x.to() + 10, middle + 4, row.text());
        canvas.end();
    }

    private Scale scale(double from, double to) {
        double least = rows.stream().mapToDouble(Row::ratio).min().orElse(1);
        double most = rows.stream().mapToDouble(Row::ratio).max().orElse(1);
        double zone = 1 + smallestEffect;
        double low = DoubleStream.concat(DoubleStream.of(least, 1 / zone),
                rows.stream().mapToDouble(Row::low).filter(l -> l > least / FARTHEST)).min().orElse(1);
        double high = DoubleStream.concat(DoubleStream.of(most, zone),
                rows.stream().mapToDouble(Row::high).filter(h -> h < most * FARTHEST)).max().orElse(1);
        // The zone stays visible as a zone, and nothing sits on the frame.
        double air = Math.max(Math.pow(high / low, 0.08), Math.pow(zone, 1.5));
        return new Scale.Log(low / air, high * air, from, to);
    }
}
