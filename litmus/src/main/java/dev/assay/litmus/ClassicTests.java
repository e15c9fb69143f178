package dev.assay.litmus;

import dev.assay.litmus.TestGenerator.GeneratedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tests that the project makes itself, by the names of the literature. */
final class ClassicTests {
    private static final List<String> COMMUNICATIONS = List.of("Rfe", "Fre", "Coe");
    private static final List<String> DIRECTIONS = List.of("RR", "RW", "WR", "WW");
    /** Coherence of one location, whose cycles are not critical. */
    private static final Map<String, String> COHERENCE = Map.of("CoRR", "Rfe PosRR Fre", "CoRW2", "Rfe PosRW Coe",
            "CoWR0",
            "PosWR Fre", "CoWW", "PosWW Coe");

    private ClassicTests() {}

    /**
     * The text of a test.
     *
     * @throws LitmusException when there is none of this name
     */
    static String text(Architecture architecture, String name) {
        return coherence(architecture, name)
                .or(() -> find(new TestGenerator(architecture.header(), List.of()), 4, name))
                .or(() -> find(generator(architecture, "Pod"), 6, name))
                .or(() -> find(generator(architecture, fence(architecture)), 6, name))
                .orElseThrow(
                        () -> new LitmusException("'" + name + "' is neither a file nor a test that is made here for "
                                + architecture.header()
                                + "; SB, MP, LB, R, S, 2+2W, WRC, RWC, ISA2 and IRIW are, and what assay"
                                + " litmus generate --size 4 lists"));
    }

    private static Optional<String> coherence(Architecture architecture, String name) {
        return Optional.ofNullable(COHERENCE.get(name))
                .map(cycle -> new TestGenerator(architecture.header(), List.of()).test(cycle).text()
                        .replaceFirst("(?m)^(\\S+) .*$", "$1 " + name));
    }

    private static String fence(Architecture architecture) {
        return switch (architecture) {
            case X86_64, X86 -> "MFenced";
            case AARCH64 -> "DMB.SYd";
            case RISCV -> "Fence.rw.rwd";
            case JAVA -> "FullFenced";
        };
    }

    private static TestGenerator generator(Architecture architecture, String kind) {
        List<String> edges = new ArrayList<>(COMMUNICATIONS);
        DIRECTIONS.forEach(direction -> edges.add(kind + direction));
        return new TestGenerator(architecture.header(), edges);
    }

    private static Optional<String> find(TestGenerator generator, int size, String name) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (GeneratedTest test : generator.upTo(size)) {
            byName.putIfAbsent(test.name(), test.text());
        }
        return Optional.ofNullable(byName.get(name));
    }
}
