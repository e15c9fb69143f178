package dev.assay.lab;

import dev.assay.machine.Machine;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An experiment whose variants behave as their {@code does} parameter says. */
public class Fixture implements Experiment {
    private final String id;
    private final List<Variant> variants;

    /** As a trial makes it. */
    public Fixture() {
        this("test.fixture", List.of());
    }

    private Fixture(String id, List<Variant> variants) {
        this.id = id;
        this.variants = variants;
    }

    static Fixture of(String... does) {
        return named("test.fixture", does);
    }

    static Fixture named(String id, String... does) {
        return new Fixture(id,
                java.util.Arrays.stream(does).map(what -> Variant.of(what, Map.of("does", what))).toList());
    }

    @Override
    public Card card() {
        return Card.of(id).asks("Does the laboratory work?").lasting(Duration.ofMillis(20));
    }

    @Override
    public List<Variant> variants(Machine machine) {
        return variants;
    }

    @Override
    public Workload workload() {
        return bench -> {
            String does = bench.parameter("does");
            switch (does.split(" ")[0]) {
                case "values" -> bench.record(Double.parseDouble(does.split(" ")[1]) * jitter(bench));
                case "crash" -> crash();
                case "exit" -> System.exit(7);
                case "throw" -> throw new IllegalStateException("the workload gave up");
                case "hang" -> Thread.sleep(Duration.ofHours(1));
                case "chatter" -> {
                    chatter();
                    bench.record(1);
                }
                case "lie" -> {
                    bench.record(1);
                    bench.check("the sum is exact", false);
                }
                case "nothing" -> {
                }
                default -> throw new IllegalArgumentException(does);
            }
        };
    }

    /** One percent up or down, from the process's own identity, as real processes differ. */
    private static double jitter(Bench bench) {
        return 1 + 0.01 * new java.util.Random(ProcessHandle.current().pid() ^ bench.seed()).nextGaussian();
    }

    @SuppressWarnings("restricted")
    private static void crash() {
        MemorySegment.ofAddress(8).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, 1);
    }

    private static void chatter() {
        byte[] line = "x".repeat(1023).concat("\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < 8 << 10; i++) {
            System.out.write(line, 0, line.length);
        }
        System.out.flush();
    }
}
