package dev.assay.litmus;

import dev.assay.machine.MachineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A map entry and its version number in Java, in several designs: a writer changes both without end while a reader asks for both. The
 * torn pairs are counted, the first is explained, and fixes are shown to give none in so many tries.
 */
public final class JavaComposite {
    private static final double NANOS = 1e9;
    private static final long GRACE_SECONDS = 60;

    /**
     * A design and what its reader saw.
     *
     * @param name in a few words
     * @param says what it does
     * @param tries how many pairs the reader accepted
     * @param again how often the design itself found that it must read again
     * @param changes how often the reader saw another pair than the time before; without changes nothing is shown
     * @param torn how many pairs did not belong together
     * @param drawing the steps that made the first of them, as text
     * @param svg the same as an SVG document
     */
    public record Candidate(String name, String says, long tries, long again, long changes, long torn,
            Optional<String> drawing, Optional<String> svg) {
        /** Whether the reader saw changes and no torn pair. */
        public boolean holds() {
            return torn == 0 && changes > 0;
        }
    }

    private JavaComposite() {}

    /**
     * Runs every design in a process of its own.
     *
     * @param java the command that starts the JVM; empty for this one
     * @param seconds how long each design runs
     * @param progress told what is about to run
     */
    public static List<Candidate> observe(List<String> java, double seconds, Consumer<String> progress) {
        List<String> command = java.isEmpty()
                ? List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                : java;
        List<Candidate> candidates = new ArrayList<>();
        for (PairDesign design : PairDesign.values()) {
            progress.accept(design.words());
            try (TrialProcess process = new TrialProcess(command, List.of(), CompositeTrial.class)) {
                candidates.add(candidate(design, process.ask(
                        Map.of("design", design.name(), "nanos", (long) (seconds * NANOS)),
                        (long) seconds + GRACE_SECONDS)));
            } catch (TrialProcess.Ended e) {
                throw new MachineException("no design can be run: the process for it " + e.getMessage());
            }
        }
        return candidates;
    }

    private static Candidate candidate(PairDesign design, JsonNode seen) {
        long[] first = StreamSupport.stream(seen.get("first").spliterator(), false).mapToLong(JsonNode::asLong)
                .toArray();
        Optional<Interleaving> how = first.length == 0
                ? Optional.empty()
                : Optional.of(Interleaving.of(design.reads(), first));
        return new Candidate(design.words(), design.says(), seen.get("tries").asLong(), seen.get("again").asLong(),
                seen.get("changes").asLong(), seen.get("torn").asLong(), how.map(Interleaving::text),
                how.map(i -> i.svg(design.words() + ": how the pair was torn")));
    }
}
