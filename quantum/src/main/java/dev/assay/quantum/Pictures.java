package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Circuits, devices and schedules as SVG, and as text for terminals. */
public final class Pictures {
    /** Columns of a circuit, and steps of a schedule, that are drawn; longer ones say how much is left out. */
    private static final int MOST = 400;
    private static final int CELL = 44;
    private static final int ROW = 30;

    private Pictures() {}

    /** Steps put into columns as early as possible. */
    private record Grid(int[] column, int columns, int shown) {
        static Grid of(Circuit circuit) {
            int[] free = new int[circuit.qubits()];
            int[] column = new int[circuit.operations().size()];
            int columns = 0;
            int shown = 0;
            for (int i = 0; i < column.length; i++) {
                int[] on = circuit.operations().get(i).qubits();
                if (on.length == 0) {
                    continue;
                }
                int low = Arrays.stream(on).min().getAsInt();
                int high = Arrays.stream(on).max().getAsInt();
                // A step covers all wires between its qubits, as its line crosses them.
                int at = 0;
                for (int q = low; q <= high; q++) {
                    at = Math.max(at, free[q]);
                }
                for (int q = low; q <= high; q++) {
                    free[q] = at + 1;
                }
                column[i] = at;
                columns = Math.max(columns, Math.min(MOST, at + 1));
                shown += at < MOST ? 1 : 0;
            }
            return new Grid(column, columns, shown);
        }
    }

    /** A circuit, qubits from top to bottom. */
    public static String circuitSvg(Circuit circuit) {
        Grid grid = Grid.of(circuit);
        int width = 60 + grid.columns() * CELL;
        int height = 20 + (circuit.qubits() + 1) * ROW;
        StringBuilder svg = open(width, height);
        for (int q = 0; q < circuit.qubits(); q++) {
            line(svg, 40, y(q), width - 10, y(q), "#999", 1);
            text(svg, 4, y(q) + 4, "q" + q, "#333");
        }
        for (int i = 0; i < grid.column().length; i++) {
            if (grid.column()[i] < MOST) {
                step(svg, circuit.operations().get(i), 60 + grid.column()[i] * CELL);
            }
        }
        rest(svg, grid.shown(), grid.column().length, height);
        return svg.append("</svg>\n").toString();
    }

    private static void step(StringBuilder svg, Operation operation, int x) {
        int[] on = operation.qubits();
        if (on.length == 0) {
            return;
        }
        String label = label(operation);
        boolean swap = label.equals("swap");
        int low = Arrays.stream(on).min().getAsInt();
        int high = Arrays.stream(on).max().getAsInt();
        String colour = swap ? "#c0392b" : operation instanceof Operation.Barrier ? "#bbb" : "#2c5f8a";
        if (high > low) {
            line(svg, x, y(low), x, y(high), colour, 2);
        }
        for (int k = 0; k < on.length; k++) {
            if (swap || operation instanceof Operation.Barrier) {
                text(svg, x - 4, y(on[k]) + 4, swap ? "\u00d7" : "\u2591", colour);
            } else if (on.length == 2 && k == 0 && label.startsWith("c")) {
                svg.append("<circle cx='").append(x).append("' cy='").append(y(on[k])).append("' r='4' fill='")
                        .append(colour).append("'/>\n");
            } else {
                svg.append("<rect x='").append(x - 18).append("' y='").append(y(on[k]) - 10)
                        .append("' width='36' height='20' fill='#fff' stroke='").append(colour).append("'/>\n");
                text(svg, x - 16, y(on[k]) + 4, on.length == 2 && label.startsWith("c") ? label.substring(1) : label,
                        colour);
            }
        }
    }

    private static String label(Operation operation) {
        return switch (operation) {
            case Operation.Gate g -> g.name();
            case Operation.Measure _ -> "M";
            case Operation.Reset _ -> "|0>";
            case Operation.Barrier _ -> "|";
            case Operation.Delay _ -> "wait";
            case Operation.Conditional _ -> "if";
        };
    }

