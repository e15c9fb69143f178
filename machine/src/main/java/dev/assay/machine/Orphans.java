package dev.assay.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Processes that fall to this one because their parent has ended (prctl(2), PR_SET_CHILD_SUBREAPER), and what the kernel
 * accounts for each when it is waited for (wait4(2)).
 *
 * <p>
 * Why so roundabout: the peak of resident memory that the kernel reports for a child includes that of the process that
 * forked it, until it executed its own program. A child of this JVM would never show less than the JVM's own size; the
 * orphan of a small shell shows its own.
 */
public final class Orphans {
    private static final Libc.Function PRCTL = Libc.intFunction("prctl", 5);
    private static final Libc.Function WAIT4 = Libc.intFunction("wait4", 4);
    /** linux/prctl.h */
    private static final long PR_SET_CHILD_SUBREAPER = 36;
    private static final int EINTR = 4;

    private Orphans() {}

    /**
     * A process that has ended.
     *
     * @param exitCode as a shell tells it: 128 + n for signal n
     * @param usage of it and of those of its children that it waited for
     */
    public record Ended(int exitCode, Usage usage) {}

    /** Makes this process the parent of its descendants' orphans, for as long as it lives; false where that is unknown. */
    public static boolean adopt() {
        return PRCTL.available() && WAIT4.available() && System.getProperty("os.name").equals("Linux")
                && !PRCTL.call(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0).failed();
    }

    /**
     * Waits for a child that no {@link Process} stands for; blocks this thread until it ends.
     *
     * @return empty when there is no such child
     */
    public static Optional<Ended> await(long pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment usage = Usage.space(arena);
            Libc.Result result;
            do {
                result = WAIT4.call(pid, status, 0, usage);
            } while (result.failed() && result.errno() == EINTR);
            if (result.failed()) {
                return Optional.empty();
            }
            return Optional.of(new Ended(exitCode(status.get(ValueLayout.JAVA_INT, 0)), Usage.read(usage)));
        }
    }

    /** The lower seven bits are the signal; without one, the next eight are the code (wait(2)). */
    static int exitCode(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? status >> 8 & 0xff : 128 + signal;
    }
}
