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
import dev.assay.machine.Cache;
import dev.assay.machine.Machine;
import dev.assay.statistics.Sample;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * How far apart are two processors, in the time that a line takes to go there and back?
 *
 * <p>
 * One thread writes a number, the other waits for it and answers with the next, each on a processor of its own. Nothing
 * but the line moves between them, so the round trip is twice the way: two writes that each take the line away from the
 * other.
 */
public final class MemoryCores implements Experiment {
    @Override
    public Card card() {
        return Card.of("memory.cores").asks("How long does a line take from one processor to another and back?")
                .because("Every lock, queue and counter that threads share pays this for each hand-over. Pairs"
                        + " within a core, behind one cache, or across sockets differ several times over, and"
                        + " a scheduler that ignores it pays the highest.")
                .varies("whether question and answer share a line, and whether the writer flushes the line to memory"
                        + " at once, so that the reader finds it in no cache")
                .holds("one thread per processor, pinned; busy waiting without pauses; lines aligned and alone")
                .measures(new Metric("round trip", "ns", Metric.Better.LOWER)).needs(Requirement.processors(2))
                .headline(Point.NONE).drawn(Card.Chart.MATRIX).lasting(Duration.ofMillis(400));
    }

    @Override
    public List<Variant> variants(Machine machine) {
        int line = machine.caches().lineBytes();
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.of("one line", Map.of("strideBytes", 0, "lineBytes", line, "flush", false)));
        variants.add(Variant.of("a line each way",
                Map.of("strideBytes", 2 * line, "lineBytes", line, "flush", false)));
        if (MachineCode.available()) {
            variants.add(Variant.of("one line, flushed", Map.of("strideBytes", 0, "lineBytes", line, "flush", true)));
        }
        return variants;
    }

    @Override
    public List<Expectation> expectations(Machine machine) {
        List<Expectation> expectations = new ArrayList<>();
        for (Cache cache : machine.caches().all()) {
            BitSet sharers = cache.sharedBy();
            if (cache.holdsData() && sharers.cardinality() > 1) {
                expectations.add(Expectation.of("Processors " + sharers + " share " + cache.title()
                        + ": a line need not go further between them."));
            }
        }
        if (expectations.isEmpty()) {
            expectations.add(Expectation.of("No cache is known to be shared here: lines go over the interconnect."));
        }
        expectations.add(Expectation.of("One way is half a round trip, as the two ways are alike; it is the figure"
                + " oneWayNanos."));
        return expectations;
    }

    private static final int REPEATS = 5;
    /** Round trips between two looks at the clock: few, so that most batches are not interrupted. */
    private static final int BATCH = 64;
    private static final long LEAST_NANOS_PER_PAIR = 300_000;

    @Override
    public Workload workload() {
        return bench -> {
            List<Integer> processors = bench.processors().stream().sorted().toList();
            Table table = new Table(bench.number("lineBytes"), bench.number("strideBytes"),
                    Boolean.parseBoolean(bench.parameter("flush")));
            int pairs = processors.size() * (processors.size() - 1) / 2;
            long perPair = Math.max(LEAST_NANOS_PER_PAIR, bench.time().toNanos() * 3 / 4 / Math.max(1, pairs));
            measure(table, processors.get(0), processors.get(1), bench.time().toNanos() / 4); // for the compiler
            double[][] ofPairs = new double[pairs][];
            int pair = 0;
            for (int i = 0; i < processors.size(); i++) {
                for (int j = i + 1; j < processors.size(); j++) {
                    double[] nanos = measure(table, processors.get(i), processors.get(j), perPair);
                    bench.record(Point.of("from", processors.get(i), "to", processors.get(j)), nanos);
                    bench.record(Point.of("from", processors.get(j), "to", processors.get(i)), nanos);
                    ofPairs[pair++] = nanos;
                }
            }
            double[] medians = new double[REPEATS];
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                int at = repeat;
                medians[repeat] = Sample.of(Arrays.stream(ofPairs).mapToDouble(nanos -> nanos[at]).toArray()).median();
            }
            bench.record(medians);
            bench.figure("oneWayNanos", Sample.of(medians).median() / 2);
            bench.check("every question was answered once, in order", table.inOrder());
            Pinned.report(bench);
        };
    }

    /** Nanoseconds per round trip, {@value #REPEATS} times. The caller asks from {@code from}. */
    private static double[] measure(Table table, int from, int to, long nanos) throws InterruptedException {
        table.open();
        Thread other = Thread.ofPlatform().start(() -> {
            Pinned.processor(to);
            table.answer();
        });
        Pinned.processor(from);
        table.ask(BATCH);
        double[] times = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long end = System.nanoTime() + nanos / REPEATS;
            List<Double> batches = new ArrayList<>();
            do {
                long start = System.nanoTime();
                table.ask(BATCH);
                batches.add((System.nanoTime() - start) / (double) BATCH);
            } while (System.nanoTime() < end);
            times[i] = Sample.of(batches.stream().mapToDouble(Double::doubleValue).toArray()).median();
        }
        table.dismiss();
        other.join();
        return times;
    }

    /** Where question and answer are put down; alone in its lines. */
    private static final class Table {
        private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();
        private static final long END = -1;

        private final MemorySegment memory;
        private final long question;
        private final long answer;
        private final boolean flush;
        private long asked;
        private long answered;
        private boolean inOrder = true;

        Table(int lineBytes, int strideBytes, boolean flush) {
            this.memory = Arena.global().allocate(8L * lineBytes, 4L * lineBytes);
            this.question = 2L * lineBytes;
            this.answer = question + strideBytes;
            this.flush = flush;
        }

        /**
         * Takes back the last dismissal, before the next one to answer looks: it would leave at once, and the question
         * would never be answered.
         */
        void open() {
            WORD.setRelease(memory, question, 0L);
        }

        /** Questions are odd, answers the even number behind them, for ever ascending. */
        void ask(int rounds) {
            for (int i = 0; i < rounds; i++) {
                long word = asked + 1;
                put(question, word);
                while ((long) WORD.getAcquire(memory, answer) != word + 1) {
                    // Waiting is what is measured; a pause would add its own length.
                }
                asked = word + 1;
            }
        }

        void answer() {
            long last = answered;
            while (true) {
                long word = (long) WORD.getAcquire(memory, question);
                if (word == END) {
                    break;
                }
                if (word > last && (word & 1) == 1) {
                    inOrder &= word == last + 1;
                    last = word + 1;
                    put(answer, last);
                }
            }
            answered = last;
        }

        private void put(long at, long word) {
            WORD.setRelease(memory, at, word);
            if (flush) {
                Flush.line(memory.address() + at);
            }
        }

        void dismiss() {
            WORD.setRelease(memory, question, END);
        }

        boolean inOrder() {
            return inOrder && asked == answered && asked > 0;
        }
    }

    /** Sends a line to memory and waits until it is there. Only made where it is used. */
    private static final class Flush {
        private static final MethodHandle LINE = new MachineCode("0fae3f" + "0faef0" + "c3", // clflush [rdi]; mfence
                "207e0bd5" + "9f3f03d5" + "c0035fd6") // dc civac, x0; dsb sy; ret
                .bind(FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG), Linker.Option.critical(false)).optional()
                .orElseThrow(() -> new IllegalStateException("machine code is refused here; allow execmem"));

        static void line(long address) {
            try {
                LINE.invokeExact(address);
            } catch (Throwable e) {
                throw new IllegalStateException("the line could not be flushed", e);
            }
        }
    }
}
