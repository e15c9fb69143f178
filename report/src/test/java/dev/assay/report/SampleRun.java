package dev.assay.report;

import dev.assay.lab.Card;
import dev.assay.lab.Doubt;
import dev.assay.lab.Expectation;
import dev.assay.lab.Finding;
import dev.assay.lab.Metric;
import dev.assay.lab.Point;
import dev.assay.lab.Requirement;
import dev.assay.lab.Run;
import dev.assay.lab.Settings;
import dev.assay.lab.Trial.Outcome;
import dev.assay.lab.Variant;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run as one meets it: every kind of chart, doubts, blocks set aside, crashes, an experiment that cannot be tested. */
final class SampleRun {
    static final String HOSTILE = "<script>alert('x')</script> & \"quotes\"";

    private SampleRun() {}

    static Run whole() {
        return of(List.of(latency(), cores(), falseSharing(), bandwidth(), atomics(), numa(), failed()),
                new Doubt(Doubt.Kind.VIRTUALISED,
                        "the machine is a KVM guest; its neighbours and its host cannot be seen",
                        "measure on bare metal or a dedicated host"));
    }

    static Run of(List<Finding> findings, Doubt... doubts) {
        return new Run("20261120-0715-k3f", Instant.parse("2026-11-20T07:15:00Z"), 238.4, settings(), machine(),
                findings, List.of(doubts));
    }

    static Settings settings() {
        return new Settings(Duration.ofMinutes(4), 0.95, 0.01, 4711, false, false);
    }

