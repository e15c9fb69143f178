package dev.assay.litmus;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * Stores all zeros and all ones in turn, and counts what loads see of it.
 *
 * <p>
 * Loaded as a hidden class anew for each kind of access, so that the accesses are constants to the compiler: what is measured is the
 * access, as compiled code makes it. Nothing here is decided by a rare branch, since a compiler would leave the branch out and return
 * to the interpreter when it is taken: and the interpreter makes other accesses.
 */
final class TearingLoop {
    /** {@code (long offset) -> long}. */
    private static final MethodHandle GET;
    /** {@code (long offset, long value) -> void}. */
    private static final MethodHandle SET;
    /** A linear congruential generator (Knuth, MMIX); its turns also make the time between two stores. */
    private static final long MULTIPLIER = 6364136223846793005L;
    private static final long INCREMENT = 1442695040888963407L;
    private static final int HIGH_BITS = 40;

    static {
        try {
            List<?> data = MethodHandles.classData(MethodHandles.lookup(), "_", List.class);
            GET = (MethodHandle) data.get(0);
            SET = (MethodHandle) data.get(1);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private TearingLoop() {}

    /**
     * @param rest a mask of how many turns to rest after a store
     * @param seed of the turns
     * @return the next call's seed
     */
    static long write(long offset, int times, int rest, long seed) throws Throwable {
        long x = seed;
        for (int i = 0; i < times; i++) {
            // Without the fences a compiler may leave out a plain store that the next one overwrites.
            SET.invokeExact(offset, 0L);
            VarHandle.storeStoreFence();
            x = x * MULTIPLIER + INCREMENT;
            for (long turns = x >>> HIGH_BITS & rest; turns > 0; turns--) {
                x = x * MULTIPLIER + INCREMENT;
            }
            SET.invokeExact(offset, -1L);
            VarHandle.storeStoreFence();
            x = x * MULTIPLIER + INCREMENT;
            for (long turns = x >>> HIGH_BITS & rest; turns > 0; turns--) {
                x = x * MULTIPLIER + INCREMENT;
            }
        }
        return x;
    }

    /** Loads and counts as {@link Tally} says; {@code mask} are the bits that an access has. */
    static void read(long offset, int times, long mask, long[] counts) throws Throwable {
        long zeros = 0;
        long ones = 0;
        long changes = 0;
        long last = counts[Tally.LAST];
        for (int i = 0; i < times; i++) {
            long value = (long) GET.invokeExact(offset) & mask;
            // Keeps plain loads inside the loop; it is no instruction on x86 and orders nothing inside one access.
            VarHandle.acquireFence();
            zeros += value == 0 ? 1 : 0;
            ones += value == mask ? 1 : 0;
            changes += value == last ? 0 : 1;
            last = value;
        }
        counts[Tally.LOADS] += times;
        counts[Tally.ZEROS] += zeros;
        counts[Tally.ONES] += ones;
        counts[Tally.CHANGES] += changes;
        counts[Tally.LAST] = last;
    }
}