    /** A circuit in letters; a gate's name stands on its qubits, its line crosses those between. */
    public static String circuitText(Circuit circuit) {
        Grid grid = Grid.of(circuit);
        int columns = Math.min(grid.columns(), 24);
        String[][] cells = new String[circuit.qubits()][columns];
        for (String[] row : cells) {
            Arrays.fill(row, "------");
        }
        int shown = 0;
        for (int i = 0; i < grid.column().length; i++) {
            int column = grid.column()[i];
            int[] on = circuit.operations().get(i).qubits();
            if (column >= columns || on.length == 0) {
                continue;
            }
            shown++;
            int low = Arrays.stream(on).min().getAsInt();
            int high = Arrays.stream(on).max().getAsInt();
            for (int q = low; q <= high; q++) {
                cells[q][column] = "--|---";
            }
            for (int k = 0; k < on.length; k++) {
                String name = label(circuit.operations().get(i));
                String mark = on.length == 2 && k == 0 && name.startsWith("c") ? "o" : name;
                mark = mark.length() > 4 ? mark.substring(0, 4) : mark;
                cells[on[k]][column] = "-" + mark + "-".repeat(5 - mark.length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int q = 0; q < cells.length; q++) {
            text.append(String.format(Locale.ROOT, "%4s ", "q" + q)).append(String.join("", cells[q])).append('\n');
        }
        if (shown < grid.column().length) {
            text.append("(").append(grid.column().length - shown).append(" more steps)\n");
        }
        return text.toString();
    }

    /** A device as a ring of qubits; the more swaps a mapped circuit has on a coupling, the redder and wider it is. */
    public static String deviceSvg(Device device, Circuit mapped) {
        int radius = Math.max(120, device.qubits() * 5);
        int size = 2 * radius + 80;
        int[] heat = heat(device, mapped);
        int most = Math.max(1, Arrays.stream(heat).max().orElse(1));
        StringBuilder svg = open(size, size);
        double[][] at = new double[device.qubits()][2];
        for (int q = 0; q < at.length; q++) {
            at[q][0] = size / 2.0 + radius * Math.sin(2 * Math.PI * q / at.length);
            at[q][1] = size / 2.0 - radius * Math.cos(2 * Math.PI * q / at.length);
        }
        for (int i = 0; i < heat.length; i++) {
            Device.Edge edge = device.edges().get(i);
            double warm = heat[i] / (double) most;
            String colour = String.format(Locale.ROOT, "rgb(%d,%d,%d)", (int) (150 + 80 * warm),
                    (int) (150 * (1 - warm)), (int) (150 * (1 - warm)));
            svg.append(String.format(Locale.ROOT,
                    "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-width='%.1f'><title>%d-%d: %d swaps"
                            + "</title></line>%n",
                    at[edge.from()][0], at[edge.from()][1], at[edge.to()][0], at[edge.to()][1], colour, 1 + 4 * warm,
                    edge.from(), edge.to(), heat[i]));
        }
        for (int q = 0; q < at.length; q++) {
            svg.append(String.format(Locale.ROOT, "<circle cx='%.1f' cy='%.1f' r='11' fill='#fff' stroke='#333'/>%n",
                    at[q][0], at[q][1]));
            text(svg, (int) at[q][0] - 8, (int) at[q][1] + 4, Integer.toString(q), "#333");
        }
        return svg.append("</svg>\n").toString();
    }

    /** Couplings by swaps, most first. */
    public static String deviceText(Device device, Circuit mapped) {
        int[] heat = heat(device, mapped);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < heat.length; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Integer.compare(heat[b], heat[a]));
        int most = Math.max(1, Arrays.stream(heat).max().orElse(1));
        StringBuilder text = new StringBuilder();
        for (int i : order) {
            Device.Edge edge = device.edges().get(i);
            text.append(String.format(Locale.ROOT, "%4d - %-4d %6d  %s%n", edge.from(), edge.to(), heat[i],
                    "#".repeat(30 * heat[i] / most)));
        }
        return text.toString();
    }

    private static int[] heat(Device device, Circuit mapped) {
        int[] heat = new int[device.edges().size()];
        java.util.Map<Device.Edge, Integer> index = new java.util.HashMap<>();
        for (int i = 0; i < heat.length; i++) {
            Device.Edge edge = device.edges().get(i);
            index.put(edge, i);
            index.putIfAbsent(new Device.Edge(edge.to(), edge.from()), i);
        }
        for (Operation operation : Circuit.flat(mapped.operations())) {
            if (operation instanceof Operation.Gate g && g.name().equals("swap")) {
                Integer coupling = index.get(new Device.Edge(g.qubits()[0], g.qubits()[1]));
                if (coupling != null) {
                    heat[coupling]++;
                }
            }
        }
        return heat;
    }

    /** When each qubit is busy. */
    public static String scheduleSvg(Schedule schedule) {
        List<Operation> steps = schedule.circuit().operations();
        int[] used = steps.stream().flatMapToInt(s -> Arrays.stream(s.qubits())).distinct().sorted().toArray();
        int height = 40 + (used.length + 1) * ROW;
        double scale = schedule.makespanNanos() == 0 ? 1 : Math.min(2, 8000 / schedule.makespanNanos());
        int width = 80 + (int) (schedule.makespanNanos() * scale);
        StringBuilder svg = open(width, height);
        for (int row = 0; row < used.length; row++) {
            text(svg, 4, y(row) + 4, "q" + used[row], "#333");
        }
        int drawn = Math.min(steps.size(), MOST * 50);
        for (int i = 0; i < drawn; i++) {
            double length = schedule.endNanos()[i] - schedule.startNanos()[i];
            String colour = label(steps.get(i)).equals("swap")
                    ? "#c0392b"
                    : steps.get(i).qubits().length > 1 ? "#2c5f8a" : "#7fb069";
            for (int q : length > 0 ? steps.get(i).qubits() : new int[0]) {
                svg.append(String.format(Locale.ROOT,
                        "<rect x='%.1f' y='%d' width='%.1f' height='18' fill='%s'><title>%s %.0f-%.0f ns</title></rect>%n",
                        50 + schedule.startNanos()[i] * scale, y(Arrays.binarySearch(used, q)) - 9,
                        Math.max(0.5, length * scale), colour, label(steps.get(i)), schedule.startNanos()[i],
                        schedule.endNanos()[i]));
            }
        }
        rest(svg, drawn, steps.size(), height);
        return svg.append("</svg>\n").toString();
    }

    /** When each qubit is busy, in 72 characters. */
    public static String scheduleText(Schedule schedule) {
        List<Operation> steps = schedule.circuit().operations();
        int[] used = steps.stream().flatMapToInt(s -> Arrays.stream(s.qubits())).distinct().sorted().toArray();
        char[][] rows = new char[used.length][72];
        for (char[] row : rows) {
            Arrays.fill(row, '.');
        }
        double scale = 72 / Math.max(1, schedule.makespanNanos());
        for (int i = 0; i < steps.size(); i++) {
            if (schedule.endNanos()[i] > schedule.startNanos()[i]) {
                char mark = label(steps.get(i)).equals("swap") ? 'x' : steps.get(i).qubits().length > 1 ? '=' : '-';
                int to = Math.min(71, (int) (schedule.endNanos()[i] * scale));
                for (int q : steps.get(i).qubits()) {
                    Arrays.fill(rows[Arrays.binarySearch(used, q)],
                            Math.min(to, (int) (schedule.startNanos()[i] * scale)), to + 1, mark);
                }
            }
        }
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.length; row++) {
            text.append(String.format(Locale.ROOT, "%5s ", "q" + used[row])).append(rows[row]).append('\n');
        }
        return text.append(String.format(Locale.ROOT, "      0 to %.0f ns; = two qubits, x swap, - one qubit%n",
                schedule.makespanNanos())).toString();
    }

    private static int y(int row) {
        return 20 + row * ROW;
    }

    private static StringBuilder open(int width, int height) {
        return new StringBuilder("<svg xmlns='http://www.w3.org/2000/svg' width='" + width + "' height='" + height
                + "' font-family='monospace' font-size='11'>\n<rect width='100%' height='100%' fill='#fff'/>\n");
    }

    private static void line(StringBuilder svg, int x1, int y1, int x2, int y2, String colour, int wide) {
        svg.append("<line x1='").append(x1).append("' y1='").append(y1).append("' x2='").append(x2).append("' y2='")
                .append(y2).append("' stroke='").append(colour).append("' stroke-width='").append(wide).append("'/>\n");
    }

    private static void text(StringBuilder svg, int x, int y, String text, String colour) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append("<text x='").append(x).append("' y='").append(y).append("' fill='").append(colour).append("'>")
                .append(escaped).append("</text>\n");
    }

    private static void rest(StringBuilder svg, int shown, int all, int height) {
        if (shown < all) {
            text(svg, 40, height - 6, all - shown + " more steps are not drawn", "#c0392b");
        }
    }
}
