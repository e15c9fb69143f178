package dev.assay.experiments;

import dev.assay.lab.Bench;
import dev.assay.lab.Card;
import dev.assay.lab.Expectation;
import dev.assay.lab.Experiment;
import dev.assay.lab.Point;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.Machine;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does each strength of ordering cost, asked for with the access or with a fence beside it?
 *
 * <p>
 * Java orders a load or a store by its mode (plain, opaque, acquire and release, volatile) or by a fence: loadLoad and
 * storeStore fit opaque accesses, the acquire and the release fence the modes of that name, the full fence volatile.
 */
public final class AtomicsOrdering implements Experiment {
    @Override
    public Card card() {
        return Card.of("atomics.ordering").asks("What does it cost to order a load or a store?")
                .because("Whoever writes lock-free code chooses an ordering by what it is believed to cost. Most of"
                        + " them cost nothing on x86, and on AArch64 an acquiring load is not a full barrier.")
                .varies("the strength of the ordering; within each, load against store, mode of access against a fence"
                        + " beside a plain access, idle against contended by a thread that writes the same line")
                .holds("one measured thread, one long alone in its lines, one access per turn of JMH's loop")
                .headline(at(1, 0, 0)).comparedAt(at(0, 0, 0), at(1, 1, 0), at(0, 1, 0), at(1, 0, 1), at(0, 0, 1))
                .lasting(Duration.ofMillis(600)).with(Jmh.OPTIONS);
    }

    private static Point at(long store, long fence, long contended) {
        Map<String, Long> at = new LinkedHashMap<>();
        at.put("store", store);
        at.put("fence", fence);
        at.put("contended", contended);
        return new Point(at);
    }

    @Override
    public List<Variant> variants(Machine machine) {
        return List.of(Variant.of("plain", Map.of("mode", "plain")),
                Variant.of("opaque; loadLoad, storeStore", Map.of("mode", "opaque")),
                Variant.of("acquire, release", Map.of("mode", "acquireRelease")),
                Variant.of("volatile; full fence", Map.of("mode", "volatile")));
    }

    @Override
    public List<Expectation> expectations(Machine machine) {
        String compiled = switch (machine.architecture().process()) {
            case X86_64, X86 -> "On x86 loads and stores of every mode are plain mov; only a volatile store and the"
                    + " full fence add an instruction that waits for the store buffer (lock addl on the stack). The"
                    + " other fences bind the compiler alone.";
            case AARCH64 -> "On AArch64 an acquiring load is ldapr or ldar, a releasing store stlr, a volatile store"
                    + " stlr (with dmb ish where the JVM asks for it); loadLoad and the acquire fence are dmb ishld,"
                    + " storeStore dmb ishst, the release and the full fence dmb ish.";
            case RISCV64 -> "On RISC-V an acquiring load is followed by fence r,rw, a releasing store preceded by"
                    + " fence rw,w; the full fence is fence rw,rw.";
            case S390X, PPC64LE, PPC64, LOONGARCH64, ARM, OTHER ->
                "What the modes compile to on this architecture is not written down here.";
        };
        return List.of(Expectation.of(compiled), Expectation.of("Points: store=0 load, 1 store; fence=0 by mode, 1 by"
                + " fence; contended=1 while another processor writes the line."));
    }

    @Override
    public Workload workload() {
        return bench -> {
            String mode = bench.parameter("mode");
            boolean fences = !mode.equals("plain"); // nothing stands beside a plain access
            boolean neighbour = bench.processors().size() > 1;
            double share = 1.0 / ((fences ? 4 : 2) * (neighbour ? 2 : 1));
            Word.writer = neighbour ? bench.processors().get(1) : 0;
            for (int contended = 0; contended <= (neighbour ? 1 : 0); contended++) {
                for (int fence = 0; fence <= (fences ? 1 : 0); fence++) {
                    for (int store = 0; store <= 1; store++) {
                        String method = mode + (store == 1 ? "Store" : "Load") + (fence == 1 ? "Fence" : "");
                        Jmh.of(bench, Word.class).with(Map.of("contended", String.valueOf(contended == 1)))
                                .measure(at(store, fence, contended), method, 1, share);
                        bench.check("the last value stored was there when it ended: " + method, Word.kept);
                    }
                }
            }
        };
    }

    /** One word; JMH keeps whatever else there is off its line. */
    @State(Scope.Benchmark)
    public static class Word extends Pinned {
        private static final VarHandle VALUE;
        static volatile boolean kept;
        static volatile int writer;

        static {
            try {
                VALUE = MethodHandles.lookup().findVarHandle(Word.class, "value", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @Param("false")
        boolean contended;
        long value;
        private static final long STORED = 7;
        private Thread neighbour;
        private volatile boolean done;

        @Setup
        public void begin() {
            done = false;
            value = STORED;
            if (contended) {
                neighbour = Thread.ofPlatform().daemon().start(() -> {
                    processor(writer);
                    while (!done) {
                        VALUE.setOpaque(this, STORED);
                    }
                });
            }
        }

        @TearDown(Level.Trial)
        public void end() throws InterruptedException {
            done = true;
            if (neighbour != null) {
                neighbour.join();
                neighbour = null;
            }
            kept = value == STORED;
        }

        @Benchmark
        public long plainLoad() {
            return value;
        }

        @Benchmark
        public void plainStore() {
            value = STORED;
        }

        @Benchmark
        public long opaqueLoad() {
            return (long) VALUE.getOpaque(this);
        }

        @Benchmark
        public void opaqueStore() {
            VALUE.setOpaque(this, STORED);
        }

        @Benchmark
        public long opaqueLoadFence() {
            long seen = value;
            VarHandle.loadLoadFence();
            return seen;
        }

        @Benchmark
        public void opaqueStoreFence() {
            VarHandle.storeStoreFence();
            value = STORED;
        }

        @Benchmark
        public long acquireReleaseLoad() {
            return (long) VALUE.getAcquire(this);
        }

        @Benchmark
        public void acquireReleaseStore() {
            VALUE.setRelease(this, STORED);
        }

        @Benchmark
        public long acquireReleaseLoadFence() {
            long seen = value;
            VarHandle.acquireFence();
            return seen;
        }

        @Benchmark
        public void acquireReleaseStoreFence() {
            VarHandle.releaseFence();
            value = STORED;
        }

        @Benchmark
        public long volatileLoad() {
            return (long) VALUE.getVolatile(this);
        }

        @Benchmark
        public void volatileStore() {
            VALUE.setVolatile(this, STORED);
        }

        @Benchmark
        public long volatileLoadFence() {
            VarHandle.fullFence();
            return value;
        }

        @Benchmark
        public void volatileStoreFence() {
            value = STORED;
            VarHandle.fullFence();
        }
    }
}
