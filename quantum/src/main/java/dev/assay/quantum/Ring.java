package dev.assay.quantum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A bounded queue of longs between one writer and one reader, without locks or allocation. The two counters lie a cache
 * line apart on either side, as elements of one array:
 *
 * <pre>
 *   index: 0..15 padding | 16 written | 17..31 padding | 32 read | 33..47 padding
 * </pre>
 */
final class Ring {
    private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int WRITTEN = 16;
    private static final int READ = 32;
    /** Nothing to be read; entries are never this. */
    static final long EMPTY = -1;

    private final long[] counters = new long[48];
    private final long[] entries;
    private final int mask;

    /** @param capacity a power of two */
    Ring(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("a ring's capacity is a power of two, not " + capacity);
        }
        entries = new long[capacity];
        mask = capacity - 1;
    }

    boolean offer(long entry) {
        long written = counters[WRITTEN];
        if (written - (long) COUNTER.getAcquire(counters, READ) == entries.length) {
            return false;
        }
        entries[(int) written & mask] = entry;
        COUNTER.setRelease(counters, WRITTEN, written + 1);
        return true;
    }

    long poll() {
        long read = counters[READ];
        if (read == (long) COUNTER.getAcquire(counters, WRITTEN)) {
            return EMPTY;
        }
        long entry = entries[(int) read & mask];
        COUNTER.setRelease(counters, READ, read + 1);
        return entry;
    }
}
