package dev.assay.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;

/**
 * Processor time and peak memory as getrusage(2) accounts them, in the layout of Linux on 64-bit machines:
 *
 * <pre>
 *  0  ru_utime  tv_sec, tv_usec
 * 16  ru_stime  tv_sec, tv_usec
 * 32  ru_maxrss (KiB)
 * 64  ru_minflt, 72 ru_majflt, … 128 ru_nvcsw, 136 ru_nivcsw
 * </pre>
 *
 * @param user time in user mode
 * @param system time in the kernel
 * @param peakResidentBytes the largest resident set of any one process counted
 * @param majorFaults page faults that waited for storage
 */
public record Usage(Duration user, Duration system, long peakResidentBytes, long majorFaults) {
    private static final Libc.Function GETRUSAGE = Libc.intFunction("getrusage", 2);
    private static final long SELF = 0;
    private static final long CHILDREN = -1;
    private static final long BYTES = 144;

    /** All of this process so far; empty where the C library has no getrusage (Windows). */
    public static Optional<Usage> ofThisProcess() {
        return of(SELF);
    }

    /** All children that have ended and were waited for, with theirs; empty as above. */
    public static Optional<Usage> ofEndedChildren() {
        return of(CHILDREN);
    }

    public Duration processor() {
        return user.plus(system);
    }

    private static Optional<Usage> of(long who) {
        if (!GETRUSAGE.available()) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment usage = space(arena);
            Libc.Result result = GETRUSAGE.call(who, usage);
            return result.failed() ? Optional.empty() : Optional.of(read(usage));
        }
    }

    /** Room for a struct rusage. */
    static MemorySegment space(Arena arena) {
        return arena.allocate(BYTES, Long.BYTES);
    }

    static Usage read(MemorySegment usage) {
        return new Usage(time(usage, 0), time(usage, 16), usage.get(ValueLayout.JAVA_LONG, 32) * 1024,
                usage.get(ValueLayout.JAVA_LONG, 72));
    }

    private static Duration time(MemorySegment usage, long offset) {
        return Duration.ofSeconds(usage.get(ValueLayout.JAVA_LONG, offset))
                .plusNanos(1000 * usage.get(ValueLayout.JAVA_LONG, offset + 8));
    }
}
