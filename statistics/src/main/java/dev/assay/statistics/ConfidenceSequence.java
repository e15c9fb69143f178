package dev.assay.statistics;

import java.util.Arrays;

/**
 * Inference on the centre of noisy values that may be looked at after every value: the probability that {@link #interval()}
 * <em>ever</em> misses the centre is at most 1 - confidence, so stopping when the answer pleases does not spoil it.
 *
 * <p>The evidence against a centre μ₀ is the average of two e-processes, and the interval holds the μ₀ whose evidence stays below 1/α, by Ville's inequality:
 * <ul>
 * <li>{@link StudentMixture}, exact for normal values of unknown variance: it decides from 4 or 5 values on;
 * <li>{@link SignBets}, exact for all symmetric values, however heavy their tails: it takes 6 values, but outliers hardly slow it.
 * </ul>
 * Both depend on the x - μ₀ through their ratios only, so both are martingales of the same scale-invariant filtration, and so is their
 * average.
 *
 * <p>Differences within randomised pairs are symmetric about 0 when the two sides are the same, whatever the noise is, so false alarms are the
 * sign bets' exact case; there the mixture t-test errs on the safe side. For skewed differences the two centres, mean and median, part, and coverage of
 * the mean is approximate. Against the mixture t-test alone, the average takes a block more for large effects in normal noise, as many
 * for small ones, and a quarter of the blocks for the same power when one in ten is disturbed (docs/measurements.md).
 *
 * <p>The interval is the one of the values so far, not the running intersection of all intervals: the intersection has the same
 * coverage in theory, but never forgets an early interval that was wrong because the noise was not as assumed.
 *
 * <p>Not safe for use by several threads.
 */
public final class ConfidenceSequence {
    /**
     * The prior's scale c that serves few values best at 95 %: for every number of values from 4 to 40, the mixture t-test's share of the
     * interval (evidence 40) is within 13 % of the least width that any c gives, from 5 to 12 within 5 %.
     */
    public static final double EXPECTED_STANDARDISED_EFFECT = 2.5;

    /** Points tried on either side of the centre before an end of the interval is closed in on. */
    private static final int GRID = 40;

    private final double confidence;
    private final double priorVariance;
    private final boolean robust;
    private final SignBets bets = new SignBets();
    private double[] values = new double[16];
    private int size;
    private double mean;
    private double squares;

    private ConfidenceSequence(double confidence, double expectedStandardisedEffect, boolean robust) {
        this.confidence = Require.confidence(confidence);
        this.priorVariance = Math.pow(Require.positive(expectedStandardisedEffect, "the expected standardised effect"),
                2);
        this.robust = robust;
    }

    /** With the default scale {@link #EXPECTED_STANDARDISED_EFFECT}. */
    public static ConfidenceSequence of(double confidence) {
        return of(confidence, EXPECTED_STANDARDISED_EFFECT);
    }

    /**
     * @param confidence between 0 and 1
     * @param expectedStandardisedEffect c, the effect in standard deviations of one value at which the mixture t-test is sharpest; any
     *            choice made before the data is valid
     */
    public static ConfidenceSequence of(double confidence, double expectedStandardisedEffect) {
        return new ConfidenceSequence(confidence, expectedStandardisedEffect, true);
    }

    /** The mixture t-test alone, for values known to be normal. */
    public static ConfidenceSequence gaussian(double confidence, double expectedStandardisedEffect) {
        return new ConfidenceSequence(confidence, expectedStandardisedEffect, false);
    }

    /** Takes one more value. Returns this sequence. */
    public ConfidenceSequence add(double value) {
        Require.finite(value, "a value of a confidence sequence");
        bets.add(value);
        values = size == values.length ? Arrays.copyOf(values, 2 * size) : values;
        values[size++] = value;
        // Welford 1962, Technometrics 4
        double from = value - mean;
        mean += from / size;
        squares += from * (value - mean);
        return this;
    }

