package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A device with the qubits that a mapped circuit uses, and its couplings the redder and wider the more swaps run there. */
final class DevicePicture {
    private static final double COUPLING = 46;
    private static final double MARGIN = 26;
    private static final double LEGEND = 46;

    private final Device device;
    private final int[] heat;
    private final int most;
    private final Set<Integer> used = new HashSet<>();

    DevicePicture(Device device, Circuit mapped) {
        this.device = device;
        this.heat = new int[device.edges().size()];
        Map<Device.Edge, Integer> index = new HashMap<>();
        for (int i = 0; i < heat.length; i++) {
            Device.Edge edge = device.edges().get(i);
            index.put(edge, i);
            index.putIfAbsent(new Device.Edge(edge.to(), edge.from()), i);
        }
        for (Operation operation : Circuit.flat(mapped.operations())) {
            Arrays.stream(operation instanceof Operation.Barrier ? new int[0] : operation.qubits()).forEach(used::add);
            if (operation instanceof Operation.Gate g && g.name().equals("swap")) {
                Integer coupling = index.get(new Device.Edge(g.qubits()[0], g.qubits()[1]));
                if (coupling != null) {
                    heat[coupling]++;
                }
            }
        }
        this.most = Arrays.stream(heat).max().orElse(0);
    }

    String svg() {
        DeviceLayout layout = DeviceLayout.of(device);
        double radius = device.qubits() > 1000 ? 14 : 12;
        double width = Math.max(layout.width() * COUPLING + 2 * MARGIN, 380);
        double shift = (width - layout.width() * COUPLING) / 2;
        Svg svg = new Svg(width, layout.height() * COUPLING + 2 * MARGIN + LEGEND);
        double[] x = Arrays.stream(layout.x()).map(v -> v * COUPLING + shift).toArray();
        double[] y = Arrays.stream(layout.y()).map(v -> v * COUPLING + MARGIN + LEGEND).toArray();
        legend(svg);
        // Warm couplings are drawn last, above the others.
        for (int i : coldFirst()) {
            coupling(svg, i, x, y);
        }
        for (int q = 0; q < x.length; q++) {
            svg.disc(x[q], y[q], radius, used.contains(q) ? "#dcebf7" : "#fff", used.contains(q) ? Svg.BLUE : Svg.PALE);
            svg.centred(x[q], y[q] + 4, Integer.toString(q), Svg.DARK);
        }
        return svg.toString();
    }

    private List<Integer> coldFirst() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < heat.length; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Integer.compare(heat[a], heat[b]));
        return order;
    }

    private void coupling(Svg svg, int i, double[] x, double[] y) {
        Device.Edge edge = device.edges().get(i);
        double fromX = x[edge.from()];
        double fromY = y[edge.from()];
        double toX = x[edge.to()];
        double toY = y[edge.to()];
        svg.coupling(fromX, fromY, toX, toY, colour(heat[i]), heat[i] == 0 ? 1.2 : 2 + 6.0 * heat[i] / most,
                edge.from() + "-" + edge.to() + ": " + heat[i] + " swaps");
        double length = Math.hypot(toX - fromX, toY - fromY);
        if (device.directed() && length > 0) {
            svg.arrow((fromX + toX) / 2, (fromY + toY) / 2, (toX - fromX) / length, (toY - fromY) / length, 5,
                    heat[i] == 0 ? "#777" : colour(heat[i]));
        }
    }

    private String colour(int swaps) {
        if (swaps == 0) {
            return "#bbb";
        }
        double warm = swaps / (double) most;
        return String.format(Locale.ROOT, "rgb(%d,%d,%d)", (int) (245 - 53 * warm), (int) (190 - 150 * warm),
                (int) (120 - 90 * warm));
    }

    private void legend(Svg svg) {
        svg.text(10, 18, device.name() + ": " + device.qubits() + " qubits, " + device.edges().size()
                + (device.directed() ? " directed" : "") + " couplings, " + used.size() + " qubits used", Svg.DARK);
        svg.text(10, 36, "swaps on a coupling:", Svg.DARK);
        double x = 10 + 21 * Svg.CHARACTER;
        int[] shown = most == 0 ? new int[]{0} : most == 1 ? new int[]{0, 1} : new int[]{0, (most + 1) / 2, most};
        for (int swaps : shown) {
            svg.line(x, 32, x + 26, 32, colour(swaps), swaps == 0 ? 1.2 : 2 + 6.0 * swaps / most);
            svg.text(x + 32, 36, Integer.toString(swaps), Svg.DARK);
            x += 44 + Svg.CHARACTER * Integer.toString(swaps).length();
        }
    }

    /** Couplings by swaps, most first. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i : coldFirst().reversed()) {
            Device.Edge edge = device.edges().get(i);
            text.append(String.format(Locale.ROOT, "%4d - %-4d %6d  %s%n", edge.from(), edge.to(), heat[i],
                    "#".repeat(most == 0 ? 0 : 30 * heat[i] / most)));
        }
        return text.toString();
    }
}
