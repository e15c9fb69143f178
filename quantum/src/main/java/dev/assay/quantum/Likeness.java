package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How unlike labels and places are by their distances to all others: the middle of a device is unlike its margin. */
final class Likeness {
    private static final int QUANTILES = 16;

    private Likeness() {}

    /** By label and place, in such parts of a hop on the mean. */
    static short[][] unlike(Wishes pairs, Topology device, int parts) {
        int labels = device.size;
        int[][] ofLabels = quantiles(new Topology(labels, edges(pairs)), device.diameter);
        int[][] ofPlaces = quantiles(device, device.diameter);
        double scale = Math.max(1, mean(ofPlaces)) / Math.max(1, mean(ofLabels));
        short[][] all = new short[labels][labels];
        for (int q = 0; q < labels; q++) {
            for (int p = 0; p < labels; p++) {
                double sum = 0;
                for (int i = 0; i < QUANTILES; i++) {
                    sum += Math.abs(ofLabels[q][i] * scale - ofPlaces[p][i]);
                }
                all[q][p] = (short) Math.min(Short.MAX_VALUE, Math.round(sum * parts / QUANTILES));
            }
        }
        return all;
    }

    private static int[][] edges(Wishes pairs) {
        List<int[]> edges = new ArrayList<>();
        for (int q = 0; q < pairs.partner.length; q++) {
            for (int other : pairs.partner[q]) {
                if (q < other) {
                    edges.add(new int[]{q, other});
                }
            }
        }
        return edges.toArray(int[][]::new);
    }

    private static int[][] quantiles(Topology graph, int most) {
        int[][] all = new int[graph.size][QUANTILES];
        int[] hops = new int[graph.size];
        for (int q = 0; q < graph.size; q++) {
            for (int p = 0; p < graph.size; p++) {
                hops[p] = Math.min(graph.distance(q, p), most);
            }
            Arrays.sort(hops);
            for (int i = 0; i < QUANTILES; i++) {
                all[q][i] = hops[(2 * i + 1) * graph.size / (2 * QUANTILES)];
            }
        }
        return all;
    }

    private static double mean(int[][] rows) {
        return Arrays.stream(rows).flatMapToInt(Arrays::stream).average().orElse(1);
    }
}
