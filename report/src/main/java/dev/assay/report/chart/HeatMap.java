package dev.assay.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoubleFunction;

/**
 * A cell per pair of coordinates, coloured by value, with the number in it where there is room.
 *
 * @param rowTitle what the rows are
 * @param columnTitle what the columns are
 */
public record HeatMap(String says, String title, String rowTitle, String columnTitle, List<Cell> cells,
        DoubleFunction<String> text) {
    private static final double MOST_WIDTH = 620;
    private static final double LEFT = 54;
    private static final double TOP = 52;
    private static final double LEGEND = 62;

    /** One value. */
    public record Cell(long row, long column, double value, String details) {}

    public HeatMap {
        cells = cells.stream().filter(c -> Double.isFinite(c.value())).toList();
    }

    public boolean drawable() {
        return !cells.isEmpty();
    }

    public Markup svg() {
        List<Long> rows = axis(cells.stream().map(Cell::row).toList());
        List<Long> columns = axis(cells.stream().map(Cell::column).toList());
        double size = Math.clamp(MOST_WIDTH / Math.max(1, columns.size()), 9, 58);
        double tall = Math.min(size, 42);
        boolean numbers = size >= 1 + Labels.widest(cells.stream().map(c -> text.apply(c.value())).toList());
        double right = LEFT + columns.size() * size;
        double width = Math.max(right, LEFT + 230) + 8;
        double height = TOP + rows.size() * tall + LEGEND;
        double low = cells.stream().mapToDouble(Cell::value).min().orElseThrow();
        double high = cells.stream().mapToDouble(Cell::value).max().orElseThrow();
        Canvas canvas = new Canvas(width, height, says);
        names(canvas, rows, columns, size, tall);
        Map<Long, Integer> rowOf = indices(rows);
        Map<Long, Integer> columnOf = indices(columns);
        for (Cell cell : cells) {
            double share = high > low ? (cell.value() - low) / (high - low) : 0.5;
            double x = LEFT + columnOf.get(cell.column()) * size;
            double y = TOP + rowOf.get(cell.row()) * tall;
            canvas.markup().open("g", "class", "cell").leaf("title", cell.details()).empty("rect", "x", x + 0.75, "y",
                    y + 0.75, "width", size - 1.5, "height", tall - 1.5, "rx", 2.0, "style", heat(share));
            if (numbers) {
                canvas.text(share > 0.52 ? "on-hot" : "on-cold", "middle", x + size / 2, y + tall / 2 + 4.5,
                        text.apply(cell.value()));
            }
            canvas.end();
        }
        legend(canvas, height - LEGEND + 16, low, high);
        return canvas.finish();
    }

    private void names(Canvas canvas, List<Long> rows, List<Long> columns, double size, double tall) {
        canvas.group("axis");
        // Every name where there is room, else every second, fifth, …
        int everyColumn = Math.max(1, (int) Math.ceil(22 / size));
        int everyRow = Math.max(1, (int) Math.ceil(14 / tall));
        for (int i = 0; i < columns.size(); i += everyColumn) {
            canvas.text("", "middle", LEFT + (i + 0.5) * size, TOP - 8, String.valueOf(columns.get(i)));
        }
        for (int i = 0; i < rows.size(); i += everyRow) {
            canvas.text("", "end", LEFT - 9, TOP + (i + 0.5) * tall + 4, String.valueOf(rows.get(i)));
        }
        canvas.text("title", "start", LEFT, 18, columnTitle + " ▸");
        canvas.upwards("title", 14, TOP + rows.size() * tall / 2, "◂ " + rowTitle);
        canvas.end();
    }

    private void legend(Canvas canvas, double y, double low, double high) {
        canvas.group("axis");
        int steps = 24;
        double each = 160.0 / steps;
        for (int i = 0; i < steps; i++) {
            canvas.markup().empty("rect", "x", LEFT + i * each, "y", y, "width", each + 1, "height", 9.0, "style",
                    heat((i + 0.5) / steps));
        }
        canvas.text("", "start", LEFT, y + 24, text.apply(low));
        canvas.text("", "end", LEFT + 160, y + 24, text.apply(high));
        canvas.text("title", "start", LEFT + 172, y + 9, title);
        canvas.end();
    }

    /** The page's two ends of the scale, mixed; so the map fits light and dark. */
    private static String heat(double share) {
        return String.format(Locale.ROOT, "fill:color-mix(in oklab,var(--hot) %.0f%%,var(--cold))", 100 * share);
    }

    private static List<Long> axis(List<Long> values) {
        return List.copyOf(new TreeSet<>(values));
    }

    private static Map<Long, Integer> indices(List<Long> values) {
        Map<Long, Integer> indices = new java.util.HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            indices.put(values.get(i), i);
        }
        return indices;
    }
}
