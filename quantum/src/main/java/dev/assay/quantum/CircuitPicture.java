package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A circuit with its used qubits from top to bottom and its steps in columns, each as early as its wires allow. Columns
 * are as wide as what stands in them; lines that grow too long go on below.
 */
final class CircuitPicture {
    private static final double ROW = 34;
    private static final double BOX = 22;
    private static final double LINE_WIDTH = 1500;
    /** Pictures higher than this open slowly; what does not fit is counted. */
    private static final double MOST_HEIGHT = 24_000;
    private static final int MOST_COLUMNS = 2_000;
    private static final int TEXT_WIDTH = 150;

    /** A step in its column; a heading or an end of a branch has no step but spans its rows. */
    private record Item(int column, int low, int high, Operation step, String label) {}

    private final StepLabels labels;
    private final int[] used;
    private final int[] row;
    private final List<Item> items = new ArrayList<>();
    private int columns;
    private final int all;
    private int drawn;

    CircuitPicture(Circuit circuit) {
        labels = new StepLabels(circuit);
        all = circuit.operations().size();
        int[] busy = circuit.operations().stream().flatMapToInt(o -> Arrays.stream(o.qubits())).distinct().sorted()
                .toArray();
        used = busy.length > 0 ? busy : IntStream.range(0, circuit.qubits()).toArray();
        row = new int[circuit.qubits()];
        for (int i = 0; i < used.length; i++) {
            row[used[i]] = i;
        }
        int[] free = new int[used.length];
        for (Operation step : circuit.operations()) {
            drawn += place(step, free) ? 1 : 0;
        }
    }

    /** Whether it began in a column that is drawn. */
    private boolean place(Operation step, int[] free) {
        int[] rows = Arrays.stream(step.qubits()).map(q -> row[q]).toArray();
        if (rows.length == 0) {
            return true;
        }
        int low = Arrays.stream(rows).min().getAsInt();
        int high = Arrays.stream(rows).max().getAsInt();
        int at = 0;
        // A step covers all wires between its qubits, as its line crosses them.
        for (int r = low; r <= high; r++) {
            at = Math.max(at, free[r]);
        }
        if (at >= MOST_COLUMNS) {
            Arrays.fill(free, low, high + 1, at);
            return false;
        }
        int end = at + 1;
        if (step instanceof Operation.Conditional c) {
            items.add(new Item(at, low, high, null, labels.condition(c.condition())));
            end = body(c.then(), low, high, at + 1);
            if (!c.otherwise().isEmpty()) {
                items.add(new Item(end, low, high, null, "else"));
                end = body(c.otherwise(), low, high, end + 1);
            }
            items.add(new Item(end++, low, high, null, ""));
        } else {
            items.add(new Item(at, low, high, step, labels.of(step)));
        }
        Arrays.fill(free, low, high + 1, end);
        columns = Math.max(columns, end);
        return true;
    }

    private int body(List<Operation> body, int low, int high, int from) {
        int[] free = new int[used.length];
        Arrays.fill(free, from);
        body.forEach(step -> place(step, free));
        return Math.max(from, Arrays.stream(free, low, high + 1).max().orElse(from));
    }

    String svg() {
        double[] widths = widths();
        double margin = 20 + Svg.CHARACTER * Arrays.stream(used).mapToObj(labels::qubit).mapToInt(String::length).max()
                .orElse(1);
        int[] lineStart = lines(widths);
        double lineHeight = (used.length + 0.3) * ROW;
        int lines = (int) Math.clamp(MOST_HEIGHT / lineHeight, 1, lineStart.length - 1);
        int lastColumn = lineStart[lines];
        double width = 0;
        for (int i = 0; i < lines; i++) {
            width = Math.max(width, sum(widths, lineStart[i], lineStart[i + 1]));
        }
        int left = all - drawn + (int) items.stream().filter(i -> i.step() != null && i.column() >= lastColumn).count();
        Svg svg = new Svg(Math.max(margin + width + 16, left > 0 ? 300 : 0),
                16 + lines * lineHeight + (left > 0 ? 20 : 0));
        for (int i = 0; i < lines; i++) {
            double top = 20 + i * lineHeight;
            double end = margin + sum(widths, lineStart[i], lineStart[i + 1]) + 6;
            for (int r = 0; r < used.length; r++) {
                svg.line(margin - 8, top + r * ROW, end, top + r * ROW, "#bbb", 1);
                svg.text(6, top + r * ROW + 4, labels.qubit(used[r]), Svg.DARK);
            }
        }
        for (Item item : items) {
            if (item.column() < lastColumn) {
                int line = Arrays.binarySearch(lineStart, item.column());
                line = line < 0 ? -line - 2 : line;
                double x = margin + sum(widths, lineStart[line], item.column()) + widths[item.column()] / 2;
                draw(svg, item, x, 20 + line * lineHeight);
            }
        }
        if (left > 0) {
            svg.text(margin, 20 + lines * lineHeight, left + " more steps are not drawn", Svg.RED);
        }
        return svg.toString();
    }

    private double[] widths() {
        double[] widths = new double[columns];
        for (Item item : items) {
            widths[item.column()] = Math.max(widths[item.column()], boxWidth(item) + 10);
        }
        return widths;
    }

