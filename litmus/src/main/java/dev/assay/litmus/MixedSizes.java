package dev.assay.litmus;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An aligned 64-bit load against 64-bit stores, and against 32-bit stores into its halves.
 *
 * <p>
 * It was published that "a 64-bit atomic load tears on ARM64". The experiment behind it stores 32 bits into half of a 64-bit word. Read
 * one way, the load held a value that nobody stored; read the other way, it held two whole stores, one in each half, as it must when
 * they come one after the other. A load is torn only when it holds part of one store.
 */
final class MixedSizes {
    private static final VarHandle WORD = MethodHandles.insertCoordinates(ValueLayout.JAVA_LONG.varHandle(), 1, 0L);
    private static final VarHandle LOW = MethodHandles.insertCoordinates(ValueLayout.JAVA_INT.varHandle(), 1, 0L);
    private static final VarHandle HIGH = MethodHandles.insertCoordinates(ValueLayout.JAVA_INT.varHandle(), 1, 4L);
    private static final int BATCH = 2000;
    private static final long HALF = 0xffff_ffffL;

    private MixedSizes() {}

    static Map<String, Object> observe(long nanos) {
        Map<String, Object> rows = new LinkedHashMap<>();
        MemorySegment word = Arena.global().allocate(64, 64);
        rows.put("64-bit stores", row(word, nanos, () -> {
            for (int i = 0; i < BATCH; i++) {
                WORD.setVolatile(word, 0L);
                WORD.setVolatile(word, -1L);
            }
        }));
        rows.put("32-bit stores into one half", row(word, nanos, () -> {
            for (int i = 0; i < BATCH; i++) {
                LOW.setVolatile(word, 0);
                LOW.setVolatile(word, -1);
            }
        }));
        rows.put("32-bit stores into both halves", row(word, nanos, () -> {
            for (int i = 0; i < BATCH; i++) {
                LOW.setVolatile(word, 0);
                HIGH.setVolatile(word, 0);
                LOW.setVolatile(word, -1);
                HIGH.setVolatile(word, -1);
            }
        }));
        return rows;
    }

    private static Map<String, Object> row(MemorySegment word, long nanos, TearingTrial.Work writes) {
        WORD.setVolatile(word, 0L);
        long[] mixed = new long[1];
        long[] seen = TearingTrial.race(nanos, writes, () -> {
            long torn = 0;
            for (int i = 0; i < BATCH; i++) {
                long value = (long) WORD.getVolatile(word);
                long low = value & HALF;
                long high = value >>> 32;
                mixed[0] += low == high ? 0 : 1;
                torn += (low == 0 || low == HALF) && (high == 0 || high == HALF) ? 0 : 1;
            }
            return torn;
        }, BATCH);
        return Map.of("loads", seen[0], "halvesDiffer", mixed[0], "partOfAStore", seen[1]);
    }
}
