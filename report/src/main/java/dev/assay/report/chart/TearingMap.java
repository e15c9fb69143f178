package dev.assay.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A cell for each access that was tried: a row for each way to access memory, a column for each place. Colour and sign both tell what
 * happened, so that the map can be read without colours.
 *
 * @param says what the map shows, for who cannot see it
 * @param rows the names of the rows, from the top
 * @param groups columns that belong together, from the left
 * @param cells by row and column
 */
public record TearingMap(String says, List<String> rows, List<Group> groups, Map<List<Integer>, Cell> cells) {
    private static final double LEFT = 282;
    private static final double TOP = 44;
    private static final double SIDE = 17;
    private static final double TALL = 16;
    private static final double GAP = 14;

    /** Columns with one head; their names are small numbers. */
    public record Group(String name, List<String> columns) {}

    /** What became of an access. */
    public enum Kind {
        WHOLE, TEARS, THROWS, TRAPS, UNCHANGED
    }

    /**
     * One access.
     *
     * @param share of torn loads, from 0 to 1
     * @param details what the reader sees when pointing at it
     */
    public record Cell(Kind kind, double share, String details) {}

    public TearingMap {
        rows = List.copyOf(rows);
        groups = List.copyOf(groups);
        cells = Map.copyOf(cells);
    }

    public Markup svg() {
        double width = Math.max(LEFT + groups.stream().mapToDouble(TearingMap::wide).sum(), LEFT + 500);
        double height = TOP + rows.size() * TALL + 34;
        Canvas canvas = new Canvas(width, height, says);
        canvas.group("axis");
        for (int row = 0; row < rows.size(); row++) {
            canvas.text("", "end", LEFT - 10, TOP + row * TALL + 12, rows.get(row));
        }
        double x = LEFT;
        for (Group group : groups) {
            canvas.text("title", "start", x, 14, group.name());
            for (int i = 0; i < group.columns().size(); i++) {
                canvas.text("", "middle", x + (i + 0.5) * SIDE, TOP - 8, group.columns().get(i));
            }
            x += wide(group);
        }
        canvas.end();
        cells(canvas);
        legend(canvas, height - 20);
        return canvas.finish();
    }

    private void cells(Canvas canvas) {
        double x = LEFT;
        int column = 0;
        for (Group group : groups) {
            for (int i = 0; i < group.columns().size(); i++, column++) {
                for (int row = 0; row < rows.size(); row++) {
                    Cell cell = cells.get(List.of(row, column));
                    if (cell != null) {
                        draw(canvas, cell, x + i * SIDE, TOP + row * TALL);
                    }
                }
            }
            x += wide(group);
        }
    }

    /** Columns and their head, with a gap behind. */
    private static double wide(Group group) {
        return Math.max(group.columns().size() * SIDE, Labels.width(group.name())) + GAP;
    }

    private static void draw(Canvas canvas, Cell cell, double x, double y) {
        canvas.markup().open("g", "class", "cell").leaf("title", cell.details()).empty("rect", "x", x + 0.75, "y",
                y + 0.75, "width", SIDE - 1.5, "height", TALL - 1.5, "rx", 2.0, "style",
                colour(cell.kind(), cell.share()));
        canvas.text("", "middle", x + SIDE / 2, y + 12, sign(cell.kind()));
        canvas.end();
    }

    private static void legend(Canvas canvas, double y) {
        double x = LEFT;
        for (Kind kind : Kind.values()) {
            draw(canvas, new Cell(kind, 0.05, words(kind)), x, y);
            canvas.group("axis").text("", "start", x + SIDE + 5, y + 12, words(kind)).end();
            x += SIDE + 12 + Labels.width(words(kind));
        }
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case WHOLE -> "not seen to tear";
            case TEARS -> "tears";
            case THROWS -> "throws";
            case TRAPS -> "traps";
            case UNCHANGED -> "proves nothing";
        };
    }

    private static String sign(Kind kind) {
        return switch (kind) {
            case WHOLE -> "";
            case TEARS -> "/";
            case THROWS -> "×";
            case TRAPS -> "!";
            case UNCHANGED -> "?";
        };
    }

    /** Rates of tearing span many powers of ten, so the colour follows the logarithm. */
    private static String colour(Kind kind, double share) {
        double strength = share <= 0 ? 0 : Math.clamp(1 + Math.log10(share) / 8, 0.15, 1);
        return switch (kind) {
            case WHOLE -> "fill:color-mix(in oklab,var(--s2) 30%,var(--paper))";
            case TEARS -> String.format(Locale.ROOT, "fill:color-mix(in oklab,var(--s1) %.0f%%,var(--paper))",
                    100 * strength);
            case THROWS -> "fill:var(--zone)";
            case TRAPS -> "fill:color-mix(in oklab,var(--s3) 60%,var(--paper))";
            case UNCHANGED -> "fill:var(--paper);stroke:var(--rule)";
        };
    }
}
