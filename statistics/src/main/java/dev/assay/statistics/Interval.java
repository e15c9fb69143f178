package dev.assay.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * A confidence interval: the range of values that the evidence does not rule out.
 *
 * @param low lower end, in the unit of what is estimated; negative infinity where nothing is ruled out below
 * @param high upper end, at least {@code low}; positive infinity where nothing is ruled out above
 * @param confidence share of such intervals that hold the true value, between 0 and 1
 */
public record Interval(double low, double high, double confidence) {
    public Interval {
        if (Double.isNaN(low) || Double.isNaN(high) || low > high) {
            throw new StatisticsException("an interval's low end must not be above its high end: [" + low + ", " + high
                    + "]; give the smaller value first");
        }
        Require.confidence(confidence);
    }

    /** The interval that rules nothing out. */
    public static Interval unbounded(double confidence) {
        return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, confidence);
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Whether every value of this interval lies in {@code [from, to]}. */
    public boolean within(double from, double to) {
        return from <= low && high <= to;
    }

    /** High end less low end; infinite when an end is. */
    public double width() {
        return high - low;
    }

    public boolean bounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    /**
     * The interval of a transformed quantity. Coverage carries over because the function is monotone.
     *
     * @param monotone increasing or decreasing over this interval, infinite ends included; {@code Math::exp} turns log
     *            ratios into ratios
     */
    public Interval map(DoubleUnaryOperator monotone) {
        double a = monotone.applyAsDouble(low);
        double b = monotone.applyAsDouble(high);
        return new Interval(Math.min(a, b), Math.max(a, b), confidence);
    }
}
