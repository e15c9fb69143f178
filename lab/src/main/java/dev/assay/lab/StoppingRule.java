package dev.assay.lab;

import dev.assay.statistics.Verdict;
import java.util.List;

/** When the evidence of an experiment is enough. Asked after every block that counts, from the sixth on. */
@FunctionalInterface
public interface StoppingRule {
    boolean answered(Evidence evidence, Settings settings);

    /** The usual rule: every effect has a verdict. */
    static boolean effectsDecided(Evidence evidence, Settings settings) {
        List<Effect> effects = new Analysis(evidence, settings).effects(1);
        return !effects.isEmpty() && effects.stream().noneMatch(e -> e.verdict() == Verdict.INCONCLUSIVE);
    }
}
