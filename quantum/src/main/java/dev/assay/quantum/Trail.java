package dev.assay.quantum;

import java.util.Arrays;

/**
 * Who came from whom, by which swap: the family tree of a beam. Beams soon descend from few ancestors, so dead branches
 * are removed when the tree has grown large, and memory stays small however long the search.
 */
final class Trail {
    private static final int NONE = -1;
    private int[] parent = new int[1 << 12];
    private int[] swap = new int[1 << 12];
    private int size;
    private int limit = 1 << 20;

    void clear() {
        size = 0;
    }

    int add(int from, int by) {
        if (size == parent.length) {
            parent = Arrays.copyOf(parent, size * 2);
            swap = Arrays.copyOf(swap, size * 2);
        }
        parent[size] = from;
        swap[size] = by;
        return size++;
    }

    int root(int start) {
        return add(NONE, start);
    }

    /** Removes what none of the living descends from, when it is time; renumbers the living. */
    void prune(int[] living, int count) {
        if (size < limit) {
            return;
        }
        int[] number = new int[size];
        for (int i = 0; i < count; i++) {
            for (int at = living[i]; at != NONE && number[at] == 0; at = parent[at]) {
                number[at] = 1;
            }
        }
        int kept = 0;
        for (int at = 0; at < size; at++) {
            if (number[at] != 0) {
                number[at] = kept;
                // Parents come before children, so they are renumbered already.
                parent[kept] = parent[at] == NONE ? NONE : number[parent[at]];
                swap[kept++] = swap[at];
            }
        }
        for (int i = 0; i < count; i++) {
            living[i] = number[living[i]];
        }
        size = kept;
        limit = Math.max(1 << 20, kept * 2);
    }

    /** The swaps that led here, first one first; entry 0 is what the root was given. */
    int[] history(int at) {
        int length = 0;
        for (int i = at; i != NONE; i = parent[i]) {
            length++;
        }
        int[] swaps = new int[length];
        for (int i = at; i != NONE; i = parent[i]) {
            swaps[--length] = swap[i];
        }
        return swaps;
    }
}
