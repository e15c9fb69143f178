package dev.assay.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Events counted by the kernel and the processor for a thread or a process (perf_event_open(2)).
 *
 * <p>
 * Each event is opened by itself, so those that the machine lacks (hardware events in most virtual machines) are
 * answered with the reason and the others count all the same. When there are more events than the processor has
 * counters the kernel takes turns; {@link Count#scaled} extrapolates then. One read is one system call per event and
 * thread, about 0.3 µs.
 *
 * <pre>
 * struct perf_event_attr, the first version (64 bytes):
 *  0 type   4 size   8 config   16 period   24 sample_type   32 read_format   40 flags   48 wakeup   52 bp   56 config1
 * </pre>
 */
public final class Counters implements AutoCloseable {
    private static final Libc.Function READ = Libc.function("read", 3);
    private static final Libc.Function CLOSE = Libc.intFunction("close", 1);
    private static final Libc.Function IOCTL = Libc.intFunction("ioctl", 3);
    private static final int ATTRIBUTE_BYTES = 64;
    private static final long TIMES = 1 | 2; // PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING
    private static final long CLOSE_ON_EXEC = 8; // PERF_FLAG_FD_CLOEXEC
    private static final long ENABLE = 0x2400;
    private static final long DISABLE = 0x2401;
    private static final long RESET = 0x2403;
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int EINVAL = 22;
    private static final int ENOSYS = 38;
    private static final int EOPNOTSUPP = 95;

    /** What can be counted; type and config as in include/uapi/linux/perf_event.h. */
    public enum Event {
        /** Nanoseconds on a processor. */
        TASK_CLOCK(1, 1), CONTEXT_SWITCHES(1, 3), CPU_MIGRATIONS(1, 4), PAGE_FAULTS(1, 2), MINOR_FAULTS(1,
                5),
        MAJOR_FAULTS(1, 6), CYCLES(0, 0), INSTRUCTIONS(0, 1), CACHE_REFERENCES(0, 2), CACHE_MISSES(0,
                3),
        BRANCHES(0, 4), BRANCH_MISSES(0, 5), REFERENCE_CYCLES(0, 9),
        /** Cache events: cache | operation << 8 | result << 16; here reads that missed. */
        L1D_READ_MISSES(3, 0x10000), LAST_LEVEL_READ_MISSES(3, 0x10002), DTLB_READ_MISSES(3, 0x10003);

        private final int type;
        private final long config;

        Event(int type, long config) {
            this.type = type;
            this.config = config;
        }

        /** Counted by the kernel itself, so that every Linux has it. */
        public boolean software() {
            return type == 1;
        }

        /** The name as perf has it: {@code context-switches}. */
        public String title() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One count.
     *
     * @param enabledNanos how long it was wanted, {@code runningNanos} how long it was counted
     * @param kernel whether what the kernel did for the program is within it
     */
    public record Count(long value, long enabledNanos, long runningNanos, boolean kernel) {
        /** Extrapolated to the whole time; the value itself when it was counted all along. */
        public double scaled() {
            return runningNanos == 0 || runningNanos == enabledNanos
                    ? value
                    : (double) value * enabledNanos / runningNanos;
        }
    }

    private record Opened(List<Long> descriptors, boolean kernel) {}

    private final Map<Event, Reading<Opened>> opened = new EnumMap<>(Event.class);

    private Counters() {}

    /** Counts for the calling thread and for those that it starts from now on. Stopped until {@link #start}. */
    public static Counters ofThread(Event... events) {
        return open(List.of(0L), events);
    }

    /** Counts for all threads that a process has now and for those that they start. Stopped until {@link #start}. */
    public static Counters ofProcess(long pid, Event... events) {
        List<Long> threads = Root.live().names("/proc/" + pid + "/task").stream().map(Parse::number).toList();
        return open(threads.isEmpty() ? List.of(pid) : threads, events);
    }

    /** Whether each event can be counted here for the calling thread; opens and closes it. */
    public static Map<Event, Reading<Boolean>> support() {
        Map<Event, Reading<Boolean>> support = new EnumMap<>(Event.class);
        try (Counters counters = ofThread(Event.values())) {
            counters.opened.forEach((event, reading) -> support.put(event, reading.map(_ -> true)));
        }
        return support;
    }

    private static Counters open(List<Long> threads, Event... events) {
        Counters counters = new Counters();
        Reading<Long> number = SystemCall.PERF_EVENT_OPEN.number();
        for (Event event : events) {
            counters.opened.put(event, number.flatMap(call -> open(call, event, threads)));
        }
        return counters;
    }

    private static Reading<Opened> open(long call, Event event, List<Long> threads) {
        Reading<Opened> all = open(call, event, threads, true);
        // perf_event_paranoid 2 lets an ordinary user count what it does itself, but not the kernel for it.
        return all.isKnown() ? all : open(call, event, threads, false).or(() -> all);
    }

    private static Reading<Opened> open(long call, Event event, List<Long> threads, boolean kernel) {
        List<Long> descriptors = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(ATTRIBUTE_BYTES, 8);
            attribute.set(ValueLayout.JAVA_INT, 0, event.type);
            attribute.set(ValueLayout.JAVA_INT, 4, ATTRIBUTE_BYTES);
            attribute.set(ValueLayout.JAVA_LONG, 8, event.config);
            attribute.set(ValueLayout.JAVA_LONG, 32, TIMES);
            long flags = flag(0) | flag(1) | (kernel ? 0 : flag(5) | flag(6)); // disabled, inherit, exclude_kernel, _hv
            attribute.set(ValueLayout.JAVA_LONG, 40, flags);
            for (long thread : threads) {
                Libc.Result result = SystemCall.call(call, attribute.address(), thread, -1, -1, CLOSE_ON_EXEC);
                if (!result.failed()) {
                    descriptors.add(result.value());
                } else if (result.errno() != 3 || threads.size() == 1) { // ESRCH: that thread has ended meanwhile
                    descriptors.forEach(CLOSE::call);
                    return refused(event, result.errno());
                }
            }
        }
        return descriptors.isEmpty()
                ? Reading.unsupported("the process has no thread any more")
                : Reading.known(new Opened(descriptors, kernel), "perf_event_open");
    }

    /** Bit fields are filled from the other end on big-endian machines. */
    private static long flag(int bit) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1L << bit : 1L << 63 - bit;
    }

    private static <T> Reading<T> refused(Event event, int errno) {
        String says = event.title() + ": " + Libc.describe(errno);
        return switch (errno) {
            case ENOENT, EOPNOTSUPP, EINVAL -> Reading.unsupported(says + (event.software()
                    ? ""
                    : "; the processor or the hypervisor gives this event to no one here (no virtual PMU)"));
            case EACCES, EPERM -> Reading.unreadable(says + "; allow it with sysctl kernel.perf_event_paranoid=1, or "
                    + "CAP_PERFMON; a container's seccomp profile may forbid it too");
            case ENOSYS -> Reading.unsupported(says + "; the kernel is built without CONFIG_PERF_EVENTS");
            default -> Reading.unreadable(says);
        };
    }

    /** Sets all counts to zero and counts from now. */
    public void start() {
        control(RESET);
        control(ENABLE);
    }

    public void stop() {
        control(DISABLE);
    }

    private void control(long request) {
        opened.values().forEach(reading -> reading.optional()
                .ifPresent(events -> events.descriptors.forEach(fd -> IOCTL.call(fd, request, 0))));
    }

    /** The counts so far, each event that was asked for with its count or the reason why there is none. */
    public Map<Event, Reading<Count>> read() {
        Map<Event, Reading<Count>> counts = new EnumMap<>(Event.class);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment words = arena.allocate(24, 8);
            opened.forEach((event, reading) -> counts.put(event, reading.flatMap(events -> {
                long value = 0;
                long enabled = 0;
                long running = 0;
                for (long descriptor : events.descriptors) {
                    if (READ.call(descriptor, words, 24).value() != 24) {
                        return Reading.unreadable(event.title() + " gave no count; the thread may have ended");
                    }
                    value += words.get(ValueLayout.JAVA_LONG, 0);
                    enabled += words.get(ValueLayout.JAVA_LONG, 8);
                    running += words.get(ValueLayout.JAVA_LONG, 16);
                }
                return Reading.known(new Count(value, enabled, running, events.kernel), "perf_event_open");
            })));
        }
        return counts;
    }

    @Override
    public void close() {
        opened.values().forEach(reading -> reading.optional()
                .ifPresent(events -> events.descriptors.forEach(CLOSE::call)));
        opened.clear();
    }
}
