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
import dev.assay.machine.Reading;
import dev.assay.statistics.Sample;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
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
                .holds("one thread; the calls are made in a loop of machine code (critical downcalls where there is none for"
                        + " the machine), so that what remains is the call's own time")
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
            Calls.call = call;
            Jmh.of(bench, Calls.class).measure(Point.NONE, "batch", 1, 1);
            bench.figure("machineCode", Calls.inCode() ? 1 : 0);
            if (call.equals("futex")) {
                bench.figure("sharedBucketNanos", Calls.sharedBucketNanos);
            }
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

    /**
     * The call in a loop, each result summed. The loop is machine code where there is some for this machine: a return that
     * follows a system call may be predicted wrongly (mitigations empty the return predictor), and a downcall from Java
     * has one more of them than a call from C. What a downcall costs by itself is the question of runtime.ffi.
     */
    @State(Scope.Thread)
    public static class Calls extends Pinned {
        /** In a loop of their own, so that JMH's loop costs nothing beside a call of 20 ns. */
        private static final int BATCH = 1000;

        /**
         * long calls(void *function, long a, long b, long c, long d, long n): calls {@code int function(a, b, c, d)} n times
         * and returns the sum of its results. Arguments and sum are kept in registers that calls preserve.
         */
        private static final MachineCode CALLS = new MachineCode(
                "534154415541564157554883ec084889fb4989f44989d54989ce4d89c74c890c2431ed662e0f1f8400000000000f1f00"
                        + "4c89e74c89ee4c89f24c89f931c0ffd348984801c548ff0c2475e5" // the loop
                        + "4889e84883c4085d415f415e415d415c5bc3",
                "fd7bbba9f35301a9f55b02a9f76303a9f92300f9f30300aaf40301aaf50302aaf60303aaf70304aaf80305aaf9031faa"
                        + "e00314aae10315aae20316aae30317aa60023fd639c3208b180700f121ffff54" // the loop
                        + "e00319aaf92340f9f76343a9f55b42a9f35341a9fd7bc5a8c0035fd6");
        private static final Reading<MethodHandle> LOOP = CALLS.bind(FunctionDescriptor.of(ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        private static final boolean IN_CODE = LOOP.isKnown();
        private static final MethodHandle CODE = IN_CODE ? LOOP.orElseThrow() : null;
        private static final MethodHandle DOWNCALL = downcall();

        private static final long CLOCK_MONOTONIC = 1;
        private static final long WAKE_PRIVATE = 1 | 128; // FUTEX_WAKE | FUTEX_PRIVATE_FLAG, linux/futex.h

        static volatile String call;
        static volatile boolean right;
        static volatile long expectedEach;
        /** A wake of the word that took longest: where it is a good deal more than the result, a bucket was shared. */
        static volatile double sharedBucketNanos;

        /**
         * The kernel keeps the futexes of a process in 16 buckets or so, and a wake looks no further where nobody sleeps in
         * the word's bucket. The threads of a JVM sleep in many of them, so one word in two costs a lock more, by chance.
         */
        private static final int WORDS = 32;
        private static final int LOOKS = 5;

        private final MemorySegment buffer = Arena.global().allocate(64, 64);
        private MemorySegment function;
        private long a;
        private long b;
        private long c;
        private long d;
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

        /** What the calls go through, for the report of a trial. */
        static boolean inCode() {
            return IN_CODE;
        }

        @SuppressWarnings("restricted")
        private static MethodHandle downcall() {
            return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                    Linker.Option.critical(false));
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
            switch (call) {
                case "getppid" -> calls("getppid", 0, 0, 0, 0);
                case "clock" -> calls("clock_gettime", CLOCK_MONOTONIC, buffer.address(), 0, 0);
                case "read" -> calls("read", open("/dev/zero", 0), buffer.address(), 1, 0);
                case "write" -> calls("write", open("/dev/null", 1), buffer.address(), 1, 0);
                case "futex" -> futex();
                case String other -> throw new IllegalArgumentException("no call is named '" + other + "'");
            }
            calls = 0;
            sum = 0;
        }

        /** Takes the word that is woken in the least time: its bucket is its own. */
        private void futex() throws Throwable {
            MemorySegment words = Arena.global().allocate(WORDS * 64L, 64);
            double[] nanos = new double[WORDS];
            Arrays.fill(nanos, Double.POSITIVE_INFINITY);
            int best = 0;
            for (int look = 0; look < LOOKS * WORDS; look++) {
                int word = look % WORDS;
                calls("syscall", futexNumber(InstructionSet.named(System.getProperty("os.arch"))),
                        words.address() + word * 64L, WAKE_PRIVATE, 1);
                long start = System.nanoTime();
                batch();
                nanos[word] = Math.min(nanos[word], (System.nanoTime() - start) / (double) BATCH);
                best = nanos[word] < nanos[best] ? word : best;
            }
            sharedBucketNanos = Arrays.stream(nanos).max().orElseThrow();
            b = words.address() + best * 64L;
        }

        private void calls(String name, long first, long second, long third, long fourth) {
            function = Linker.nativeLinker().defaultLookup().findOrThrow(name);
            a = first;
            b = second;
            c = third;
            d = fourth;
        }

        @TearDown(Level.Trial)
        public void end() {
            right = calls > 0 && sum == calls * expectedEach;
        }

        @Benchmark
        @OperationsPerInvocation(BATCH)
        public void batch() throws Throwable {
            calls += BATCH;
            if (IN_CODE) {
                sum += (long) CODE.invokeExact(function, a, b, c, d, (long) BATCH);
                return;
            }
            for (int i = 0; i < BATCH; i++) {
                sum += (int) DOWNCALL.invokeExact(function, a, b, c, d);
            }
        }
    }
}
