package dev.assay.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;

/**
 * The processors on which the calling thread may run (sched_setaffinity(2)).
 *
 * <p>
 * A mask is read and written as an array of words as the kernel has it, for up to {@value #MOST_PROCESSORS}
 * processors.
 */
public final class Affinity {
    static final int MOST_PROCESSORS = 1024;
    private static final Libc.Function GET = Libc.intFunction("sched_getaffinity", 3);
    private static final Libc.Function SET = Libc.intFunction("sched_setaffinity", 3);
    private static final long BYTES = MOST_PROCESSORS / 8;
    /** The calling thread, in the words of sched_setaffinity(2). */
    private static final long SELF = 0;

    private Affinity() {}

    /** Whether this system can pin threads at all (Linux). */
    public static boolean supported() {
        return SET.available() && GET.available();
    }

    /** The processors that the calling thread may use. */
    public static BitSet current() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(BYTES, Long.BYTES);
            Libc.Result result = GET.call(SELF, BYTES, mask);
            if (result.failed()) {
                throw new MachineException("the affinity of this thread cannot be read: "
                        + Libc.describe(result.errno()));
            }
            return BitSet.valueOf(mask.toArray(ValueLayout.JAVA_LONG));
        }
    }

    /**
     * Pins the calling thread. Threads that it starts inherit the mask.
     *
     * @throws MachineException when none of the processors exists or the cgroup forbids them all
     */
    public static void pin(BitSet processors) {
        if (processors.isEmpty() || processors.length() > MOST_PROCESSORS) {
            throw new MachineException("a thread is pinned to 1 to " + MOST_PROCESSORS + " processors, not to "
                    + processors);
        }
        Libc.Result result = set(SELF, processors);
        if (result.failed()) {
            throw new MachineException("pinning to processors " + processors + " was refused: "
                    + Libc.describe(result.errno()) + "; allowed are " + current());
        }
    }

    /** As the kernel answers, for the thread with this id; 0 is the calling one. */
    static Libc.Result set(long thread, BitSet processors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(BYTES, Long.BYTES);
            long[] words = processors.toLongArray();
            MemorySegment.copy(words, 0, mask, ValueLayout.JAVA_LONG, 0, words.length);
            return SET.call(thread, BYTES, mask);
        }
    }

    /** Pins the calling thread to one processor. */
    public static void pin(int processor) {
        BitSet one = new BitSet();
        one.set(processor);
        pin(one);
    }
}
