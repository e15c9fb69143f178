package dev.assay.statistics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** At least one finite number, in order of arrival, with its usual descriptions. Immutable. */
public final class Sample {
    /** Makes the median absolute deviation of normal data its standard deviation: 1 / Φ⁻¹(3/4). */
    private static final double NORMAL_DEVIATION_PER_MAD = 1.482602218505602;

    private final double[] arrived;
    private final double[] sorted;
    private final double mean;
    private final double squares;

    private Sample(double[] arrived) {
        if (arrived.length == 0) {
            throw new StatisticsException("a sample needs at least 1 value, this has 0; measure before describing");
        }
        for (int i = 0; i < arrived.length; i++) {
            Require.finite(arrived[i], "value " + i + " of a sample");
        }
        this.arrived = arrived;
        this.sorted = arrived.clone();
        Arrays.sort(sorted);
        // Two passes: the second corrects the rounding of the first (Chan, Golub & LeVeque 1983, Am. Stat. 37).
        double first = 0;
        for (double x : arrived) {
            first += x / arrived.length;
        }
        double sum = 0;
        double sumOfSquares = 0;
        for (double x : arrived) {
            sum += x - first;
            sumOfSquares += (x - first) * (x - first);
        }
        this.mean = first + sum / arrived.length;
        this.squares = Math.max(0, sumOfSquares - sum * sum / arrived.length);
    }

    /** @throws StatisticsException if there is no value, or one is not finite */
    public static Sample of(double... values) {
        return new Sample(values.clone());
    }

    /** The values through a function, in the same order; {@code Math::log} for ratios. */
    public Sample map(DoubleUnaryOperator function) {
        return new Sample(Arrays.stream(arrived).map(function).toArray());
    }

    public int size() {
        return arrived.length;
    }

    /** A copy, in order of arrival. */
    public double[] values() {
        return arrived.clone();
    }

    /** A copy, ascending. */
    public double[] sorted() {
        return sorted.clone();
    }

    double sortedValue(int rank) {
        return sorted[rank];
    }

    double arrivedValue(int index) {
        return arrived[index];
    }

    public double min() {
        return sorted[0];
    }

    public double max() {
        return sorted[sorted.length - 1];
    }

    public double mean() {
        return mean;
    }

    public double median() {
        return quantile(0.5);
    }

    /**
     * The quantile by linear interpolation of order statistics: type 7 of Hyndman & Fan 1996 (Am. Stat. 50), which R, NumPy
     * and most spreadsheets use.
     *
     * @param p 0 (the smallest value) to 1 (the largest)
     */
    public double quantile(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new StatisticsException("a quantile's p lies in 0..1, not " + p + "; the 99th percentile is 0.99");
        }
        double position = (sorted.length - 1) * p;
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /**
     * The interval of a quantile between two of the values, whatever their distribution: how many values lie below the true quantile is binomial
     * (Thompson 1936, Ann. Math. Stat. 7; David &amp; Nagaraja 2003, Order Statistics, 7.1). It covers at least what is asked for; an end that the
     * sample is too small for is infinite: at 95 % the median needs 6 values, the 99th percentile's upper end 368. For one look at a number of values
     * fixed beforehand.
     *
     * @param p above 0 and below 1
     */
    public Interval quantileInterval(double p, double confidence) {
        if (!(p > 0 && p < 1)) {
            throw new StatisticsException("the p of a quantile's interval lies between 0 and 1, not " + p);
        }
        double tail = (1 - Require.confidence(confidence)) / 2;
        BinomialDistribution below = BinomialDistribution.of(size(), p);
        int low = 0;
        while (low < size() && below.cumulativeProbability(low) <= tail) {
            low++;
        }
        int high = size() + 1;
        while (high > 1 && below.survivalProbability(high - 2) <= tail) {
            high--;
        }
        return new Interval(low == 0 ? Double.NEGATIVE_INFINITY : sorted[low - 1],
                high > size() ? Double.POSITIVE_INFINITY : sorted[high - 1], confidence);
    }

    /**
     * Square root of the unbiased variance (divisor n - 1).
     *
     * @throws StatisticsException with fewer than 2 values, whose spread is unknown
     */
    public double standardDeviation() {
        return Math.sqrt(variance());
    }

    /**
     * The unbiased variance (divisor n - 1).
     *
     * @throws StatisticsException with fewer than 2 values, whose spread is unknown
     */
    public double variance() {
        if (arrived.length < 2) {
            throw new StatisticsException(
                    "a standard deviation needs at least 2 values, this sample has 1; measure again");
        }
        return squares / (arrived.length - 1);
    }

    /** Standard deviation of the mean of independent values. */
    public double standardError() {
        return standardDeviation() / Math.sqrt(arrived.length);
    }

    /**
     * Student's interval of the mean: exact for independent normal values, and for fewer than 5 the only one that can keep its confidence (see
     * {@link Bootstrap}). For one look at a number of values that was fixed beforehand; {@link ConfidenceSequence} is for looking as one goes.
     */
    public Interval meanInterval(double confidence) {
        double t = TDistribution.of(Math.max(1, size() - 1))
                .inverseSurvivalProbability((1 - Require.confidence(confidence)) / 2);
        return new Interval(mean - t * standardError(), mean + t * standardError(), confidence);
    }

    /** Median of the distances to the median, not scaled. */
    public double medianAbsoluteDeviation() {
        double median = median();
        return map(x -> Math.abs(x - median)).median();
    }

    /** The median absolute deviation scaled to estimate the standard deviation of normal data, outliers or not. */
    public double robustStandardDeviation() {
        return NORMAL_DEVIATION_PER_MAD * medianAbsoluteDeviation();
    }

    /** The sample drawn by these indices; a bootstrap's resample. */
    Sample pick(int[] indices) {
        double[] picked = new double[indices.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = arrived[indices[i]];
        }
        return new Sample(picked);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sample that && Arrays.equals(arrived, that.arrived);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(arrived);
    }

    @Override
    public String toString() {
        return "Sample" + Arrays.toString(arrived);
    }
}
