package dev.assay.experiments;

import dev.assay.lab.Bench;
import dev.assay.lab.Card;
import dev.assay.lab.Expectation;
import dev.assay.lab.Experiment;
import dev.assay.lab.Metric;
import dev.assay.lab.Point;
import dev.assay.lab.Requirement;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.InstructionSet;
import dev.assay.machine.Machine;
import dev.assay.statistics.Sample;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What does it cost to ask the kernel for something?
 *
 * <p>
 * getppid asks for next to nothing, so its time is that of the crossing: entry, mitigations, return. The clock is read
 * without a crossing, through the page that the kernel maps into every process (vDSO). One byte to /dev/null and from
 * /dev/zero adds the path through the file table; waking a futex on which nobody waits adds a hash look-up.
 */
public final class RuntimeSyscalls implements Experiment {
    @Override
    public Card card() {
        return Card.of("runtime.syscalls").asks("What does a system call cost?")
                .because("Every packet, timer and hand-over is one. Mitigations, hypervisors, sandboxes and emulators"
                        + " multiply its price, and nothing in a profile of the program shows it.")
                .varies("the call")
                .holds("one thread, called through critical downcalls, which add neither a thread-state transition nor"
                        + " a copy, so that what remains is the call's own time")
                .measures(new Metric("time per call", "ns", Metric.Better.LOWER)).needs(Requirement.linux())
                .headline(Point.NONE).lasting(Duration.ofMillis(300)).with(Jmh.OPTIONS);
    }

    @Override
    public List<Variant> variants(Machine machine) {
        List<Variant> variants = new ArrayList<>(List.of(Variant.of("getppid", Map.of("call", "getppid")),
                Variant.of("clock_gettime", Map.of("call", "clock")),
                Variant.of("write a byte to /dev/null", Map.of("call", "write")),
                Variant.of("read a byte from /dev/zero", Map.of("call", "read"))));
        if (Calls.futexNumber(machine.architecture().process()) > 0) {
            variants.add(Variant.of("futex wake", Map.of("call", "futex")));
        }
        return variants;
    }

    @Override
    public List<Expectation> expectations(Machine machine) {
        return List.of(
                Expectation.of("clock_gettime stays below a tenth of getppid where the vDSO serves the clock; where"
                        + " it costs more than getppid, the clock source is one that must be read in the kernel or trapped."),
                Expectation.of("Figures of each trial: clockStepNanos, the smallest step of System.nanoTime;"
                        + " nanoTimeNanos, what reading it costs; timerLatenessNanos, by how much a sleep of 100 µs is"
                        + " late (timer slack, 50 µs by default, and the wake-up)."));
    }

    @Override
    public Workload workload() {
        return bench -> {
            Pinned.processors(bench.processors());
            Pinned.thread(0);
            clocks(bench);
            String call = bench.parameter("call");
            Calls.expectedEach = switch (call) {
                case "getppid" -> ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
                case "read", "write" -> 1; // byte
                default -> 0; // success; nobody woken
            };
            Jmh.of(bench, Calls.class).measure(Point.NONE, call, 1, 1);
            bench.check("every call returned what it should", Calls.right);
        };
    }

    private static final int SLEEPS = 25;
    private static final long SLEEP_NANOS = 100_000;

    private static void clocks(Bench bench) {
        long step = Long.MAX_VALUE;
        long first = System.nanoTime();
        long last = first;
        int readings = 20_000;
        for (int i = 0; i < readings; i++) {
            long now = System.nanoTime();
            step = now > last ? Math.min(step, now - last) : step;
            last = now;
        }
        double[] late = new double[SLEEPS];
        for (int i = 0; i < SLEEPS; i++) {
            long start = System.nanoTime();
            LockSupport.parkNanos(SLEEP_NANOS);
            late[i] = System.nanoTime() - start - (double) SLEEP_NANOS;
        }
        Arrays.sort(late);
        bench.figure("clockStepNanos", step);
        bench.figure("nanoTimeNanos", (last - first) / (double) readings);
        bench.figure("timerLatenessNanos", Sample.of(late).median());
        bench.figure("timerWorstLatenessNanos", late[SLEEPS - 1]);
    }

