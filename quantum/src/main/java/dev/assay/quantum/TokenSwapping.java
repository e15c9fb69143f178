package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Brings qubits from one layout to another by swaps along couplings: at most four times the fewest possible (Miltzow et
 * al., ESA 2016, arXiv:1602.05150). Swaps that bring both tokens nearer come first; where none is left, a token follows
 * its way until a chain of such swaps closes or one token that is at home must step aside.
 */
final class TokenSwapping {
    private TokenSwapping() {}

    /** @param from @param to the place of each qubit before and after */
    static List<int[]> swaps(Topology device, int[] from, int[] to) {
        int[] target = targets(device, from, to);
        List<int[]> swaps = new ArrayList<>();
        int[] path = new int[device.size + 1];
        int[] seenAt = new int[device.size];
        while (true) {
            int first = misplaced(target);
            if (first < 0) {
                return swaps;
            }
            Arrays.fill(seenAt, -1);
            int length = 0;
            int at = first;
            while (seenAt[at] < 0 && target[at] != at) {
                seenAt[at] = length;
                path[length++] = at;
                at = towards(device, at, target[at]);
            }
            if (target[at] == at) {
                // The last token of the way pushes one aside that is at home.
                swap(target, path[length - 1], at, swaps);
            } else {
                // Round the circle: every token on it but one comes a step nearer by each swap.
                for (int i = length - 1; i > seenAt[at]; i--) {
                    swap(target, path[i - 1], path[i], swaps);
                }
            }
        }
    }

    /** The place that each place's content must go to; contents that do not matter fill what is left, nearest first. */
    private static int[] targets(Topology device, int[] from, int[] to) {
        int[] target = new int[device.size];
        Arrays.fill(target, -1);
        boolean[] taken = new boolean[device.size];
        for (int q = 0; q < from.length; q++) {
            target[from[q]] = to[q];
            taken[to[q]] = true;
        }
        for (int p = 0; p < device.size; p++) {
            if (target[p] < 0 && !taken[p]) {
                target[p] = p;
                taken[p] = true;
            }
        }
        for (int p = 0; p < device.size; p++) {
            if (target[p] < 0) {
                int best = -1;
                for (int r = 0; r < device.size; r++) {
                    if (!taken[r] && (best < 0 || device.distance(p, r) < device.distance(p, best))) {
                        best = r;
                    }
                }
                target[p] = best;
                taken[best] = true;
            }
        }
        return target;
    }

    private static int misplaced(int[] target) {
        for (int p = 0; p < target.length; p++) {
            if (target[p] != p) {
                return p;
            }
        }
        return -1;
    }

    private static int towards(Topology device, int from, int to) {
        for (int i = device.start[from]; i < device.start[from + 1]; i++) {
            if (device.distance(device.neighbour[i], to) < device.distance(from, to)) {
                return device.neighbour[i];
            }
        }
        throw new IllegalStateException("no way from " + from + " to " + to);
    }

    private static void swap(int[] target, int p, int r, List<int[]> swaps) {
        int held = target[p];
        target[p] = target[r];
        target[r] = held;
        swaps.add(new int[]{p, r});
    }
}
