package dev.assay.litmus;

import dev.assay.litmus.PairDesign.Pair;
import dev.assay.machine.Affinity;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The process in which a writer and a reader share a {@link PairDesign}. It answers each line that names one by a line with what the
 * reader saw. {@link JavaComposite} starts it.
 */
public final class CompositeTrial {
    /** Between two looks at the clock. */
    private static final int BATCH = 1000;

    private CompositeTrial() {}

    /** Serves until the input ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ServedTrial.serve(Map.of("architecture", System.getProperty("os.arch")),
                request -> observe(PairDesign.valueOf(request.get("design").asString()),
                        request.get("nanos").asLong()));
    }

    private static Map<String, Object> observe(PairDesign design, long forNanos) throws InterruptedException {
        Pair pair = design.pair();
        int[] processors = Affinity.supported() ? Affinity.current().stream().toArray() : new int[0];
        Reader reader = new Reader(design, pair, forNanos);
        Thread writer = Thread.ofPlatform().name("writer").start(() -> {
            pin(processors, 0);
            for (long version = 1; !reader.done; version++) {
                pair.change(version);
                pause(version);
            }
        });
        Thread readerThread = Thread.ofPlatform().name("reader").start(() -> {
            pin(processors, 1);
            reader.run();
        });
        readerThread.join();
        writer.join();
        return reader.answer();
    }

    /** A writer that never pauses leaves an optimistic reader no chance. */
    private static void pause(long version) {
        for (long i = version % 32; i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    private static void pin(int[] processors, int which) {
        if (processors.length > 1) {
            Affinity.pin(processors[which]);
        }
    }

    /** Reads as often as it can and remembers the first torn pair. */
    private static final class Reader {
        private final PairDesign design;
        private final Pair pair;
        private final long forNanos;
        private volatile boolean done;
        private long tries;
        private long again;
        private long torn;
        private long changes;
        private long[] first = {};

        Reader(PairDesign design, Pair pair, long forNanos) {
            this.design = design;
            this.pair = pair;
            this.forNanos = forNanos;
        }

        void run() {
            long[] seen = new long[design.reads().size()];
            long last = -1;
            long start = System.nanoTime();
            while (System.nanoTime() - start < forNanos) {
                for (int i = 0; i < BATCH; i++) {
                    if (!pair.read(seen)) {
                        again++;
                        continue;
                    }
                    tries++;
                    if (design.torn(seen)) {
                        torn++;
                        first = torn == 1 ? seen.clone() : first;
                    }
                    changes += seen[0] == last ? 0 : 1;
                    last = seen[0];
                }
            }
            done = true;
        }

        Map<String, Object> answer() {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("tries", tries);
            answer.put("again", again);
            answer.put("torn", torn);
            answer.put("changes", changes);
            answer.put("first", Arrays.stream(first).boxed().toList());
            return answer;
        }
    }
}