    /** First columns of the lines, and the number of columns. */
    private static int[] lines(double[] widths) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        double width = 0;
        for (int c = 0; c < widths.length; c++) {
            if (width > 0 && width + widths[c] > LINE_WIDTH) {
                starts.add(c);
                width = 0;
            }
            width += widths[c];
        }
        starts.add(widths.length);
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double sum(double[] widths, int from, int to) {
        double sum = 0;
        for (int c = from; c < to; c++) {
            sum += widths[c];
        }
        return sum;
    }

    private static double boxWidth(Item item) {
        if (item.step() instanceof Operation.Barrier || item.step() == null && item.label().isEmpty() || isSwap(item)) {
            return 10;
        }
        return Math.max(BOX, 8 + Svg.CHARACTER * shown(item).length());
    }

    private static boolean isSwap(Item item) {
        return item.step() instanceof Operation.Gate gate && gate.name().equals("swap");
    }

    private static boolean isControlled(Item item) {
        return item.step() instanceof Operation.Gate gate && gate.qubits().length == 2 && gate.name().startsWith("c");
    }

    private static String shown(Item item) {
        return isControlled(item) ? item.label().substring(1) : item.label();
    }

    private void draw(Svg svg, Item item, double x, double top) {
        double width = boxWidth(item);
        double low = top + item.low() * ROW;
        double high = top + item.high() * ROW;
        if (item.step() == null) {
            svg.box(x - width / 2, low - BOX / 2, width, high - low + BOX, "#fdf3dc", "#b98a1d");
            svg.centred(x, (low + high) / 2 + 4, item.label(), "#7a5a10");
            return;
        }
        String colour = isSwap(item) ? Svg.RED : item.step() instanceof Operation.Gate ? Svg.BLUE : Svg.GREEN;
        int[] rows = Arrays.stream(item.step().qubits()).map(q -> row[q]).toArray();
        if (item.step() instanceof Operation.Barrier) {
            for (int r : rows) {
                svg.dashed(x, top + r * ROW - ROW / 2, x, top + r * ROW + ROW / 2, Svg.PALE);
            }
            return;
        }
        if (high > low) {
            svg.line(x, low, x, high, colour, 2);
        }
        for (int k = 0; k < rows.length; k++) {
            double y = top + rows[k] * ROW;
            if (isSwap(item)) {
                svg.line(x - 5, y - 5, x + 5, y + 5, colour, 2);
                svg.line(x - 5, y + 5, x + 5, y - 5, colour, 2);
            } else if (isControlled(item) && k == 0) {
                svg.disc(x, y, 4.5, colour, colour);
            } else {
                svg.box(x - width / 2, y - BOX / 2, width, BOX, "#fff", colour);
                svg.centred(x, y + 4, shown(item), colour);
            }
        }
    }

    /** In letters: a gate's name stands on its qubits, its line crosses those between. */
    String text() {
        int[] widths = new int[columns];
        for (Item item : items) {
            widths[item.column()] = Math.max(widths[item.column()], Math.max(3, mark(item, true).length() + 2));
        }
        int name = Arrays.stream(used).mapToObj(labels::qubit).mapToInt(String::length).max().orElse(1);
        int shownColumns = 0;
        for (int width = name + 1; shownColumns < columns
                && width + widths[shownColumns] <= TEXT_WIDTH; shownColumns++) {
            width += widths[shownColumns];
        }
        String[][] cells = new String[used.length][shownColumns];
        for (String[] line : cells) {
            for (int c = 0; c < shownColumns; c++) {
                line[c] = "-".repeat(widths[c]);
            }
        }
        int left = all - drawn;
        for (Item item : items) {
            if (item.column() >= shownColumns) {
                left += item.step() == null ? 0 : 1;
                continue;
            }
            for (int r = item.low(); r <= item.high(); r++) {
                cells[r][item.column()] = cell("|", widths[item.column()]);
            }
            int[] rows = item.step() == null
                    ? IntStream.rangeClosed(item.low(), item.high()).toArray()
                    : Arrays.stream(item.step().qubits()).map(q -> row[q]).toArray();
            for (int k = 0; k < rows.length; k++) {
                cells[rows[k]][item.column()] = cell(mark(item, k > 0), widths[item.column()]);
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < used.length; r++) {
            text.append(String.format(Locale.ROOT, "%" + name + "s ", labels.qubit(used[r])))
                    .append(String.join("", cells[r])).append('\n');
        }
        if (left > 0) {
            text.append("(").append(left).append(" more steps)\n");
        }
        return text.toString();
    }

    private static String cell(String mark, int width) {
        int before = (width - mark.length()) / 2;
        return "-".repeat(before) + mark + "-".repeat(width - mark.length() - before);
    }

    private static String mark(Item item, boolean target) {
        if (item.step() == null) {
            return item.label().isEmpty() ? "]" : "[" + item.label();
        }
        if (isControlled(item) && !target) {
            return "o";
        }
        return isSwap(item) ? "swap" : item.step() instanceof Operation.Barrier ? ":" : shown(item);
    }
}
