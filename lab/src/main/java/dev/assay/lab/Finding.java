package dev.assay.lab;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a session found out about one experiment.
 *
 * @param id of the experiment
 * @param status whether there are figures
 * @param reason why there are none; empty when measured
 * @param seconds spent on it
 * @param summaries by variant, the baseline first
 * @param effects at the headline first
 * @param doubts about all of it
 * @param evidence that it rests on
 */
public record Finding(String id, Status status, Optional<String> reason, double seconds, List<Summary> summaries,
        List<Effect> effects, List<Doubt> doubts, List<Expectation> expectations, Evidence evidence) {
    /** Whether there are figures. */
    public enum Status {
        MEASURED,
        /** This machine, or this budget, does not allow it. */
        UNTESTABLE,
        /** It should have worked and did not. */
        FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Finding {
        summaries = List.copyOf(summaries);
        effects = List.copyOf(effects);
        doubts = List.copyOf(doubts);
        expectations = List.copyOf(expectations);
    }
}
