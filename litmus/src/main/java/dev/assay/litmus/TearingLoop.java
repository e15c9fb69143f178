package dev.assay.litmus;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * Stores all zeros and all ones in turn, and checks that loads see nothing else.
 *
 * <p>
 * Loaded as a hidden class anew for each kind of access, so that the accesses are constants to the compiler: what is measured is the
 * access, as compiled code makes it.
 */
final class TearingLoop {
    /** {@code (long offset) -> long}. */
    private static final MethodHandle GET;
    /** {@code (long offset, long value) -> void}. */
    private static final MethodHandle SET;

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

    static void write(long offset, int times) throws Throwable {
        for (int i = 0; i < times; i++) {
            // Without the fences a compiler may leave out a plain store that the next one overwrites.
            SET.invokeExact(offset, 0L);
            VarHandle.storeStoreFence();
            SET.invokeExact(offset, -1L);
            VarHandle.storeStoreFence();
        }
    }

    /**
     * How many of {@code times} loads held neither all zeros nor all ones in their low bits, and, in the upper 32 bits of the answer, how
     * many held all zeros.
     */
    static long read(long offset, int times, long mask) throws Throwable {
        long torn = 0;
        long zeros = 0;
        for (int i = 0; i < times; i++) {
            long value = (long) GET.invokeExact(offset) & mask;
            if (value != 0 && value != mask) {
                torn++;
            }
            zeros += value == 0 ? 1 : 0;
            // Keeps plain loads inside the loop; it is no instruction on x86 and orders nothing inside one access.
            VarHandle.acquireFence();
        }
        return zeros << 32 | torn;
    }
}
