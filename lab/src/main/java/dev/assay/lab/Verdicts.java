package dev.assay.lab;

import dev.assay.statistics.Verdict;
import java.util.Locale;

/** Verdicts as the contracts spell them. */
public final class Verdicts {
    private Verdicts() {}

    /** {@code faster}, {@code slower}, {@code equivalent} or {@code inconclusive}. */
    public static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    static Verdict ofName(String name) {
        return Verdict.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
