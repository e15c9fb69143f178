package dev.assay.experiments;

import dev.assay.lab.Bench;
import dev.assay.lab.Card;
import dev.assay.lab.Expectation;
import dev.assay.lab.Experiment;
import dev.assay.lab.Point;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.InstructionSet;
import dev.assay.machine.Machine;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What does it cost to add to a number that other threads add to as well?
 *
 * <p>
 * One instruction can do it, or a loop around compare-and-set that tries until nobody came between, or a lock, or a
 * number split into cells that are summed when somebody asks.
 */
public final class AtomicsRmw implements Experiment {
    @Override
    public Card card() {
        return Card.of("atomics.rmw").asks("What does it cost to add to a number that threads share?")
                .because("Counters, sequence numbers and reference counts sit in every hot path. Which form is"
                        + " cheapest turns around between one thread and many, and between processors with and"
                        + " without single-instruction atomics.")
                .varies("the form of the addition; on AArch64 also whether the JIT may use single instructions (LSE)")
                .holds("threads on processors of their own, adding 1 as fast as they can; time per addition as each"
                        + " thread sees it; numbers apart lie at least two lines apart")
                .headline(at(1, false)).comparedAt(at(2, false), at(2, true)).lasting(Duration.ofMillis(600))
                .with(Jmh.OPTIONS);
    }

    private static Point at(int threads, boolean separate) {
        return Point.of("threads", threads, "separate", separate ? 1 : 0);
    }

    @Override
    public List<Variant> variants(Machine machine) {
        int stride = 2 * Math.max(64, machine.caches().lineBytes());
        List<Variant> variants = new ArrayList<>();
        variants.add(variant("getAndAdd", "getAndAdd", stride));
        variants.add(variant("CAS loop", "compareAndSet", stride));
        variants.add(variant("LongAdder", "adder", stride));
        // Without this option the compiler makes one locked region of several turns of the loop.
        variants.add(variant("synchronized", "locked", stride, "-XX:-EliminateLocks"));
        if (machine.architecture().process() == InstructionSet.AARCH64) {
            variants.add(variant("getAndAdd without LSE", "getAndAdd", stride, "-XX:-UseLSE"));
        }
        return variants;
    }

    private static Variant variant(String name, String form, int stride, String... options) {
        return Variant.of(name, Map.of("form", form, "strideBytes", stride), options);
    }

    @Override
    public List<Expectation> expectations(Machine machine) {
        return List.of(Expectation.of(switch (machine.architecture().process()) {
            case X86_64, X86 -> "getAndAdd is one instruction, lock xadd; the loop repeats lock cmpxchg.";
            case AARCH64 -> "With LSE getAndAdd is one ldaddal and compareAndSet one casal; without, both are loops of"
                    + " ldaxr and stlxr.";
            case RISCV64 -> "getAndAdd is one amoadd; compareAndSet is a loop of lr and sc.";
            case S390X, PPC64LE, PPC64, LOONGARCH64, ARM, OTHER ->
                "What getAndAdd compiles to on this architecture is not written down here.";
        }), Expectation.of("One thread keeps the line. Several threads on one line wait for it in turn; on separate"
                + " lines each should take what one alone takes."));
    }

    @Override
    public Workload workload() {
        return bench -> {
            String form = bench.parameter("form");
            List<Integer> counts = counts(bench.processors().size());
            double share = 1.0 / (2 * counts.size() - 1);
            for (int threads : counts) {
                measure(bench, form, threads, false, share);
                if (threads > 1) {
                    measure(bench, form, threads, true, share);
                }
            }
        };
    }

    /** One, two and all processors. */
    private static List<Integer> counts(int processors) {
        return List.of(1, 2, processors).stream().filter(n -> n <= Math.max(1, processors)).distinct().sorted()
                .toList();
    }

    private static void measure(Bench bench, String form, int threads, boolean separate, double share) {
        long additions = Jmh.of(bench, Numbers.class)
                .with(Map.of("separate", String.valueOf(separate), "strideBytes", bench.parameter("strideBytes")))
                .measure(at(threads, separate), form, threads, share);
        bench.check("the sum is exact at " + at(threads, separate), Numbers.last.sum() == additions && additions > 0);
    }

    /** The numbers that are added to: one for all threads, or one for each, far apart. */
    @State(Scope.Benchmark)
    public static class Numbers {
        private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
        /** What begins and ends a batch takes 100 ns: a twentieth of 1000 additions, a hundredth of these. */
        private static final int BATCH = 5000;
        static volatile Numbers last;

        @Param("false")
        boolean separate;
        @Param("128")
        int strideBytes;
        long[] longs;
        LongAdder[] adders;
        Object[] locks;

        @Setup
        public void allocate(ThreadParams thread) {
            int count = thread.getThreadCount() + 2; // the first and the last keep what lies around them away
            longs = new long[count * strideBytes / Long.BYTES];
            adders = new LongAdder[count];
            locks = new Object[count * strideBytes / Long.BYTES];
            for (int i = 0; i < count; i++) {
                adders[i] = new LongAdder();
            }
            for (int i = 0; i < locks.length; i++) {
                locks[i] = new Object(); // eight bytes at least, so those a stride apart in the array are lines apart
            }
            last = this;
        }

        long sum() {
            long sum = 0;
            for (long number : longs) {
                sum += number;
            }
            for (LongAdder adder : adders) {
                sum += adder.sum();
            }
            return sum;
        }

        // A loop in each method: what the loop needs stays in registers. Around a single addition JMH's own loop would load
        // its stop flag and this object's fields, and a load after an atomic instruction waits for it.

        @Benchmark
        @OperationsPerInvocation(BATCH)
        public long getAndAdd(Adder adder) {
            long[] numbers = longs;
            int index = adder.index;
            long used = 0; // an unused result would let the compiler choose an instruction that fetches none
            for (int i = 0; i < BATCH; i++) {
                used += (long) LONGS.getAndAdd(numbers, index, 1L);
            }
            return used;
        }

        @Benchmark
        @OperationsPerInvocation(BATCH)
        public long compareAndSet(Adder adder) {
            long[] numbers = longs;
            int index = adder.index;
            long used = 0;
            for (int i = 0; i < BATCH; i++) {
                long seen;
                do {
                    seen = (long) LONGS.getVolatile(numbers, index);
                } while (!LONGS.compareAndSet(numbers, index, seen, seen + 1));
                used += seen;
            }
            return used;
        }

        @Benchmark
        @OperationsPerInvocation(BATCH)
        public void adder(Adder adder) {
            LongAdder mine = adders[adder.slot];
            for (int i = 0; i < BATCH; i++) {
                mine.increment();
            }
        }

        @Benchmark
        @OperationsPerInvocation(BATCH)
        public long locked(Adder adder) {
            long[] numbers = longs;
            int index = adder.index;
            Object lock = locks[index];
            long used = 0;
            for (int i = 0; i < BATCH; i++) {
                synchronized (lock) {
                    used += numbers[index]++;
                }
            }
            return used;
        }
    }

    /** A thread: which number it adds to. It counts nothing: one more store would wait in front of the atomic one. */
    @State(Scope.Thread)
    public static class Adder extends Pinned {
        int slot;
        int index;

        @Setup
        public void choose(Numbers numbers, ThreadParams thread) {
            slot = 1 + (numbers.separate ? thread.getThreadIndex() : 0);
            index = slot * numbers.strideBytes / Long.BYTES;
        }
    }
}
