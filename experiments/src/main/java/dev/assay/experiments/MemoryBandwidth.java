package dev.assay.experiments;

import dev.assay.lab.Bench;
import dev.assay.lab.Card;
import dev.assay.lab.Expectation;
import dev.assay.lab.Experiment;
import dev.assay.lab.Metric;
import dev.assay.lab.Point;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.Cache;
import dev.assay.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;

/**
 * How many bytes a second move between processor and memory, and how much of that does ordinary code reach?
 *
 * <p>
 * The four kernels are STREAM's (McCalpin, 1995): copy {@code c = a}, scale {@code c = 3a}, add {@code c = a + b}, triad
 * {@code c = a + 3b}. Bytes are counted as STREAM counts them: what the kernel reads and writes, two arrays for copy and
 * scale, three for add and triad; a line that is fetched only because a part of it is written is not counted.
 */
public final class MemoryBandwidth implements Experiment {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";
    private static final long UNKNOWN_CACHE = 32 << 20;
    private static final long LEAST = 16 << 20;
    private static final long MOST = 128 << 20;

    @Override
    public Card card() {
        return Card.of("memory.bandwidth")
                .asks("How fast does each way of moving data use the bandwidth of memory?")
                .because("Once data no longer fits into a cache, bandwidth bounds everything that streams: copies,"
                        + " garbage collection, columns, tensors. What burst copying gains over loops is what"
                        + " rewriting a loop can gain.")
                .varies("how elements move: a loop over longs or doubles, over bytes, the Vector API, bulk copying,"
                        + " stores that bypass the caches")
                .holds("three arrays, each as large as four last-level caches (16 to 128 MiB), huge pages for all,"
                        + " threads on processors of their own; bytes counted as STREAM does")
                .measures(Metric.bandwidth()).headline(at(1, 0)).comparedAt(at(1, 3)).lasting(Duration.ofMillis(600));
    }

    private static Point at(int threads, int kernel) {
        return Point.of("threads", threads, "kernel", kernel);
    }

    @Override
    public List<Variant> variants(Machine machine) {
        long last = machine.caches().lastLevel().map(Cache::sizeBytes).orElse(UNKNOWN_CACHE);
        long memory = machine.memory().totalBytes().orElse(16 * MOST) / 16;
        long bytes = Math.max(LEAST, Long.highestOneBit(Math.min(Math.min(4 * last, MOST), memory)));
        Map<String, Object> onHeap = Map.of("arrayBytes", bytes);
        String[] heap = {"-Xmx" + (3 * bytes + (256L << 20) >> 20) + "m", "-Xms" + (3 * bytes + (256L << 20) >> 20)
                + "m",
            "-Xmn32m", "-XX:+UseTransparentHugePages"};
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.of("64-bit loop", with(onHeap, "loop"), heap));
        variants.add(Variant.of("byte loop", with(onHeap, "bytes"), heap));
        variants.add(Variant.of("Vector API", with(onHeap, "vector"), VECTORS));
        variants.add(Variant.of("bulk copy", with(onHeap, "bulk")));
        if (MachineCode.available()) {
            variants.add(Variant.of("non-temporal", with(onHeap, "stream")));
        }
        return variants;
    }

    private static Map<String, Object> with(Map<String, Object> parameters, String way) {
        return Map.of("way", way, "arrayBytes", parameters.get("arrayBytes"));
    }

    @Override
    public List<Expectation> expectations(Machine machine) {
        String caches = machine.caches().lastLevel()
                .map(cache -> "The last cache, " + cache.title() + ", holds " + (cache.sizeBytes() >> 20)
                        + " MiB; the arrays leave it nothing to hit.")
                .orElse("This machine does not tell its caches; the arrays may fit into one.");
        return List.of(Expectation.of(caches),
                Expectation.of("kernel=0 is copy, 1 scale, 2 add, 3 triad. An ordinary store first fetches its line,"
                        + " so copy moves three bytes for two that are counted; stores that bypass the caches move two,"
                        + " and may gain up to a half."));
    }

    @Override
    public Workload workload() {
        return bench -> {
            Pinned.processors(bench.processors());
            Pinned.thread(0);
            int bytes = bench.number("arrayBytes");
            run(bench, StreamKernels.named(bench.parameter("way"), bench, bytes), bytes);
            Pinned.report(bench);
        };
    }

    private static void run(Bench bench, StreamKernels.Way way, int bytes) throws Exception {
        int all = Math.max(1, bench.processors().size());
        List<Integer> counts = all == 1 ? List.of(1) : List.of(1, all);
        long slice = bench.time().toNanos() / (counts.size() * way.kernels());
        for (int kernel = 0; kernel < way.kernels(); kernel++) {
            warmUp(way, kernel);
            for (int threads : counts) {
                double moved = (kernel < 2 ? 2.0 : 3.0) * bytes;
                double[] nanos = passes(way, kernel, threads, bytes, slice);
                for (double pass : nanos) {
                    bench.record(at(threads, kernel), moved / pass);
                }
            }
            bench.check("every element of kernel " + kernel + " is right", way.right(kernel));
        }
    }

    /** Until the compiler is done: on a part that fits into a cache, so that it takes milliseconds. */
    private static void warmUp(StreamKernels.Way way, int kernel) {
        long end = System.nanoTime() + 30_000_000;
        do {
            for (int i = 0; i < 50; i++) {
                way.move(kernel, 0, CHUNK);
            }
        } while (System.nanoTime() < end);
    }

    private static final int LEAST_PASSES = 4;
    /** Bytes per call of a kernel: entering it costs nothing, and compiled code is entered at its beginning. */
    private static final int CHUNK = 1 << 16;

    /** Times of passes over the whole arrays, each thread on a part of its own. */
    private static double[] passes(StreamKernels.Way way, int kernel, int threads, int bytes, long nanos)
            throws Exception {
        List<Double> times = new ArrayList<>();
        CyclicBarrier line = new CyclicBarrier(threads);
        boolean[] done = {false};
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            int part = i;
            helpers.add(Thread.ofPlatform().start(() -> {
                Pinned.thread(part);
                while (await(line) && !done[0]) {
                    sweep(way, kernel, part, threads, bytes);
                    await(line);
                }
            }));
        }
        long end = System.nanoTime() + nanos;
        do {
            await(line);
            long start = System.nanoTime();
            sweep(way, kernel, 0, threads, bytes);
            await(line);
            times.add((double) (System.nanoTime() - start));
        } while (times.size() < LEAST_PASSES || System.nanoTime() < end);
        done[0] = true;
        await(line);
        for (Thread helper : helpers) {
            helper.join();
        }
        return times.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static boolean await(CyclicBarrier line) {
        try {
            line.await();
            return true;
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new IllegalStateException("a thread of the workload was interrupted", e);
        }
    }

    private static void sweep(StreamKernels.Way way, int kernel, int part, int parts, int bytes) {
        int chunks = bytes / CHUNK;
        for (int chunk = chunks * part / parts; chunk < chunks * (part + 1) / parts; chunk++) {
            way.move(kernel, chunk * CHUNK, (chunk + 1) * CHUNK);
        }
    }
}
