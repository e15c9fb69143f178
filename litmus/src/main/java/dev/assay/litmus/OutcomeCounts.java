package dev.assay.litmus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each outcome was seen. An outcome is a list of numbers; outcomes of small numbers, which are nearly all, are counted in an
 * array whose index is made of their low bits, the others in a map.
 */
final class OutcomeCounts {
    private static final int INDEX_BITS = 16;
    private static final int MAXIMUM_BITS = 4;

    private final int width;
    private final int bits;
    private final long[] small;
    private final Map<List<Long>, Long> large = new HashMap<>();

    /** @param width how many numbers an outcome has */
    OutcomeCounts(int width) {
        this.width = width;
        this.bits = width == 0 ? MAXIMUM_BITS : Math.min(MAXIMUM_BITS, INDEX_BITS / width);
        this.small = new long[1 << Math.min(INDEX_BITS, bits * width)];
    }

    /** How many low bits of each number make the index; 0 when there are too many numbers. */
    int bits() {
        return bits;
    }

    /** Counts outcomes by index: the numbers' low bits, the first number's highest. */
    long[] small() {
        return small;
    }

    void add(List<Long> outcome, long count) {
        large.merge(outcome, count, Long::sum);
    }

    void add(OutcomeCounts other) {
        for (int i = 0; i < small.length; i++) {
            small[i] += other.small[i];
        }
        other.large.forEach(this::add);
    }

    void clear() {
        java.util.Arrays.fill(small, 0);
        large.clear();
    }

    /** All outcomes and their counts. */
    Map<List<Long>, Long> all() {
        Map<List<Long>, Long> all = new HashMap<>(large);
        for (int index = 0; index < small.length; index++) {
            if (small[index] > 0) {
                List<Long> outcome = new ArrayList<>();
                for (int i = width - 1; i >= 0; i--) {
                    outcome.add((long) index >>> bits * i & (1L << bits) - 1);
                }
                all.merge(outcome, small[index], Long::sum);
            }
        }
        return all;
    }
}