    static Finding latency() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            points.add(Point.of("bytes", 4096L << (i * 17 / 25) | (i % 3 == 1 ? 2048L << (i * 17 / 25) : 0)));
        }
        List<Point> distinct = points.stream().distinct().toList();
        Card card = Card.of("memory.latency")
                .asks("How long does a load take when its address depends on the load before it?")
                .because("Pointer chasing is what most data structures do. Each level of the memory hierarchy costs"
                        + " several times the one before.")
                .varies("the size of the pages under the working set").holds("the order of loads, the processor")
                .drawn(Card.Chart.CURVE).headline(distinct.getLast());
        return new Laboratory(card, List.of(Variant.of("4 KiB pages", Map.of("pages", "small")),
                Variant.of("huge pages", Map.of("pages", "huge"))), distinct, (variant, at) -> {
                    double bytes = at.at().get("bytes");
                    double base = 1.1 + 2.6 * step(bytes, 32 * 1024) + 9 * step(bytes, 1 << 20)
                            + 88 * step(bytes, 32 << 20);
                    return variant.startsWith("4") ? base * (1 + 0.35 * step(bytes, 8 << 20)) : base;
                }).noise(0.02).expects(
                        Expectation.at("Sets up to 32 KiB stay in the first level, about 4 to 5 cycles a load",
                                "L1d 32 KiB", "bytes", 32 << 10),
                        Expectation.at("Sets up to 1 MiB stay in the core's second level", "L2 1 MiB", "bytes",
                                1 << 20),
                        Expectation.at("Sets up to 32 MiB stay in the shared third level", "L3 32 MiB", "bytes",
                                32 << 20))
                .doubts(new Doubt(Doubt.Kind.PAGES, "huge pages were asked for and 62 % of the memory got them",
                        "reserve huge pages or set transparent_hugepage to always"))
                .conduct(9);
    }

    private static double step(double bytes, double size) {
        return 1 / (1 + Math.pow(size * 1.3 / bytes, 3));
    }

    static Finding cores() {
        List<Point> points = new ArrayList<>();
        for (long from = 0; from < 8; from++) {
            for (long to = 0; to < 8; to++) {
                if (from != to) {
                    points.add(Point.of("from", from, "to", to));
                }
            }
        }
        Card card = Card.of("memory.cores").asks("How long does a message take from one core to another?")
                .because("Threads that hand work to each other pay this for every hand-over; the scheduler decides how"
                        + " much.")
                .varies("how the receiver waits").holds("the line, the message")
                .measures(new Metric("one-way latency", "ns", Metric.Better.LOWER)).drawn(Card.Chart.MATRIX)
                .headline(Point.of("from", 0, "to", 1));
        return new Laboratory(card,
                List.of(Variant.of("spinning", Map.of()), Variant.of("with a pause", Map.of("hint", "onSpinWait"))),
                points, (variant, at) -> {
                    long from = at.at().get("from");
                    long to = at.at().get("to");
                    double base = from / 2 == to / 2 ? 11.5 : from / 4 == to / 4 ? 41 : 118;
                    return variant.equals("spinning") ? base : base * 1.004;
                }).noise(0.03).conduct(5);
    }

    static Finding falseSharing() {
        Card card = Card.of("layout.false-sharing").asks("What does it cost when two threads write to one cache line?")
                .because("A cache line has one owner at a time. Threads that write different fields of one line take it"
                        + " from each other with every write, and no profiler points at a shared variable.")
                .varies("the distance between the fields that the threads write")
                .holds("the work per write, the threads, their processors").needs(Requirement.processors(2))
                .headline(Point.of("threads", 2));
        return new Laboratory(card,
                List.of(Variant.of("apart", Map.of("strideBytes", 128)),
                        Variant.of("neighbour line", Map.of("strideBytes", 64)),
                        Variant.of("same line", Map.of("strideBytes", 8))),
                List.of(Point.of("threads", 1), Point.of("threads", 2)), (variant, at) -> {
                    boolean two = at.equals(Point.of("threads", 2));
                    return variant.equals("same line") && two ? 11.4 : variant.equals("neighbour line") ? 1.262 : 1.26;
                }).noise(0.012)
                .setsAside(3, "other processes used 0.62 processors meanwhile (at most 0.10 is quiet)")
                .expects(Expectation.of("A line has 64 bytes here, so fields 8 bytes apart share one and the others do"
                        + " not"))
                .doubts(new Doubt(Doubt.Kind.DISCARDED_BLOCKS,
                        "1 of 9 blocks were set aside as disturbed; the first because other processes used 0.62"
                                + " processors meanwhile (at most 0.10 is quiet)",
                        "quieten the machine; the blocks are in run.json"),
                        new Doubt(Doubt.Kind.UNSTABLE, "processes of 'same line' differ by 14 % (standard deviation)",
                                "look at the distribution; quieten the machine or raise --budget"))
                .conduct(9);
    }

    static Finding bandwidth() {
        Card card = Card.of("memory.bandwidth").asks("How fast can memory be copied?")
                .because("Bulk work is bound by it, and the way it is written decides how much of it is reached.")
                .varies("how the copy is written").holds("the arrays, the threads").measures(Metric.bandwidth())
                .headline(Point.of("threads", 1)).comparedAt(Point.of("threads", 2));
        Map<String, Double> speeds = new LinkedHashMap<>();
        speeds.put("byte loop", 11.2);
        speeds.put("long loop", 12.9);
        speeds.put("Vector API", 13.4);
        speeds.put("MemorySegment.copy", 14.6);
        speeds.put("arraycopy", 14.58);
        return new Laboratory(card, speeds.keySet().stream().map(name -> Variant.of(name, Map.of())).toList(),
                List.of(Point.of("threads", 1), Point.of("threads", 2)),
                (variant, at) -> speeds.get(variant) * (at.at().get("threads") == 2 ? 1.62 : 1)).noise(0.008)
                .fails(7, new Outcome.Crashed(134, List.of("#", "# A fatal error has been detected by the Java Runtime"
                        + " Environment:", "#  SIGSEGV (0xb) at pc=0x00007f"),
                        Optional.of(Path.of("hs_err_pid41049.log"))))
                .fails(16, new Outcome.Overran(Duration.ofSeconds(28), List.of("warming up")))
                .doubts(new Doubt(Doubt.Kind.FAILED_TRIALS,
                        "2 trials gave nothing; the first, of 'Vector API': the process ended with signal 6",
                        "read the trial's last lines in run.json, and its crash report beside it"))
                .conduct(7);
    }

    static Finding atomics() {
        Card card = Card.of("atomics.rmw").asks("What does an atomic addition cost, and how should it be written?")
                .because("Counters, queues and locks are made of it.").varies("the instruction and its wrapper")
                .holds("the counter, one thread").headline(Point.of("threads", 1));
        Map<String, Double> costs = new LinkedHashMap<>();
        costs.put("getAndAdd", 4.82);
        costs.put("compare-and-set loop", 5.61);
        costs.put("LongAdder", 5.2);
        costs.put("synchronized", 14.9);
        costs.put("futex wake", 912.0);
        return new Laboratory(card, costs.keySet().stream().map(name -> Variant.of(name, Map.of())).toList(),
                List.of(Point.of("threads", 1)), (variant, _) -> costs.get(variant)).noise(0.05)
                .doubts(new Doubt(Doubt.Kind.TOO_FEW_PROCESSES, "only 4 processes per variant; intervals are wide",
                        "raise --budget"))
                .conduct(4);
    }

    static Finding numa() {
        return Laboratory.untestable(Card.of("memory.numa").asks("What does memory of another node cost?"),
                "needs 2 memory nodes, 1 here; run it on a machine with several sockets");
    }

    static Finding failed() {
        Card card = Card.of("runtime.ffi").asks("What does a call into native code cost?");
        Finding none = Laboratory.untestable(card, "trial 12 (downcall): the process ended with exit code 1;"
                + " it last said: UnsatisfiedLinkError");
        return new Finding(none.id(), Finding.Status.FAILED, none.reason(), 3.2, List.of(), List.of(), List.of(),
                List.of(), none.evidence());
    }

    static Finding hostile() {
        Card card = Card.of("layout.hostile").asks("Is " + HOSTILE + " harmless?").because(HOSTILE).varies(HOSTILE)
                .holds(HOSTILE);
        return new Laboratory(card,
                List.of(Variant.of("plain", Map.of()), Variant.of(HOSTILE, Map.of(HOSTILE, HOSTILE))),
                List.of(Point.NONE), (_, _) -> 3).setsAside(1, HOSTILE)
                .fails(5, new Outcome.Crashed(1, List.of(HOSTILE, "\u0000\u001b[31mred\u001b[0m"), Optional.empty()))
                .expects(Expectation.of(HOSTILE)).doubts(new Doubt(Doubt.Kind.WORKLOAD, HOSTILE, HOSTILE)).conduct(5);
    }

    /** Some hundred variants in one experiment. */
    static Finding many(int variants) {
        List<Variant> all = new ArrayList<>();
        for (int i = 0; i < variants; i++) {
            all.add(Variant.of("benchmark " + i, Map.of("size", 1L << i % 20)));
        }
        Card card = Card.of("subject.all").asks("Which of the benchmarks changed?");
        return new Laboratory(card, all, List.of(Point.NONE),
                (variant, _) -> 10 + 5 * Math.sin(variant.hashCode())).conduct(5);
    }

    static Map<String, Object> machine() {
        Map<String, Object> sheet = new LinkedHashMap<>();
        sheet.put("schema", "assay.machine/1");
        sheet.put("system", "Linux 6.18.5");
        sheet.put("architecture", Map.of("process", "x86-64", "kernel", "x86-64", "bits", 64));
        sheet.put("processor", Map.of("vendor", "AuthenticAMD", "name", "AMD EPYC 9R14", "microcode",
                Map.of("unreadable", "no permission")));
        sheet.put("topology", Map.of("cores", List.of(Map.of("id", 0, "processors", "0-1"), Map.of("id", 1,
                "processors", "2-3")), "allowed", "0-3"));
        sheet.put("caches", Map.of("all", List.of(cache(1, "data", 32 << 10), cache(1, "data", 32 << 10),
                cache(1, "instruction", 32 << 10), cache(2, "unified", 1 << 20), cache(2, "unified", 1 << 20),
                cache(3, "unified", 32 << 20)), "lineBytes", 64));
        sheet.put("memory", Map.of("totalBytes", 24L << 30, "pageBytes", 4096));
        sheet.put("virtualization", Map.of("hypervisor", "KVM", "product", "none", "container", "none"));
        sheet.put("advice", List.of(Map.of("id", "virtualised", "weight", "warning", "finding",
                "this is a virtual machine (KVM)", "why", "neighbours and the host take time that cannot be seen",
                "remedy", "measure on bare metal where small differences matter")));
        return sheet;
    }

    private static Map<String, Object> cache(int level, String type, long bytes) {
        return Map.of("level", level, "type", type, "sizeBytes", bytes, "lineBytes", 64);
    }
}
