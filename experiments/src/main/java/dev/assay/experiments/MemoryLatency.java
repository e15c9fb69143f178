package dev.assay.experiments;

import dev.assay.lab.Bench;
import dev.assay.lab.Card;
import dev.assay.lab.Doubt;
import dev.assay.lab.Expectation;
import dev.assay.lab.Experiment;
import dev.assay.lab.Metric;
import dev.assay.lab.Point;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.Cache;
import dev.assay.machine.Machine;
import dev.assay.machine.Mapping;
import dev.assay.machine.Reading;
import dev.assay.statistics.Sample;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long does a load take that cannot begin before the last one has ended?
 *
 * <p>
 * Every line of a block of memory holds the address of another line; together they form one cycle in random order. A
 * walk along it is a chain of loads that no processor can overlap and no prefetcher can foresee. While the block grows,
 * the time per load climbs from one cache to the next, and its last step is main memory.
 */
public final class MemoryLatency implements Experiment {
    private static final long SMALLEST = 4 << 10;
    private static final long UNKNOWN_CACHE = 32 << 20;
    private static final long MOST = 512 << 20;

    @Override
    public Card card() {
        return Card.of("memory.latency").asks("How long does a load take that must wait for the one before it?")
                .because("Lists, trees and hash tables are chains of such loads. A program whose working set"
                        + " outgrows a cache slows down by the factor between two steps of this curve,"
                        + " whatever its algorithm.")
                .varies("the pages that hold the block (the difference is the cost of TLB misses), and who loads:"
                        + " a load instruction alone, as machine code, or what the JIT compiler makes of Java")
                .holds("the order of the walk (uniformly random, one line per element, one full cycle), the processor,"
                        + " the sizes")
                .measures(new Metric("time per load", "ns", Metric.Better.LOWER)).headline(Point.NONE)
                .comparedAt(Point.of("level", 1), Point.of("level", 2), Point.of("level", 3))
                .drawn(Card.Chart.CURVE).lasting(Duration.ofMillis(1000));
    }

    @Override
    public List<Variant> variants(Machine machine) {
        List<Variant> variants = new ArrayList<>();
        String kernel = MachineCode.available() ? "code" : "java";
        variants.add(variant(machine, machine.memory().pageBytes() / 1024 + " KiB pages", kernel,
                Mapping.Kind.ORDINARY));
        if (!machine.memory().transparentHugePages().orElse("never").equals("never")) {
            variants.add(variant(machine, "huge pages", kernel, Mapping.Kind.TRANSPARENT_HUGE));
        }
        variants.add(variant(machine, "loads by the JIT", "java", Mapping.Kind.ORDINARY));
        if (variants.size() == 2 && kernel.equals("java")) {
            // Without huge pages and machine code nothing is left to vary but the order of the walk.
            variants.removeLast();
            variants.add(variant(machine, "huge pages wished for", "java", Mapping.Kind.TRANSPARENT_HUGE));
        }
        return variants;
    }

