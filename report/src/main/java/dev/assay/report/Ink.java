package dev.assay.report;

import java.util.ArrayList;
import java.util.List;

/** Text for a terminal: colours when wanted, widths, line breaks, and nothing that could command the terminal. */
final class Ink {
    private final boolean colour;

    Ink(boolean colour) {
        this.colour = colour;
    }

    String strong(String text) {
        return paint("1", text);
    }

    String quiet(String text) {
        return paint("2", text);
    }

    String doubt(String text) {
        return paint("33", text);
    }

    /** A verdict in its colour; it is named by the text itself. */
    String verdict(String text) {
        String word = text.strip();
        if (word.endsWith("faster")) {
            return paint("36", text);
        }
        return word.endsWith("slower") ? paint("35", text) : paint("2", text);
    }

    private String paint(String code, String text) {
        return colour && !text.isBlank() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Control characters replaced: what comes from outside must not move the cursor or change colours. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
        return safe.toString();
    }

    static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    static String cut(String text, int columns) {
        return width(text) <= columns
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(0, columns - 1))) + "…";
    }

    static List<String> wrap(String text, int columns, String first, String rest) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.split(" ")) {
            String left = word;
            if (!empty && width(line.toString()) + 1 + width(left) > columns) {
                lines.add(line.toString());
                line = new StringBuilder(rest);
                empty = true;
            }
            while (width(line.toString()) + width(left) > columns) {
                int room = left.offsetByCodePoints(0, Math.max(1, columns - width(line.toString())));
                lines.add(line + left.substring(0, room));
                left = left.substring(room);
                line = new StringBuilder(rest);
            }
            line.append(empty ? "" : " ").append(left);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