    public int size() {
        return size;
    }

    /**
     * The evidence against a centre of {@code mu0}: at most 1 on average when it is the centre, whenever one stops; 20 or more rejects it
     * at 5 %. E-values of independent questions may be multiplied, of dependent ones averaged.
     */
    public double eValue(double mu0) {
        return Math.exp(logEValue(Require.finite(mu0, "the centre to test")));
    }

    private double logEValue(double mu0) {
        double student = StudentMixture.logEValue(size, squares, mean - mu0, priorVariance);
        if (size < 2) {
            return 0;
        }
        if (!robust) {
            return student;
        }
        double signs = bets.logEValue(mu0);
        double greater = Math.max(student, signs);
        return greater + Math.log1p(Math.exp(-Math.abs(student - signs))) - Math.log(2);
    }

    /**
     * The best single guess of the centre: the median of all pairwise means (Hodges &amp; Lehmann 1963, Ann. Math. Stat. 34), moved into the
     * interval if it is outside; 95.5 % as efficient as the mean for normal values, and hardly moved by outliers. The mean for a sequence made
     * by {@link #gaussian}.
     *
     * @throws StatisticsException if there is no value yet
     */
    public double estimate() {
        Require.atLeast(1, size, "the number of values for an estimate");
        if (!robust) {
            return mean;
        }
        Interval interval = interval();
        return Math.clamp(medianOfPairwiseMeans(), interval.low(), interval.high());
    }

    private double medianOfPairwiseMeans() {
        double[] means = new double[size * (size + 1) / 2];
        int at = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                means[at++] = (values[i] + values[j]) / 2;
            }
        }
        Arrays.sort(means);
        return (means[(means.length - 1) / 2] + means[means.length / 2]) / 2;
    }

    /**
     * The smallest interval that holds all centres that are not ruled out. After an outlier there may be two groups of such centres for a few
     * values; the interval then spans both, which delays a verdict by a block or two and never makes it wrong. Unbounded while there are too few
     * values (fewer than 4 at 95 %).
     */
    public Interval interval() {
        if (size < 2) {
            return Interval.unbounded(confidence);
        }
        double limit = -Math.log(1 - confidence);
        // Where the t-test's share alone exceeds the limit, so does the average: nothing beyond can belong to the interval.
        double outermost = StudentMixture.halfWidth(size, robust ? limit + Math.log(2) : limit, priorVariance);
        if (Double.isInfinite(outermost)) {
            return Interval.unbounded(confidence);
        }
        double half = outermost * Math.sqrt(squares / (size - 1));
        if (!robust || half == 0) {
            return new Interval(mean - half, mean + half, confidence);
        }
        return between(mean - half, mean + half, limit);
    }

    /** The hull of the centres in [from, to] that are not ruled out, found from outside in. */
    private Interval between(double from, double to, double limit) {
        int steps = 2 * GRID;
        int first = 1;
        while (first < steps && logEValue(from + (to - from) * first / steps) >= limit) {
            first++;
        }
        if (first == steps) {
            // Everything is ruled out: the noise is not as assumed. What the t-test's share allows is still valid.
            return new Interval(from, to, confidence);
        }
        int last = steps - 1;
        while (last > first && logEValue(from + (to - from) * last / steps) >= limit) {
            last--;
        }
        double low = end(from + (to - from) * (first - 1) / steps, from + (to - from) * first / steps, limit);
        double high = end(from + (to - from) * (last + 1) / steps, from + (to - from) * last / steps, limit);
        return new Interval(low, high, confidence);
    }

    /** The outer side of the limit, to 1 part in 2²⁰ of a grid step: rounding never narrows the interval. */
    private double end(double outside, double inside, double limit) {
        for (int i = 0; i < 20; i++) {
            double middle = (outside + inside) / 2;
            if (logEValue(middle) >= limit) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return outside;
    }
}
