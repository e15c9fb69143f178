package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Where a picture puts the qubits of a device: where it says, else by their distances, part beside part. */
record DeviceLayout(double[] x, double[] y, double width, double height) {
    /** Between the parts of a device that is not connected, in couplings. */
    private static final double GAP = 1;

    static DeviceLayout of(Device device) {
        double[] x = new double[device.qubits()];
        double[] y = new double[device.qubits()];
        if (device.coordinates().isEmpty()) {
            arrange(device.topology(), x, y);
        } else {
            for (int q = 0; q < x.length; q++) {
                x[q] = device.coordinates().get(q).x();
                y[q] = device.coordinates().get(q).y();
            }
        }
        spread(device, x, y);
        double left = Arrays.stream(x).min().orElse(0);
        double top = Arrays.stream(y).min().orElse(0);
        return new DeviceLayout(Arrays.stream(x).map(v -> v - left).toArray(),
                Arrays.stream(y).map(v -> v - top).toArray(), Arrays.stream(x).max().orElse(0) - left,
                Arrays.stream(y).max().orElse(0) - top);
    }

    /** Parts in rows, largest first; a row is about as wide as the whole is high. */
    private static void arrange(Topology device, double[] x, double[] y) {
        List<int[]> parts = parts(device);
        List<double[][]> pictures = parts.stream().map(part -> StressLayout.of(device, part)).toList();
        double area = pictures.stream().mapToDouble(p -> (extent(p[0]) + GAP) * (extent(p[1]) + GAP)).sum();
        double widest = Math.max(1.5 * Math.sqrt(area),
                pictures.stream().mapToDouble(p -> extent(p[0])).max().orElse(0));
        double atX = 0;
        double atY = 0;
        double rowHeight = 0;
        for (int i = 0; i < parts.size(); i++) {
            double[][] picture = pictures.get(i);
            if (atX > 0 && atX + extent(picture[0]) > widest) {
                atX = 0;
                atY += rowHeight + GAP;
                rowHeight = 0;
            }
            double left = Arrays.stream(picture[0]).min().orElse(0);
            double top = Arrays.stream(picture[1]).min().orElse(0);
            for (int k = 0; k < parts.get(i).length; k++) {
                x[parts.get(i)[k]] = atX + picture[0][k] - left;
                y[parts.get(i)[k]] = atY + picture[1][k] - top;
            }
            atX += extent(picture[0]) + GAP;
            rowHeight = Math.max(rowHeight, extent(picture[1]));
        }
    }

    private static List<int[]> parts(Topology device) {
        List<int[]> parts = new ArrayList<>();
        boolean[] taken = new boolean[device.size];
        for (int p = 0; p < device.size; p++) {
            if (!taken[p]) {
                int from = p;
                int[] part = IntStream.range(p, device.size)
                        .filter(q -> device.distance(from, q) < Topology.UNREACHABLE).toArray();
                Arrays.stream(part).forEach(q -> taken[q] = true);
                parts.add(part);
            }
        }
        parts.sort(Comparator.comparingInt((int[] part) -> -part.length));
        return parts;
    }

    private static double extent(double[] values) {
        return Arrays.stream(values).max().orElse(0) - Arrays.stream(values).min().orElse(0);
    }

    /** Scales so that the couplings, or in a crowd the nearest two qubits, are 1 apart. */
    private static void spread(Device device, double[] x, double[] y) {
        double mean = device.edges().stream()
                .mapToDouble(e -> Math.hypot(x[e.from()] - x[e.to()], y[e.from()] - y[e.to()])).average().orElse(1);
        double nearest = Double.MAX_VALUE;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                nearest = Math.min(nearest, Math.hypot(x[i] - x[j], y[i] - y[j]));
            }
        }
        double unit = x.length < 2 || mean == 0 ? 1 : Math.min(mean, Math.max(nearest / 0.7, mean / 3));
        for (int i = 0; i < x.length; i++) {
            x[i] /= unit;
            y[i] /= unit;
        }
    }
}
