package dev.assay.litmus;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final VarHandle FIRST = MethodHandles.insertCoordinates(ValueLayout.JAVA_INT.varHandle(), 1, 0L);
    private static final VarHandle SECOND = MethodHandles.insertCoordinates(ValueLayout.JAVA_INT.varHandle(), 1, 4L);
    private static final int BATCH = 1000;
    private static final long HALF = 0xffff_ffffL;

    /** What is stored: everything, or one value into the halves named, one after the other. */
    private enum Stores {
        WHOLE("64-bit stores"), ONE_HALF("32-bit stores into one half"), BOTH_HALVES("32-bit stores into both halves");

        private final String words;

        Stores(String words) {
            this.words = words;
        }

        void store(MemorySegment word, int value) {
            switch (this) {
                case WHOLE -> WORD.setVolatile(word, (long) value);
                case ONE_HALF -> FIRST.setVolatile(word, value);
                case BOTH_HALVES -> {
                    FIRST.setVolatile(word, value);
                    SECOND.setVolatile(word, value);
                }
            }
        }
    }

    private MixedSizes() {}

    static List<Map<String, Object>> observe(Race race) {
        MemorySegment word = Arena.global().allocate(64, 64);
        return java.util.Arrays.stream(Stores.values()).map(stores -> row(stores, word, race)).toList();
    }

    private static Map<String, Object> row(Stores stores, MemorySegment word, Race race) {
        WORD.setVolatile(word, 0L);
        long[] example = new long[1];
        long[] counts = race.run(rest -> {
            for (int i = 0; i < BATCH; i++) {
                stores.store(word, 0);
                rest(rest & 15);
                stores.store(word, -1);
                rest(rest & 15);
            }
        }, seen -> {
            for (int i = 0; i < BATCH; i++) {
                count((long) WORD.getVolatile(word), seen, example);
            }
        });
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("stores", stores.words);
        row.put("loads", counts[Tally.LOADS]);
        row.put("changes", counts[Tally.CHANGES]);
        row.put("halvesDiffer", counts[Tally.FIRST_OWN]);
        row.put("partOfAStore", counts[Tally.SECOND_OWN]);
        if (counts[Tally.FIRST_OWN] > 0) {
            row.put("example", "0x%016x".formatted(example[0]));
        }
        return row;
    }

    /** The first half in memory, which all three stores change, tells which value was met. */
    private static void count(long value, long[] seen, long[] example) {
        boolean little = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
        long first = little ? value & HALF : value >>> Integer.SIZE;
        long second = little ? value >>> Integer.SIZE : value & HALF;
        seen[Tally.LOADS]++;
        seen[Tally.ZEROS] += first == 0 ? 1 : 0;
        seen[Tally.ONES] += first == HALF ? 1 : 0;
        seen[Tally.CHANGES] += value == seen[Tally.LAST] ? 0 : 1;
        seen[Tally.LAST] = value;
        if (first != second) {
            seen[Tally.FIRST_OWN]++;
            example[0] = value;
        }
        boolean whole = (first == 0 || first == HALF) && (second == 0 || second == HALF);
        seen[Tally.SECOND_OWN] += whole ? 0 : 1;
    }

    private static void rest(int turns) {
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }
}
