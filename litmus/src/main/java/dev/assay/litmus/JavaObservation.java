package dev.assay.litmus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a Java test showed.
 *
 * @param whole the outcomes of all mixes together, beside what the model allows
 * @param mixes the same by mix
 */
public record JavaObservation(ObservedTest whole, List<Seen> mixes) {
    public JavaObservation {
        mixes = List.copyOf(mixes);
    }

    /**
     * What one mix showed.
     *
     * @param mix what was asked for
     * @param executed what executed each actor in the end, as the compilers wrote down
     * @param instances how many times the test was run
     * @param seconds how long that took, without starting and warming up
     * @param counts how often each final state was seen
     * @param plan how threads met and variables lay in the most fruitful rounds
     * @param refusal why nothing was seen
     */
    public record Seen(JavaMix mix, List<JavaLevel> executed, long instances, double seconds, Map<String, Long> counts,
            String plan, Optional<String> refusal) {
        public Seen {
            executed = List.copyOf(executed);
            counts = java.util.Collections.unmodifiableMap(new TreeMap<>(counts));
        }

        /** Whether every actor was executed by what was asked for. */
        public boolean asAsked() {
            return executed.equals(mix.actors());
        }
    }
}