    /** The calls, each counted and its results summed. */
    @State(Scope.Thread)
    public static class Calls extends Pinned {
        /** Calls in a loop of their own, so that JMH's loop costs nothing beside a call of 20 ns. */
        private static final int BATCH = 100;

        static volatile boolean right;
        static volatile long expectedEach;
        private static final MethodHandle GETPPID = find("getppid", ValueLayout.JAVA_INT);
        private static final MethodHandle CLOCK = find("clock_gettime", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS);
        private static final MethodHandle READ = find("read", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
        private static final MethodHandle WRITE = find("write", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
        /** syscall(2) takes as many words as the call needs; all calls pass the first six in registers. */
        private static final MethodHandle SYSCALL = find("syscall", ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
        private static final int CLOCK_MONOTONIC = 1;
        private static final long WAKE_PRIVATE = 1 | 128; // FUTEX_WAKE | FUTEX_PRIVATE_FLAG, linux/futex.h

        private final MemorySegment buffer = Arena.global().allocate(64, 64);
        private final long futex = futexNumber(InstructionSet.named(System.getProperty("os.arch")));
        private int sink;
        private int source;
        private long calls;
        private long sum;

        /** The number of futex(2) in each architecture's table (asm/unistd.h); 0 where it is not written down here. */
        static int futexNumber(InstructionSet set) {
            return switch (set) {
                case X86_64 -> 202;
                case AARCH64, RISCV64, LOONGARCH64 -> 98;
                case S390X -> 238;
                case PPC64LE, PPC64 -> 221;
                case X86, ARM, OTHER -> 0;
            };
        }

        @SuppressWarnings("restricted")
        private static MethodHandle find(String name, MemoryLayout result, MemoryLayout... arguments) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name),
                    FunctionDescriptor.of(result, arguments), Linker.Option.critical(false));
        }

        @SuppressWarnings("restricted")
        private static int open(String path, int flags) throws Throwable {
            Linker linker = Linker.nativeLinker();
            MethodHandle open = linker.downcallHandle(linker.defaultLookup().findOrThrow("open"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
            try (Arena arena = Arena.ofConfined()) {
                return (int) open.invokeExact(arena.allocateFrom(path), flags);
            }
        }

        @Setup
        public void begin(ThreadParams thread) throws Throwable {
            source = open("/dev/zero", 0);
            sink = open("/dev/null", 1);
            calls = 0;
            sum = 0;
        }

        @TearDown(Level.Trial)
        public void end() {
            right = calls > 0 && sum == calls * expectedEach;
        }

        private void count(long results) {
            calls += BATCH;
            sum += results;
        }

        @Benchmark
        @OperationsPerInvocation(BATCH)
        public void getppid() throws Throwable {
            long results = 0;
            for (int i = 0; i < BATCH; i++) {
                results += (int) GETPPID.invokeExact();
            }
            count(results);
        }

        @Benchmark
        @OperationsPerInvocation(BATCH)
        public void clock() throws Throwable {
            long results = 0;
            for (int i = 0; i < BATCH; i++) {
                results += (int) CLOCK.invokeExact(CLOCK_MONOTONIC, buffer);
            }
            count(results);
        }

        @Benchmark
        @OperationsPerInvocation(BATCH)
        public void read() throws Throwable {
            long results = 0;
            for (int i = 0; i < BATCH; i++) {
                results += (long) READ.invokeExact(source, buffer, 1L);
            }
            count(results);
        }

        @Benchmark
        @OperationsPerInvocation(BATCH)
        public void write() throws Throwable {
            long results = 0;
            for (int i = 0; i < BATCH; i++) {
                results += (long) WRITE.invokeExact(sink, buffer, 1L);
            }
            count(results);
        }

        @Benchmark
        @OperationsPerInvocation(BATCH)
        public void futex() throws Throwable {
            long results = 0;
            for (int i = 0; i < BATCH; i++) {
                results += (long) SYSCALL.invokeExact(futex, buffer, WAKE_PRIVATE, 1L);
            }
            count(results);
        }
    }
}
