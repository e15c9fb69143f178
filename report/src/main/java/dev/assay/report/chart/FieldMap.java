package dev.assay.report.chart;

import dev.assay.scan.ObjectLayout;

/** The fields of an object: one row per cache line, one column per byte. */
public final class FieldMap {
    private static final double WIDTH = 1024;
    private static final double ROW = 38;
    private static final double LEFT = 16;
    /** Pixels that a letter takes at most; a name that does not fit is cut, and whole in its title. */
    private static final double LETTER = 7;

    private final ObjectLayout layout;
    private final int line;
    private final double cell;
    private final Markup svg = new Markup();

    private FieldMap(ObjectLayout layout, int lineBytes) {
        this.layout = layout;
        this.line = lineBytes;
        this.cell = WIDTH / lineBytes;
    }

    /** The drawing. */
    public static Markup of(ObjectLayout layout, int lineBytes) {
        return new FieldMap(layout, lineBytes).draw();
    }

    private Markup draw() {
        long rows = (layout.sizeBytes() + line - 1) / line;
        double height = rows * ROW + 8;
        svg.open("svg", "class", "chart", "viewBox", "0 0 1056 " + Markup.pixels(height), "width", 1056, "height",
                height, "role", "img", "aria-label", "Layout of " + layout.type());
        for (long row = 0; row < rows; row++) {
            svg.empty("rect", "class", "none", "x", LEFT, "y", row * ROW, "width", WIDTH, "height", ROW - 8);
        }
        box(0, layout.headerBytes(), "header", "field head");
        for (ObjectLayout.Place place : layout.fields()) {
            box(place.offsetBytes(), place.sizeBytes(), place.name(), place.writtenAlone() ? "field alone" : "field");
        }
        return svg.close();
    }

    private void box(long offset, long size, String label, String style) {
        for (long at = offset; at < offset + size;) {
            long bytes = Math.min(offset + size - at, line - at % line);
            double x = LEFT + at % line * cell;
            double y = at / line * ROW;
            svg.open("g", "class", style).leaf("title", label + " at " + offset + ", " + size + " bytes");
            svg.empty("rect", "x", x, "y", y, "width", bytes * cell, "height", ROW - 8);
            int room = (int) Math.max(1, (bytes * cell - 6) / LETTER);
            svg.leaf("text", label.length() > room ? label.substring(0, room) : label, "x", x + 4, "y", y + 19);
            svg.close();
            at += bytes;
        }
    }
}
