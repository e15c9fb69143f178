package dev.assay.lab;

import java.time.Duration;

/** What a session did last; a session is a sequence of steps that a reader pulls. */
public sealed interface Step {
    /**
     * A trial ended.
     *
     * @param number among all trials of the session
     */
    record TrialEnded(String experiment, int block, int number, Trial trial, Pace pace) implements Step {}

    /** A block is complete, and was kept or set aside. */
    record BlockEnded(String experiment, Block block, Pace pace) implements Step {}

    /** An experiment has come to its end; more experiments may still run. */
    record ExperimentEnded(Finding finding, Pace pace) implements Step {}

    /**
     * How far the session is.
     *
     * @param elapsed since it began
     * @param remaining until it ends, as far as one can tell
     */
    record Pace(Duration elapsed, Duration remaining) {
        public Pace {
            if (remaining.isNegative()) {
                remaining = Duration.ZERO;
            }
        }
    }

    Pace pace();
}
