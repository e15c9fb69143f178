package dev.assay.litmus;

import dev.assay.litmus.PairDesign.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The order of steps that made a reader see what it saw. The writer makes version after version, each time the entry before the version
 * number; both live in atomic objects, so each step happens at one point in time. A read of entry n therefore lies between
 * the writes of entry n and n + 1, and the reader's steps follow each other: that leaves one order, up to steps that do not meet.
 *
 * @param steps in their order
 */
record Interleaving(List<Step> steps) {
    private static final int COLUMN = 230;
    private static final int ROW = 34;
    private static final int MARGIN = 24;
    private static final int BOX = 200;
    private static final int HEIGHT = 24;

    /** A step; {@code decisive} marks the reader's, whose values do not belong together. */
    record Step(boolean reader, String says, boolean decisive) {}

    Interleaving {
        steps = List.copyOf(steps);
    }

    /**
     * The order that explains what was read.
     *
     * @param reads what the reader asked for, in order
     * @param seen what it got
     * @throws IllegalArgumentException when no order explains it
     */
    static Interleaving of(List<Read> reads, long[] seen) {
        // The writer's steps are numbered: entry n is 2n, version n is 2n + 1. A read happens after step number at, before at + 2.
        List<Step> steps = new ArrayList<>();
        long written = Long.MAX_VALUE;
        for (int i = 0; i < reads.size(); i++) {
            written = Math.min(written, seen[i]);
        }
        long next = 2 * written + 1;
        long at = next;
        for (int i = 0; i < reads.size(); i++) {
            long after = reads.get(i) == Read.ENTRY ? 2 * seen[i] : 2 * seen[i] + 1;
            at = Math.max(at, after);
            if (at >= after + 2) {
                throw new IllegalArgumentException("no order of steps explains " + reads.get(i) + " = " + seen[i]);
            }
            next = writes(steps, next, at);
            steps.add(new Step(true, (reads.get(i) == Read.ENTRY ? "reads entry = " : "reads version = ") + seen[i],
                    true));
        }
        writes(steps, next, next % 2 == 1 ? next : next - 1);
        return new Interleaving(steps);
    }

    /** Adds the writer's steps up to number {@code to}; many in a row become one line. */
    private static long writes(List<Step> steps, long from, long to) {
        if (to - from >= 4) {
            steps.add(new Step(false, "… makes versions " + (from + 1) / 2 + " to " + (to / 2 - 1), false));
            return writes(steps, to / 2 * 2, to);
        }
        long at = from;
        for (; at <= to; at++) {
            steps.add(new Step(false, (at % 2 == 0 ? "writes entry " : "writes version ") + at / 2, false));
        }
        return at;
    }

    /** Two columns, one line for each step. */
    String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "  %-30s %s%n", "writer", "reader"));
        for (Step step : steps) {
            text.append(String.format(Locale.ROOT, "  %-30s %s", step.reader() ? "" : step.says(),
                    step.reader() ? step.says() : "").stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** The same as an SVG document: two columns, time downwards. */
    String svg(String title) {
        int width = 2 * MARGIN + 2 * COLUMN;
        int top = MARGIN + 44;
        int height = top + steps.size() * ROW + MARGIN;
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                        + "font-family=\"sans-serif\" font-size=\"13\" role=\"img\">%n<title>%s</title>%n%s"
                        + "<rect class=\"ground\" width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                        + "<text class=\"ink\" x=\"%d\" y=\"22\" font-weight=\"bold\">%s</text>%n",
                width, height, width, height, GraphSvg.escape(title), GraphSvg.darkStyle(""), MARGIN,
                GraphSvg.escape(title)));
        for (int column = 0; column < 2; column++) {
            int x = MARGIN + COLUMN * column + COLUMN / 2;
            out.append(String.format(Locale.ROOT,
                    "<text class=\"quiet\" x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#555555\">%s</text>%n"
                            + "<path class=\"time\" d=\"M%d %dV%d\" stroke=\"#c3cad5\" fill=\"none\"/>%n",
                    x, top - 14, column == 0 ? "Writer" : "Reader", x, top - 6, height - MARGIN + 6));
        }
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            int x = MARGIN + COLUMN * (step.reader() ? 1 : 0) + COLUMN / 2;
            int y = top + i * ROW + HEIGHT / 2;
            out.append(String.format(Locale.ROOT,
                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\" fill=\"%s\" stroke=\"%s\"/>%n"
                            + "<text class=\"ink\" x=\"%d\" y=\"%.1f\" text-anchor=\"middle\" fill=\"#1a1f27\">%s</text>%n",
                    step.decisive() ? "bad" : "box", x - BOX / 2, y - HEIGHT / 2, BOX, HEIGHT,
                    step.decisive() ? "#fdeaea" : "#f4f6fa",
                    step.decisive() ? "#b3261e" : "#7a869a", x, y + 4.5, GraphSvg.escape(step.says())));
        }
        return out.append("</svg>\n").toString();
    }
}
