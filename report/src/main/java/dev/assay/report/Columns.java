package dev.assay.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The variants of an experiment as aligned columns; the least important ones go first when the terminal is narrow. */
final class Columns {
    private enum Column {
        NAME, VALUE, SPREAD, TAGS, BAR, VERDICT, RATIO, INTERVAL;

        /** What to do without, first to last. */
        static final List<Column> DISPENSABLE = List.of(BAR, INTERVAL, RATIO, SPREAD);
    }

    private static final int SHORTEST_NAME = 8;
    private static final int LONGEST_NAME = 34;

    private final int room;
    private final List<List<String>> rows = new ArrayList<>();

    Columns(int room) {
        this.room = room;
    }

    /** Texts in the order of {@link Column}. */
    void row(String... texts) {
        rows.add(List.of(texts));
    }

    List<String> lines(Ink ink) {
        int[] widths = new int[Column.values().length];
        for (Column column : Column.values()) {
            widths[column.ordinal()] = rows.stream().mapToInt(r -> Ink.width(r.get(column.ordinal()))).max().orElse(0);
        }
        int name = Column.NAME.ordinal();
        widths[name] = Math.min(widths[name], LONGEST_NAME);
        Set<Column> shown = EnumSet.allOf(Column.class);
        shown.removeIf(column -> widths[column.ordinal()] == 0);
        for (Column column : Column.DISPENSABLE) {
            if (total(shown, widths) - Math.max(0, widths[name] - SHORTEST_NAME * 2) > room) {
                shown.remove(column);
            }
        }
        widths[name] = Math.max(SHORTEST_NAME, widths[name] - Math.max(0, total(shown, widths) - room));
        return rows.stream().map(row -> line(row, shown, widths, ink)).toList();
    }

    private static int total(Set<Column> shown, int[] widths) {
        return shown.stream().mapToInt(c -> widths[c.ordinal()] + 2).sum() - 2;
    }

    private static String line(List<String> row, Set<Column> shown, int[] widths, Ink ink) {
        StringBuilder line = new StringBuilder();
        for (Column column : shown) {
            String text = row.get(column.ordinal());
            int width = widths[column.ordinal()];
            line.append(line.isEmpty() ? "" : column == Column.TAGS || column == Column.SPREAD ? " " : "  ");
            String fitted = Ink.cut(text, width);
            String padding = " ".repeat(width - Ink.width(fitted));
            line.append(switch (column) {
                case NAME, BAR -> fitted + padding;
                case VALUE -> padding + ink.strong(fitted);
                case RATIO -> padding + fitted;
                case TAGS -> ink.doubt(fitted) + padding;
                case VERDICT -> ink.verdict(fitted) + padding;
                case SPREAD, INTERVAL -> ink.quiet(fitted) + padding;
            });
        }
        return line.toString().stripTrailing();
    }
}
