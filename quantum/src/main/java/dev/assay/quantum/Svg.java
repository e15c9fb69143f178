package dev.assay.quantum;

import java.util.Locale;

/** An SVG text in the making. Text is set in a fixed-width font, so that its width is known. */
final class Svg {
    static final String RED = "#c0392b";
    static final String BLUE = "#2c5f8a";
    static final String GREEN = "#5b8c3e";
    static final String DARK = "#333";
    static final String PALE = "#aaa";
    /** Width of a character at size 11. */
    static final double CHARACTER = 6.7;

    private final StringBuilder out = new StringBuilder();

    Svg(double width, double height) {
        add("<svg xmlns='http://www.w3.org/2000/svg' width='%.0f' height='%.0f' viewBox='0 0 %.0f %.0f' "
                + "font-family='DejaVu Sans Mono, Menlo, Consolas, monospace' font-size='11'>", Math.ceil(width),
                Math.ceil(height), Math.ceil(width), Math.ceil(height));
        add("<rect width='100%%' height='100%%' fill='#fff'/>");
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    void line(double x1, double y1, double x2, double y2, String colour, double wide) {
        add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-width='%.1f'/>", x1, y1, x2, y2, colour,
                wide);
    }

    void dashed(double x1, double y1, double x2, double y2, String colour) {
        add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-width='1.5' stroke-dasharray='3 3'/>", x1,
                y1, x2, y2, colour);
    }

    void box(double x, double y, double width, double height, String fill, String stroke) {
        add("<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='2' fill='%s' stroke='%s'/>", x, y, width, height,
                fill, stroke);
    }

    /** A filled box that tells more under the pointer. */
    void bar(double x, double y, double width, double height, String fill, String title) {
        add("<rect x='%.1f' y='%.1f' width='%.2f' height='%.1f' fill='%s' stroke='#fff' stroke-width='0.3'><title>%s"
                + "</title></rect>", x, y, width, height, fill, escaped(title));
    }

    void disc(double x, double y, double radius, String fill, String stroke) {
        add("<circle cx='%.1f' cy='%.1f' r='%.1f' fill='%s' stroke='%s'/>", x, y, radius, fill, stroke);
    }

    /** A coupling, which tells more under the pointer. */
    void coupling(double x1, double y1, double x2, double y2, String colour, double wide, String title) {
        add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-width='%.1f'><title>%s</title></line>",
                x1, y1, x2, y2, colour, wide, escaped(title));
    }

    /** A triangle at a place, pointing along (dx, dy), which has length 1. */
    void arrow(double x, double y, double dx, double dy, double size, String colour) {
        add("<path d='M %.1f %.1f L %.1f %.1f L %.1f %.1f Z' fill='%s'/>", x + dx * size, y + dy * size,
                x - dx * size - dy * size * 0.8, y - dy * size + dx * size * 0.8, x - dx * size + dy * size * 0.8,
                y - dy * size - dx * size * 0.8, colour);
    }

    void text(double x, double y, String text, String colour) {
        add("<text x='%.1f' y='%.1f' fill='%s'>%s</text>", x, y, colour, escaped(text));
    }

    void centred(double x, double y, String text, String colour) {
        add("<text x='%.1f' y='%.1f' fill='%s' text-anchor='middle'>%s</text>", x, y, colour, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public String toString() {
        return out + "</svg>\n";
    }
}
