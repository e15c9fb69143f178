package dev.assay.litmus;

import java.util.Arrays;

/**
 * Which values of a cell come before which in the coherence order, as far as it follows from the threads' executions alone. Only values
 * that at most one write can have take part, so that a value stands for its write.
 *
 * <p>
 * A thread's accesses to a cell agree with the order (SC per location): what it sees or writes earlier comes earlier. Where the model
 * requires atomic updates, nothing of another thread stands between what an update replaces and what it writes.
 */
final class ValueOrder {
    static final int MAXIMUM_VALUES = 64;

    /** By value: the values that come later. */
    private final long[] after;
    /** By value: the value by which an atomic update replaced it, or -1. */
    private final int[] next;

    private ValueOrder(long[] after, int[] next) {
        this.after = after;
        this.next = next;
    }

    /** Nothing is known of so many values. */
    static ValueOrder unknown(int values) {
        int[] none = new int[values];
        Arrays.fill(none, -1);
        return new ValueOrder(new long[values], none);
    }

    void put(int earlier, int later) {
        if (earlier != later) {
            after[earlier] |= 1L << later;
        }
    }

    void replaced(int value, int by) {
        next[value] = by;
        put(value, by);
    }

    /** Whether some value would come before itself, once all that follows is added. */
    boolean contradictsItself() {
        close();
        return isCyclic();
    }

    /**
     * Both together, with all that follows from them, or null when they contradict each other.
     *
     * @param threads the thread that writes each value, -1 for initial ones
     */
    ValueOrder with(ValueOrder other, int[] threads) {
        int n = after.length;
        for (int v = 0; v < n; v++) {
            for (long later = after[v]; later != 0; later &= later - 1) {
                if ((other.after[Long.numberOfTrailingZeros(later)] >>> v & 1) != 0) {
                    return null;
                }
            }
        }
        ValueOrder both = new ValueOrder(after.clone(), next.clone());
        for (int v = 0; v < n; v++) {
            both.after[v] |= other.after[v];
            if (other.next[v] >= 0) {
                both.next[v] = other.next[v];
            }
        }
        do {
            both.close();
            if (both.isCyclic()) {
                return null;
            }
        } while (both.keepUpdatesWhole(threads));
        return both;
    }

    /** The transitive closure, by Warshall's algorithm. */
    private void close() {
        for (int via = 0; via < after.length; via++) {
            for (int v = 0; v < after.length; v++) {
                if ((after[v] >>> via & 1) != 0) {
                    after[v] |= after[via];
                }
            }
        }
    }

    private boolean isCyclic() {
        for (int v = 0; v < after.length; v++) {
            if ((after[v] >>> v & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    /** What comes after a replaced value comes after its replacement; what comes before the replacement, before the value. */
    private boolean keepUpdatesWhole(int[] threads) {
        boolean changed = false;
        for (int old = 0; old < after.length; old++) {
            int fresh = next[old];
            if (fresh < 0) {
                continue;
            }
            for (int v = 0; v < after.length; v++) {
                if (v == old || v == fresh || threads[v] == threads[fresh]) {
                    continue;
                }
                if ((after[old] >>> v & 1) != 0 && (after[fresh] >>> v & 1) == 0) {
                    after[fresh] |= 1L << v;
                    changed = true;
                }
                if ((after[v] >>> fresh & 1) != 0 && (after[v] >>> old & 1) == 0) {
                    after[v] |= 1L << old;
                    changed = true;
                }
            }
        }
        return changed;
    }
}
