package dev.assay.decide;

import dev.assay.lab.Doubt;
import dev.assay.statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the evidence says about a claim.
 *
 * @param reason in a sentence
 * @param effect the number that was judged, with its interval
 * @param run that holds the evidence
 */
public record ClaimVerdict(Claim claim, Kind kind, String reason, Optional<Effect> effect, int processes,
        List<Doubt> doubts, Optional<String> run) {
    /** Closed: a reader can rely on these. */
    public enum Kind {
        SUPPORTED, REFUTED, INCONCLUSIVE, NOT_APPLICABLE, UNTESTABLE;

        /** As the contract spells it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @param what the number is: a ratio, or in a unit */
    public record Effect(String what, double value, Interval interval) {}

    public ClaimVerdict {
        doubts = List.copyOf(doubts);
    }

    static ClaimVerdict without(Claim claim, Kind kind, String reason) {
        return new ClaimVerdict(claim, kind, reason, Optional.empty(), 0, List.of(), Optional.empty());
    }

    /** The exit code of several: 1 when something is refuted, 3 when nothing could be tested, else 0. */
    public static int exit(List<ClaimVerdict> verdicts) {
        if (verdicts.stream().anyMatch(v -> v.kind() == Kind.REFUTED)) {
            return 1;
        }
        boolean tested = verdicts.stream().anyMatch(v -> v.kind() == Kind.SUPPORTED || v.kind() == Kind.INCONCLUSIVE);
        return tested ? 0 : 3;
    }
}
