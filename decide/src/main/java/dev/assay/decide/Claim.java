package dev.assay.decide;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement that evidence can bear out or not.
 *
 * @param place file and line, for messages
 * @param subject what is asked; empty when nothing can be, and then {@code untestable} says why
 * @param where conditions on the machine, by name
 */
public record Claim(String id, String says, String source, String place, Optional<Subject> subject,
        Optional<Expectation> expect, Map<String, Object> where, Optional<String> untestable) {
    public Claim {
        where = Map.copyOf(where);
    }

    /** What evidence the claim is about. */
    public sealed interface Subject {
        /**
         * An experiment of the catalogue.
         *
         * @param against empty for a claim about one variant alone
         * @param metric as the card names it; empty when left out
         * @param at coordinates; a value is a number, or {@code largest} or {@code smallest} of those measured
         */
        record OfExperiment(String experiment, Optional<String> variant, Optional<String> against,
                Optional<String> metric, Map<String, Object> at) implements Subject {}

        /**
         * Two commands of the user's: the claim is about B, against A.
         *
         * @param compares false when there is no A, so that the claim is about values of B alone
         */
        record OfCommands(Pair pair, boolean compares) implements Subject {}

        /**
         * A benchmark that two jars share: the claim is about that of the second, against that of the first.
         *
         * @param jars to be closed when the claim has been judged
         */
        record OfBenchmark(Pair pair, JmhPairs jars) implements Subject {}
    }

    /** What is expected of it. Every bound is optional, at least one is there. */
    public sealed interface Expectation {
        /** The variant's value over that of its rival, in the metric's own direction. */
        record Ratio(Bounds bounds) implements Expectation {}

        /** The variant's value less that of its rival. */
        record Difference(Bounds bounds, String unit) implements Expectation {}

        /** The value of the variant itself: its median over processes. */
        record Value(Bounds bounds, String unit) implements Expectation {}

        /** A quantile over processes. */
        record Quantile(double p, Bounds bounds, String unit) implements Expectation {}

        /** Variants from the best to the worst. */
        record Ordering(List<String> variants) implements Expectation {
            public Ordering {
                variants = List.copyOf(variants);
            }
        }
    }

    /** Limits of a number, ends included. */
    public record Bounds(Optional<Double> atLeast, Optional<Double> atMost) {
        /** Whether the whole interval keeps the limits, breaks them as a whole, or neither. */
        ClaimVerdict.Kind judge(double low, double high) {
            boolean kept = atLeast.map(limit -> low >= limit).orElse(true)
                    && atMost.map(limit -> high <= limit).orElse(true);
            boolean broken = atLeast.map(limit -> high < limit).orElse(false)
                    || atMost.map(limit -> low > limit).orElse(false);
            return kept
                    ? ClaimVerdict.Kind.SUPPORTED
                    : broken ? ClaimVerdict.Kind.REFUTED : ClaimVerdict.Kind.INCONCLUSIVE;
        }

        String words() {
            return atLeast.map(l -> "at least " + l).orElse("")
                    + (atLeast.isPresent() && atMost.isPresent() ? " and " : "")
                    + atMost.map(l -> "at most " + l).orElse("");
        }
    }
}
