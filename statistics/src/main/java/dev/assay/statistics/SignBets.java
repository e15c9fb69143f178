package dev.assay.statistics;

import java.util.Arrays;

/**
 * Bets on which side of μ₀ the next value falls: a test martingale for "every value is symmetric about μ₀ given those before it",
 * whatever the shape, tails and spread.
 *
 * <p>Given the size |y| of y = x - μ₀, symmetry makes both signs equally likely, so staking the share q on "+" multiplies the capital
 * by 2q or 2(1 - q), which is 1 on average for every q chosen from the past and |y| (de la Peña 1999, Ann. Probab. 27;
 * Ramdas, Ruf, Larsson &amp; Koolen 2022 show that all tests of symmetry are of this kind). Validity never depends on how well q is chosen, only
 * power does. Here q is the likelihood of +|y| against -|y| under Student's t with {@value #TAIL} degrees of freedom around the median of the
 * past, whose redescending odds are not impressed by outliers:
 * <pre>{@code
 *   log q/(1-q) = (ν+1)/2 · [ log(1 + (y+m)²/(νs²)) - log(1 + (y-m)²/(νs²)) ],     m = median of the past - μ₀
 *   s² = ((i-1)·MAD² + w·(m²+MAD²)/c²) / (i-1+w) · (1 + π/2i)                      after i values
 * }</pre>
 * s² draws the squared MAD towards a spread at which the effect would be c standard deviations, and adds the median's own variance. The first
 * value has no past and is not bet on; nor are those after the first {@value #LAST_BET}.
 */
final class SignBets {
    /** ν, the degrees of freedom of the predictive t; chosen with w and c by simulation (measurements/statistics.sh). */
    private static final double TAIL = 3;
    /** w, how many values the prior of the spread is worth. */
    private static final double PRIOR_VALUES = 4;
    /** c², of the prior of the spread. */
    private static final double PRIOR_VARIANCE = 4;
    private static final double NORMAL_DEVIATION_PER_MAD = 1.482602218505602;

    /**
     * No bets after this many values. Skewed values are symmetric about nothing, and given time the bets would rule out their mean: at a skewness
     * of 0.7 the average of both e-processes misses the mean of 200 values in 6.2 % of cases if betting goes on, in 5.1 % if it stops here.
     */
    static final int LAST_BET = 100;

    private final double[] values = new double[LAST_BET];
    private final double[] sorted = new double[LAST_BET];
    /** Median and scaled squared MAD of the values before each value. */
    private final double[] medians = new double[LAST_BET];
    private final double[] spreads = new double[LAST_BET];
    private int size;

    void add(double value) {
        if (size == LAST_BET) {
            return;
        }
        if (size > 0) {
            double median = (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
            medians[size] = median;
            spreads[size] = Math.pow(NORMAL_DEVIATION_PER_MAD * medianDistance(median), 2);
        }
        values[size] = value;
        int at = Arrays.binarySearch(sorted, 0, size, value);
        int rank = at < 0 ? -at - 1 : at;
        System.arraycopy(sorted, rank, sorted, rank + 1, size - rank);
        sorted[rank] = value;
        size++;
    }

    /** Median distance to the median, by merging the distances below and above it, both of which are in order. */
    private double medianDistance(double median) {
        int above = size / 2;
        int below = above - 1;
        double last = 0;
        double secondToLast = 0;
        for (int taken = 0; taken <= size / 2; taken++) {
            secondToLast = last;
            double down = below >= 0 ? median - sorted[below] : Double.POSITIVE_INFINITY;
            double up = above < size ? sorted[above] - median : Double.POSITIVE_INFINITY;
            if (down <= up) {
                last = down;
                below--;
            } else {
                last = up;
                above++;
            }
        }
        return size % 2 == 1 ? last : (last + secondToLast) / 2;
    }

    /** The logarithm of the capital that a stake of 1 has become. */
    double logEValue(double mu0) {
        double log = 0;
        for (int i = 1; i < size; i++) {
            log += logGrowth(i, mu0);
        }
        return log;
    }

    private double logGrowth(int i, double mu0) {
        double y = values[i] - mu0;
        double m = medians[i] - mu0;
        double spread = ((i - 1) * spreads[i] + PRIOR_VALUES * (m * m + spreads[i]) / PRIOR_VARIANCE)
                / (i - 1 + PRIOR_VALUES)
                * (1 + Math.PI / 2 / i);
        // No past spread and no past distance: nothing to bet on.
        if (spread == 0) {
            return 0;
        }
        double scale = TAIL * spread;
        double odds = (TAIL + 1) / 2 * Math.log((scale + (y + m) * (y + m)) / (scale + (y - m) * (y - m)));
        // log 2q for the side that came, where q = 1 / (1 + exp(-odds))
        return Math.log(2) - Math.log1p(Math.exp(-odds));
    }
}
