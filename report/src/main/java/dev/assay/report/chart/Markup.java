package dev.assay.report.chart;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML and SVG that is well-formed XML too. All text and all attribute values are escaped here and nowhere else,
 * so that no name that comes from outside can become markup.
 */
public final class Markup {
    private static final Set<String> VOID = Set.of("br", "hr", "meta", "link", "input", "col", "wbr", "path", "line",
            "rect", "circle", "polyline", "polygon", "stop", "img");

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** @param attributes names and values in turn; a value of {@code null} leaves the attribute out */
    public Markup open(String tag, Object... attributes) {
        start(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Closes the innermost element. */
    public Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element that holds only text. */
    public Markup leaf(String tag, String text, Object... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** An element that holds nothing, of those that HTML or SVG allow to be empty. */
    public Markup empty(String tag, Object... attributes) {
        if (!VOID.contains(tag)) {
            throw new IllegalArgumentException("<" + tag + "/> means something else in HTML; open and close it");
        }
        start(tag, attributes);
        out.append("/>");
        return this;
    }

    public Markup text(String text) {
        escape(text);
        return this;
    }

    /** Takes over markup that is finished. */
    public Markup add(Markup finished) {
        out.append(finished);
        return this;
    }

    /** Takes over text as it is, such as a style sheet or a drawing that is made by Assay itself. */
    public Markup trusted(String markup) {
        out.append(markup);
        return this;
    }

    private void start(String tag, Object... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                out.append(' ').append(attributes[i]).append("=\"");
                escape(attributes[i + 1] instanceof Double number ? pixels(number) : attributes[i + 1].toString());
                out.append('"');
            }
        }
    }

    /** A coordinate: a tenth of a pixel is finer than any screen shows. */
    static String pixels(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a coordinate must be finite, not " + value + "; leave the value out");
        }
        // Big charts have tens of thousands of coordinates, which String.format would take seconds for.
        long tenths = Math.round(value * 10);
        String whole = (tenths < 0 ? "-" : "") + Math.abs(tenths / 10);
        return tenths % 10 == 0 ? whole : whole + "." + Math.abs(tenths % 10);
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append(c);
                default -> out.append(allowed(text, i) ? c : '\uFFFD');
            }
        }
    }

    /** XML 1.0 section 2.2: no control characters, no lone surrogates, even escaped. */
    private static boolean allowed(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c >= ' ' && c != '\uFFFE' && c != '\uFFFF';
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return out.toString();
    }
}
