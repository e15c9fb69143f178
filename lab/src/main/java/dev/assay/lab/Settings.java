package dev.assay.lab;

import dev.assay.machine.Platform;
import java.time.Duration;

/**
 * How a session is conducted.
 *
 * @param budget the time that all experiments share
 * @param confidence of every interval, such as 0.95
 * @param smallestEffect the relative difference below which nobody cares, such as 0.01
 * @param seed of all that is drawn
 * @param duet whether blocks run their trials at the same time where the cores allow it
 * @param control whether to compare every variant with itself instead (A/A)
 * @param platform on which trials run
 */
public record Settings(Duration budget, double confidence, double smallestEffect, long seed, boolean duet,
        boolean control, Platform platform) {

    public static final Duration DEFAULT_BUDGET = Duration.ofMinutes(4);
    public static final double DEFAULT_CONFIDENCE = 0.95;
    public static final double DEFAULT_SMALLEST_EFFECT = 0.01;

    public Settings {
        if (budget.isNegative() || budget.isZero()) {
            throw new LabException.Usage("the budget must be longer than nothing, not " + budget.toSeconds() + " s");
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new LabException.Usage("the confidence lies between 0.5 and 1, such as 0.95; it was " + confidence);
        }
        if (!(smallestEffect > 0 && smallestEffect < 1)) {
            throw new LabException.Usage("the smallest effect of interest lies between 0 and 1, such as 0.01; it was "
                    + smallestEffect);
        }
    }

    /** With trials on this JDK. */
    public Settings(Duration budget, double confidence, double smallestEffect, long seed, boolean duet,
            boolean control) {
        this(budget, confidence, smallestEffect, seed, duet, control, Platform.current());
    }
}
