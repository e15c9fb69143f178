package dev.assay.report.chart;

/** The elements that every chart draws with. */
final class Canvas {
    /** How many colours there are before they repeat, as classes {@code s0}, {@code s1}, … */
    static final int COLOURS = 8;

    private final Markup markup = new Markup();

    Canvas(double width, double height, String says) {
        markup.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "chart", "viewBox",
                "0 0 " + Markup.pixels(width) + " " + Markup.pixels(height), "width", width, "height", height, "role",
                "img", "aria-label", says);
    }

    Markup markup() {
        return markup;
    }

    /** Ends the drawing. */
    Markup finish() {
        return markup.close();
    }

    Canvas group(String classes) {
        markup.open("g", "class", classes);
        return this;
    }

    /** A group with details that the reader sees when pointing at it. */
    Canvas group(String classes, String details) {
        markup.open("g", "class", classes).leaf("title", details);
        return this;
    }

    Canvas end() {
        markup.close();
        return this;
    }

    Canvas line(String classes, double x1, double y1, double x2, double y2) {
        markup.empty("line", "class", classes, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
        return this;
    }

    Canvas box(String classes, double x, double y, double width, double height, double round) {
        markup.empty("rect", "class", classes, "x", x, "y", y, "width", Math.max(0, width), "height",
                Math.max(0, height), "rx", round == 0 ? null : (Object) round);
        return this;
    }

    Canvas dot(String classes, double x, double y, double radius) {
        markup.empty("circle", "class", classes, "cx", x, "cy", y, "r", radius);
        return this;
    }

    Canvas path(String classes, String d) {
        markup.empty("path", "class", classes, "d", d);
        return this;
    }

    /** @param anchor {@code start}, {@code middle} or {@code end} */
    Canvas text(String classes, String anchor, double x, double y, String text) {
        markup.leaf("text", text, "class", classes, "text-anchor", anchor.equals("start") ? null : anchor, "x", x, "y",
                y);
        return this;
    }

    /** A text that reads upwards, centred on its place. */
    Canvas upwards(String classes, double x, double y, String text) {
        markup.leaf("text", text, "class", classes, "text-anchor", "middle", "transform",
                "translate(" + Markup.pixels(x) + " " + Markup.pixels(y) + ") rotate(-90)");
        return this;
    }

    static String colour(int series) {
        return "s" + Math.floorMod(series, COLOURS);
    }

    /** An interval as a line with caps; ends outside the scale are drawn as arrows. */
    void whisker(String classes, Scale x, double low, double high, double y, double cap) {
        double left = x.at(Double.isFinite(low) ? low : x.low());
        double right = x.at(Double.isFinite(high) ? high : x.high());
        line(classes, left, y, right, y);
        end(classes, left, y, cap, x.holds(low) ? 0 : -1);
        end(classes, right, y, cap, x.holds(high) ? 0 : 1);
    }

    private void end(String classes, double x, double y, double cap, int arrow) {
        if (arrow == 0) {
            line(classes, x, y - cap, x, y + cap);
        } else {
            double back = x - arrow * cap * 1.3;
            path(classes + " arrow", "M" + Markup.pixels(back) + " " + Markup.pixels(y - cap) + "L" + Markup.pixels(x)
                    + " " + Markup.pixels(y) + "L" + Markup.pixels(back) + " " + Markup.pixels(y + cap));
        }
    }
}
