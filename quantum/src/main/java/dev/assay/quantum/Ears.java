package dev.assay.quantum;

import java.util.Arrays;

/**
 * Finds where a layout that grows is to grow next: along its shortest ear, a path of pairs from one label that has a
 * place to another over labels that have none. An ear too short for the places of its ends has a pair that misleads and
 * is no ear.
 */
final class Ears {
    private static final int NONE = -1;

    private final Topology device;
    private final Wishes pairs;
    private final int labels;
    private final int[] branch;
    private final int[] away;
    private final int[] parent;
    private final int[] queue;
    private final int[] places;
    /** Couplings from a place through free places alone, measured when needed. */
    private final short[][] hops;
    private final int[] measured;
    private int generation;
    final int girth;
    long work;
    /** The label to be placed next, what it hangs on, where its ear ends and after how many pairs more. */
    int label;
    int anchor;
    int goal;
    int remaining;

    Ears(Topology device, Wishes pairs) {
        this.device = device;
        this.pairs = pairs;
        this.labels = device.size;
        this.branch = new int[labels];
        this.away = new int[labels];
        this.parent = new int[labels];
        this.queue = new int[labels];
        this.places = new int[labels];
        this.hops = new short[labels][];
        this.measured = new int[labels];
        this.girth = girth(device);
    }

    /** Length of the device's shortest cycle. */
    private static int girth(Topology device) {
        int[] hops = new int[device.size];
        int[] from = new int[device.size];
        int[] queue = new int[device.size];
        int girth = Integer.MAX_VALUE;
        for (int root = 0; root < device.size; root++) {
            Arrays.fill(hops, NONE);
            hops[root] = 0;
            from[root] = NONE;
            queue[0] = root;
            int tail = 1;
            for (int head = 0; head < tail && 2 * hops[queue[head]] + 1 < girth; head++) {
                int p = queue[head];
                for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                    int r = device.neighbour[i];
                    if (hops[r] == NONE) {
                        hops[r] = hops[p] + 1;
                        from[r] = p;
                        queue[tail++] = r;
                    } else if (r != from[p]) {
                        girth = Math.min(girth, hops[p] + hops[r] + 1);
                    }
                }
            }
        }
        return girth;
    }

    /** Whether a place is too far off for the ear to end where it must. */
    boolean late(PartialLayout partial, int p) {
        return goal != NONE && hops(partial, partial.place[goal])[p] > remaining;
    }

    /** From a place to all others through free places. */
    private short[] hops(PartialLayout partial, int from) {
        if (hops[from] == null) {
            hops[from] = new short[labels];
        }
        short[] row = hops[from];
        if (measured[from] == generation) {
            return row;
        }
        measured[from] = generation;
        Arrays.fill(row, Topology.UNREACHABLE);
        row[from] = 0;
        places[0] = from;
        int tail = 1;
        for (int head = 0; head < tail; head++) {
            int p = places[head];
            for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                int other = device.neighbour[i];
                if (row[other] == Topology.UNREACHABLE) {
                    row[other] = (short) (row[p] + 1);
                    if (partial.occupant[other] == NONE) {
                        places[tail++] = other;
                    }
                }
            }
        }
        work += tail;
        return row;
    }

    /** Finds the shortest ear, or what hangs on the placed, or the first of those that hang on nothing. */
    boolean next(PartialLayout partial, int root) {
        Arrays.fill(branch, NONE);
        generation++;
        int tail = 0;
        for (int q = 0; q < labels; q++) {
            if (partial.place[q] == NONE) {
                for (int other : pairs.partner[q]) {
                    if (partial.place[other] != NONE && branch[q] == NONE && !partial.given(q, other)) {
                        branch[q] = q;
                        away[q] = 1;
                        parent[q] = other;
                        queue[tail++] = q;
                    }
                }
            }
        }
        work += labels / 2 + tail;
        if (tail == 0) {
            label = alone(partial, root);
            anchor = NONE;
            goal = NONE;
            return label != NONE;
        }
        int best = Integer.MAX_VALUE;
        label = queue[0];
        goal = NONE;
        int open = NONE;
        for (int i = 0; i < tail; i++) {
            // Without ears: what leaves most open.
            int degree = pairs.partner[queue[i]].length;
            if (degree > open) {
                open = degree;
                label = queue[i];
            }
        }
        anchor = parent[label];
        for (int head = 0; head < tail && 2 * away[queue[head]] < best; head++) {
            int q = queue[head];
            for (int other : pairs.partner[q]) {
                if (other == parent[q] || partial.given(q, other)) {
                    continue;
                }
                if (partial.place[other] != NONE) {
                    best = ear(partial, q, away[q] + 1, other, best);
                } else if (branch[other] == NONE) {
                    branch[other] = branch[q];
                    away[other] = away[q] + 1;
                    parent[other] = q;
                    queue[tail++] = other;
                } else if (branch[other] != branch[q]) {
                    best = ear(partial, q, away[q] + away[other] + 1, parent[branch[other]], best);
                }
            }
            work += 4;
        }
        return true;
    }

    /** Takes an ear when it is the shortest so far; one too short for the places of its ends has a pair that misleads. */
    private int ear(PartialLayout partial, int from, int length, int end, int best) {
        int begin = parent[branch[from]];
        if (length >= best || (begin == end
                ? length < girth
                : hops(partial, partial.place[end])[partial.place[begin]] > length)) {
            return best;
        }
        label = branch[from];
        anchor = begin;
        goal = end;
        remaining = length - 1;
        return length;
    }

    private int alone(PartialLayout partial, int root) {
        if (partial.place[root] == NONE && pairs.about(root)) {
            return root;
        }
        int best = NONE;
        for (int q = 0; q < labels; q++) {
            if (partial.place[q] == NONE && partial.open(pairs, q) > 0
                    && (best == NONE || pairs.partner[q].length > pairs.partner[best].length)) {
                best = q;
            }
        }
        return best;
    }
}
