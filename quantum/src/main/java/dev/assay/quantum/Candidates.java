package dev.assay.quantum;

import java.util.Arrays;

/** The possible next positions of a beam, and the choice of the best different ones among them. */
final class Candidates {
    private int size;
    private int[] parent = new int[1 << 10];
    private int[] swap = new int[1 << 10];
    private int[] cost = new int[1 << 10];
    private long[] hash = new long[1 << 10];
    private long[] key = new long[1 << 10];
    private long[] seen = new long[1 << 11];

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int parent(int index) {
        return parent[index];
    }

    int swap(int index) {
        return swap[index];
    }

    void add(int from, int by, int costs, long hashed) {
        if (size == parent.length) {
            int larger = size * 2;
            parent = Arrays.copyOf(parent, larger);
            swap = Arrays.copyOf(swap, larger);
            cost = Arrays.copyOf(cost, larger);
            hash = Arrays.copyOf(hash, larger);
            key = Arrays.copyOf(key, larger);
        }
        parent[size] = from;
        swap[size] = by;
        cost[size] = costs;
        hash[size] = hashed == 0 ? 1 : hashed;
        size++;
    }

    /**
     * The cheapest different candidates, at most {@code width}, as indices in {@code into}; returns how many. Ties are
     * broken by the hash, which depends on the seed, so that no corner of the device is preferred.
     */
    int select(int width, int[] into) {
        int different = withoutRepetitions();
        int taken = Math.min(width, different);
        if (taken < different) {
            smallest(key, different, taken);
        }
        // In a fixed order, whatever the selection did to it.
        Arrays.sort(key, 0, taken);
        for (int i = 0; i < taken; i++) {
            into[i] = (int) (key[i] & 0xFF_FFFFL);
        }
        return taken;
    }

    /** Keys are cost (32 bits), noise (8), index (24). The first of equal positions stays. */
    private int withoutRepetitions() {
        if (size > 0xFF_FFFF) {
            throw new IllegalStateException("a beam may have at most 16,777,215 candidates, not " + size);
        }
        int slots = Integer.highestOneBit(Math.max(8, size)) * 4;
        if (seen.length < slots) {
            seen = new long[slots];
        } else {
            Arrays.fill(seen, 0, slots, 0);
        }
        int mask = slots - 1;
        int different = 0;
        for (int i = 0; i < size; i++) {
            long h = hash[i];
            int slot = (int) (h >>> 24) & mask;
            while (seen[slot] != 0 && seen[slot] != h) {
                slot = slot + 1 & mask;
            }
            if (seen[slot] == 0) {
                seen[slot] = h;
                key[different++] = (long) cost[i] << 32 | (h & 0xFF) << 24 | i;
            }
        }
        return different;
    }

    /** Hoare's selection: brings the k smallest to the front. */
    private static void smallest(long[] keys, int size, int k) {
        int low = 0;
        int high = size - 1;
        while (low < high) {
            long pivot = keys[low + high >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (keys[i] < pivot) {
                    i++;
                }
                while (keys[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    long held = keys[i];
                    keys[i++] = keys[j];
                    keys[j--] = held;
                }
            }
            if (k - 1 <= j) {
                high = j;
            } else if (k - 1 >= i) {
                low = i;
            } else {
                return;
            }
        }
    }
}