    private static Variant variant(Machine machine, String name, String kernel, Mapping.Kind pages) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("kernel", kernel);
        parameters.put("pages", pages);
        parameters.put("lineBytes", machine.caches().lineBytes());
        parameters.put("mostBytes", mostBytes(machine));
        parameters.put("levels", String.join(" ", machine.caches().seenFrom(machine.caches().viewpoint()).stream()
                .map(cache -> cache.level() + ":" + cache.sizeBytes()).toList()));
        return Variant.of(name, parameters);
    }

    /** Four times the last cache leaves it little to hit; no more than a sixteenth of the memory. */
    private static long mostBytes(Machine machine) {
        long last = machine.caches().lastLevel().map(Cache::sizeBytes).orElse(UNKNOWN_CACHE);
        long memory = machine.memory().totalBytes().orElse(16 * MOST) / 16;
        return Long.highestOneBit(Math.max(SMALLEST * 4, Math.min(Math.min(4 * last, MOST), memory)));
    }

    @Override
    public List<Expectation> expectations(Machine machine) {
        List<Expectation> expectations = new ArrayList<>();
        for (Cache cache : machine.caches().seenFrom(machine.caches().viewpoint())) {
            expectations.add(Expectation.at("Up to " + size(cache.sizeBytes()) + " the block fits into " + cache.title()
                    + (cache.sharedBy().cardinality() > 1 ? ", which other processors share" : "")
                    + "; the curve leaves that step there.", cache.title() + " " + size(cache.sizeBytes()), "bytes",
                    cache.sizeBytes()));
        }
        if (expectations.isEmpty()) {
            expectations.add(Expectation.of("This machine does not tell its caches: "
                    + machine.caches().source().because() + "."));
        }
        return expectations;
    }

    private static String size(long bytes) {
        return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    }

    @Override
    public Workload workload() {
        return bench -> {
            Pinned.processors(bench.processors());
            Pinned.thread(0);
            long most = Long.parseLong(bench.parameter("mostBytes"));
            MemorySegment memory = memory(bench, most, Mapping.Kind.valueOf(bench.parameter("pages")));
            Walk walk = walk(bench);
            Cycle cycle = new Cycle(memory.address(), bench.number("lineBytes"), bench.seed());
            measure(bench, walk, cycle, sizes(most));
            Pinned.report(bench);
        };
    }

    private static MemorySegment memory(Bench bench, long bytes, Mapping.Kind kind) {
        Reading<Mapping> mapping = Mapping.map(bytes, kind);
        boolean asWanted = mapping.map(m -> m.obtained().asWanted()).orElse(false);
        if (!asWanted) {
            bench.doubt(Doubt.Kind.PAGES, mapping.map(m -> m.obtained().says()).orElse(mapping.because()),
                    "see assay machine on huge pages");
        }
        mapping.map(m -> m.obtained().hugeBytes()).optional().flatMap(Reading::optional)
                .ifPresent(huge -> bench.figure("hugePageBytes", huge));
        return mapping.map(Mapping::segment).orElseGet(() -> Arena.global().allocate(bytes, 4096));
    }

    private static Walk walk(Bench bench) {
        if (bench.parameter("kernel").equals("java")) {
            bench.figure("machineCode", 0);
            return Cycle::walkInJava;
        }
        Reading<MethodHandle> code = LOADS.bind(
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        if (!code.isKnown()) {
            bench.doubt(Doubt.Kind.WORKLOAD, "the JIT's loads were measured, not machine code: " + code.because(),
                    "compare with variants of the same kind only");
        }
        bench.figure("machineCode", code.isKnown() ? 1 : 0);
        return code.<Walk>map(MemoryLatency::walkByCode).orElse(Cycle::walkInJava);
    }

    private static Walk walkByCode(MethodHandle loads) {
        return (from, steps) -> {
            try {
                return (long) loads.invokeExact(from, steps);
            } catch (Throwable e) {
                throw new IllegalStateException("the machine code could not be called", e);
            }
        };
    }

    /** Two sizes per octave. */
    static List<Long> sizes(long most) {
        List<Long> sizes = new ArrayList<>();
        for (long size = SMALLEST; size < most; size *= 2) {
            sizes.add(size);
            sizes.add(size + size / 2);
        }
        sizes.add(most);
        return sizes;
    }

    /** The block is walked before it is timed, so there is no warm-up among these. */
    private static final int REPEATS = 5;
    /** Loads between two looks at the clock: short enough that most batches are not interrupted. */
    private static final int BATCH = 8192;

    private static void measure(Bench bench, Walk walk, Cycle cycle, List<Long> sizes) {
        long slice = bench.time().toNanos() / (sizes.size() + 4);
        Map<Long, Integer> representative = representatives(bench.parameter("levels"), sizes);
        long lastCache = representative.isEmpty() ? UNKNOWN_CACHE : largest(bench.parameter("levels"));
        boolean whole = true;
        for (int i = 0; i < 100; i++) {
            walk.go(cycle.start(), 20_000); // for the compiler: one line that leads to itself
        }
        for (long bytes : sizes) {
            cycle.grow(bytes);
            if (bytes <= 1 << 18) {
                whole &= cycle.length() == cycle.lines();
            }
            long at = cycle.start();
            if (bytes <= lastCache) {
                at = walk.go(at, rounded(cycle.lines())); // what was written last is not what is read first
            }
            boolean headline = bytes == sizes.getLast();
            double[] nanos = new double[REPEATS];
            for (int i = 0; i < REPEATS; i++) {
                long end = System.nanoTime() + slice * (headline ? 4 : 1) / REPEATS;
                List<Double> batches = new ArrayList<>();
                do {
                    long start = System.nanoTime();
                    at = walk.go(at, BATCH);
                    batches.add((System.nanoTime() - start) / (double) BATCH);
                } while (System.nanoTime() < end);
                nanos[i] = Sample.of(batches.stream().mapToDouble(Double::doubleValue).toArray()).median();
            }
            whole &= cycle.contains(at);
            bench.record(Point.of("bytes", bytes), nanos);
            if (representative.containsKey(bytes)) {
                bench.record(Point.of("level", representative.get(bytes)), nanos);
            }
            if (headline) {
                bench.record(nanos);
            }
        }
        bench.check("the walk visits every line once and comes back", whole);
    }

    /** As many as the unrolled loop takes at a time. */
    private static long rounded(long steps) {
        return Math.max(UNROLLED, steps / UNROLLED * UNROLLED);
    }

    /** For each cache the size that is furthest from its own limit and that of the cache before it. */
    static Map<Long, Integer> representatives(String levels, List<Long> sizes) {
        Map<Long, Integer> chosen = new LinkedHashMap<>();
        double below = SMALLEST;
        for (String level : levels.isEmpty() ? new String[0] : levels.split(" ")) {
            int colon = level.indexOf(':');
            double limit = Long.parseLong(level.substring(colon + 1));
            double middle = Math.sqrt(below * limit);
            sizes.stream().min((a, b) -> Double.compare(Math.abs(Math.log(a / middle)), Math.abs(Math.log(b / middle))))
                    .ifPresent(size -> chosen.putIfAbsent(size, Integer.valueOf(level.substring(0, colon))));
            below = limit;
        }
        return chosen;
    }

    private static long largest(String levels) {
        return Arrays.stream(levels.split(" ")).mapToLong(l -> Long.parseLong(l.substring(l.indexOf(':') + 1))).max()
                .orElse(UNKNOWN_CACHE);
    }

    /** Follows the chain from an address for a multiple of {@value #UNROLLED} steps. */
    private interface Walk {
        long go(long from, long steps);
    }

    private static final int UNROLLED = 32;

    /** The whole measured code: 32 times "load through the register into the same register", count, repeat. */
    private static final MachineCode LOADS = new MachineCode(
            "488b3f".repeat(UNROLLED) // mov rdi, [rdi]
                    + "4883ee20" + "759a" + "4889f8c3", // sub rsi, 32; jne; mov rax, rdi; ret
            "000040f9".repeat(UNROLLED) // ldr x0, [x0]
                    + "218000f1" + "e1fbff54" + "c0035fd6"); // subs x1, x1, #32; b.ne; ret

    /** Lines of memory that each hold the address of the next one. */
    private static final class Cycle {
        /** All of memory from address 0, so that an address is an offset and no index is scaled or added. */
        @SuppressWarnings("restricted")
        private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
        private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

        private final long start;
        private final int lineBytes;
        private long lines = 1;
        private long random;

        Cycle(long start, int lineBytes, long seed) {
            this.start = start;
            this.lineBytes = lineBytes;
            this.random = seed;
            MEMORY.set(WORD, start, start);
        }

        long start() {
            return start;
        }

        long lines() {
            return lines;
        }

        /**
         * Sattolo's shuffle, run from the inside out: each new line goes behind a line drawn from those already in. All
         * full cycles are equally likely at every size (Wilson, "Overview of Sattolo's algorithm", 2004).
         */
        void grow(long bytes) {
            for (long count = bytes / lineBytes; lines < count; lines++) {
                random = random * 6364136223846793005L + 1442695040888963407L; // Knuth, MMIX
                long before = start + ((random >>> 32) * lines >>> 32) * lineBytes;
                long line = start + lines * lineBytes;
                MEMORY.set(WORD, line, MEMORY.get(WORD, before));
                MEMORY.set(WORD, before, line);
            }
        }

        /** How many steps lead from the start back to it. */
        long length() {
            long steps = 1;
            for (long at = MEMORY.get(WORD, start); at != start; at = MEMORY.get(WORD, at)) {
                steps++;
            }
            return steps;
        }

        boolean contains(long address) {
            return address >= start && address < start + lines * lineBytes && (address - start) % lineBytes == 0;
        }

        static long walkInJava(long from, long steps) {
            long at = from;
            for (long left = steps; left > 0; left -= 8) {
                at = MEMORY.get(WORD, at);
                at = MEMORY.get(WORD, at);
                at = MEMORY.get(WORD, at);
                at = MEMORY.get(WORD, at);
                at = MEMORY.get(WORD, at);
                at = MEMORY.get(WORD, at);
                at = MEMORY.get(WORD, at);
                at = MEMORY.get(WORD, at);
            }
            return at;
        }
    }
}
