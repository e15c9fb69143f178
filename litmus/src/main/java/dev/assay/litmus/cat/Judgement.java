package dev.assay.litmus.cat;

import java.util.List;
import java.util.Optional;

/**
 * What a model says of a candidate.
 *
 * @param failed the name of the first check that fails; empty when the candidate is allowed
 * @param flags the flags that were raised
 */
public record Judgement(Optional<String> failed, List<String> flags) {
    /** Allowed, without flags. */
    static final Judgement ALLOWED = new Judgement(Optional.empty(), List.of());

    public Judgement {
        flags = List.copyOf(flags);
    }

    /** Whether all checks pass. */
    public boolean allowed() {
        return failed.isEmpty();
    }
}
