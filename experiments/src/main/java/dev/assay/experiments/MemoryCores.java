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
import java.util.stream.IntStream;

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
                .varies("whether question and answer share a line; whether the writer flushes the line to memory at once,"
                        + " so that the reader finds it in no cache; and the way there alone, told by the clock: the"
                        + " line carries the time of its writing")
                .holds("one thread per processor, pinned; busy waiting without pauses; lines aligned and alone")
                .measures(new Metric("time for the way", "ns", Metric.Better.LOWER)).needs(Requirement.processors(2))
                .headline(Point.NONE).drawn(Card.Chart.MATRIX).lasting(Duration.ofMillis(400));
    }

    @Override
    public List<Variant> variants(Machine machine) {
        int line = machine.caches().lineBytes();
        List<Variant> variants = new ArrayList<>();
        variants.add(variant("round trip on one line", line, 0, ONE_LINE));
        variants.add(variant("round trip, a line each way", line, 2 * line, ONE_LINE));
        if (MachineCode.available()) {
            variants.add(variant("round trip on one line, flushed", line, 0, FLUSHED));
        }
        variants.add(variant("one way, by the clock", line, 2 * line, BY_CLOCK));
        return variants;
    }

    private static final String ONE_LINE = "kept";
    private static final String FLUSHED = "flushed";
    private static final String BY_CLOCK = "clock";

    private static Variant variant(String name, int lineBytes, int strideBytes, String way) {
        return Variant.of(name, Map.of("strideBytes", strideBytes, "lineBytes", lineBytes, "way", way));
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
        expectations.add(Expectation.of("One way takes half a round trip where the two ways are alike. By the clock it"
                + " is known to within the clock's own steps and what the two processors' clocks differ by (figures"
                + " clockNanos, already taken off, and skewNanos, half of what the two directions differ by)."));
        return expectations;
    }

    private static final int REPEATS = 5;
    /** Round trips between two looks at the clock: few, so that most batches are not interrupted. */
    private static final int BATCH = 64;
    private static final int CLOCK_WARM_UP = 1000;
    private static final long LEAST_NANOS_PER_PAIR = 300_000;

    @Override
    public Workload workload() {
        return bench -> {
            List<Integer> processors = bench.processors().stream().sorted().toList();
            boolean byClock = bench.parameter("way").equals(BY_CLOCK);
            Table table = new Table(bench.number("lineBytes"), bench.number("strideBytes"),
                    bench.parameter("way").equals(FLUSHED));
            int pairs = processors.size() * (processors.size() - 1) / 2;
            long perPair = Math.max(LEAST_NANOS_PER_PAIR, bench.time().toNanos() * 3 / 4 / Math.max(1, pairs));
            long warmUp = bench.time().toNanos() / 4; // for the compiler
            IntStream.range(0, CLOCK_WARM_UP).forEach(_ -> clockNanos());
            measure(table, processors.get(0), processors.get(1), warmUp, byClock);
            List<double[]> ofPairs = new ArrayList<>();
            double skew = 0;
            for (int i = 0; i < processors.size(); i++) {
                for (int j = i + 1; j < processors.size(); j++) {
                    int from = processors.get(i);
                    int to = processors.get(j);
                    double[] there = measure(table, from, to, byClock ? perPair / 2 : perPair, byClock);
                    double[] back = byClock ? measure(table, to, from, perPair / 2, true) : there;
                    bench.record(Point.of("from", from, "to", to), there);
                    bench.record(Point.of("from", to, "to", from), back);
                    // In the mean of both directions the clocks' difference cancels.
                    ofPairs.add(IntStream.range(0, REPEATS).mapToDouble(k -> (there[k] + back[k]) / 2).toArray());
                    skew = Math.max(skew, Math.abs(Sample.of(there).median() - Sample.of(back).median()) / 2);
                }
            }
            bench.record(IntStream.range(0, REPEATS)
                    .mapToDouble(k -> Sample.of(ofPairs.stream().mapToDouble(nanos -> nanos[k]).toArray()).median())
                    .toArray());
            if (byClock) {
                bench.figure("skewNanos", skew);
                bench.figure("clockNanos", clockNanos());
            }
            bench.check("every question was answered once, in order", table.inOrder());
            Pinned.report(bench);
        };
    }

    /**
     * Nanoseconds per round trip, {@value #REPEATS} times, or, by the clock, of the way there alone. The caller asks from
     * {@code from}.
     */
    private static double[] measure(Table table, int from, int to, long nanos, boolean byClock)
            throws InterruptedException {
        table.open();
        Thread other = Thread.ofPlatform().start(() -> {
            Pinned.processor(to);
            if (byClock) {
                table.receive();
            } else {
                table.answer();
            }
        });
        Pinned.processor(from);
        double clock = byClock ? clockNanos() : 0;
        ask(table, byClock);
        double[] times = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long end = System.nanoTime() + nanos / REPEATS;
            List<Double> batches = new ArrayList<>();
            do {
                batches.add(ask(table, byClock) - clock);
            } while (System.nanoTime() < end);
            times[i] = Sample.of(batches.stream().mapToDouble(Double::doubleValue).toArray()).median();
        }
        table.dismiss();
        other.join();
        return times;
    }

    /** The time of one way, of {@value #BATCH}. */
    private static double ask(Table table, boolean byClock) {
        if (byClock) {
            return table.send(BATCH);
        }
        long start = System.nanoTime();
        table.ask(BATCH);
        return (System.nanoTime() - start) / (double) BATCH;
    }

    /** What lies between two readings of the clock when nothing does. */
    private static double clockNanos() {
        long[] between = new long[BATCH];
        for (int i = 0; i < BATCH; i++) {
            long start = System.nanoTime();
            between[i] = System.nanoTime() - start;
        }
        return Sample.of(Arrays.stream(between).asDoubleStream().toArray()).median();
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
        private long questions;
        private long answers;
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
                questions++;
            }
        }

        /**
         * Puts down the time of writing and waits for the receipt, so that the line always has to come back.
         *
         * @return the median of the nanoseconds until the other had seen it, as it tells in the receipt
         */
        double send(int letters) {
            double[] ways = new double[letters];
            for (int i = 0; i < letters; i++) {
                long sent = System.nanoTime();
                while (sent <= asked) { // a clock of coarse steps
                    sent = System.nanoTime();
                }
                WORD.setRelease(memory, question, sent);
                long seen = (long) WORD.getAcquire(memory, answer);
                while (seen == answered) {
                    seen = (long) WORD.getAcquire(memory, answer);
                }
                ways[i] = (double) seen - sent;
                asked = sent;
                answered = seen;
                questions++;
            }
            return Sample.of(ways).median();
        }

        /** Writes down when each letter was seen. */
        void receive() {
            long last = 0;
            long receipt = answered;
            while (true) {
                long letter = (long) WORD.getAcquire(memory, question);
                if (letter == END) {
                    return;
                }
                if (letter != last && letter != 0) {
                    inOrder &= letter > last;
                    last = letter;
                    receipt = Math.max(System.nanoTime(), receipt + 1); // never twice the same
                    WORD.setRelease(memory, answer, receipt);
                    answers++;
                }
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
                    answers++;
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
            return inOrder && questions == answers && questions > 0;
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
