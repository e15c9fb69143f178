package dev.assay.statistics;

/** What an effect's interval says about a time-like quantity, where less is better. */
public enum Verdict {
    /** The variant takes less: the interval excludes 1 and the ratio is at least the smallest effect below it. */
    FASTER,
    /** The variant takes more: the interval excludes 1 and the ratio is at least the smallest effect above it. */
    SLOWER,
    /** Whatever difference there is, it is smaller than the smallest effect: the whole interval is inside it. */
    EQUIVALENT,
    /** The evidence allows more than one of the above. */
    INCONCLUSIVE;

    /**
     * Two thresholds, never one: a difference must be there, and it must be large enough to matter.
     *
     * @param ratio the estimate, variant over baseline
     * @param interval of the ratio
     * @param smallestEffect the smallest relative difference that matters, above 0; 0.01 is 1 %. Ratios from 1/(1+s) to 1+s count as the
     *            same, so that swapping the two sides swaps the verdict.
     */
    public static Verdict decide(double ratio, Interval interval, double smallestEffect) {
        double above = 1 + Require.positive(smallestEffect, "the smallest effect");
        double below = 1 / above;
        if (interval.within(below, above)) {
            return EQUIVALENT;
        }
        if (interval.low() > 1 && ratio >= above) {
            return SLOWER;
        }
        if (interval.high() < 1 && ratio <= below) {
            return FASTER;
        }
        return INCONCLUSIVE;
    }

    /** With the interval's geometric centre as the estimate, for intervals that come without one. */
    public static Verdict decide(Interval interval, double smallestEffect) {
        if (!interval.bounded() || interval.low() <= 0) {
            return INCONCLUSIVE;
        }
        return decide(Math.sqrt(interval.low()) * Math.sqrt(interval.high()), interval, smallestEffect);
    }
}
