package dev.assay.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/** A quantile estimate that uses all values: less jumpy than one or two order statistics, at the price of listening to outliers. */
public final class HarrellDavis {
    private HarrellDavis() {}

    /**
     * The mean of the order statistics weighted by the Beta((n+1)p, (n+1)(1-p)) distribution of the p-quantile's rank (Harrell &amp; Davis
     * 1982, Biometrika 69).
     *
     * @param p strictly between 0 and 1
     */
    public static double quantile(Sample sample, double p) {
        Require.confidence(p);
        int n = sample.size();
        BetaDistribution rank = BetaDistribution.of((n + 1) * p, (n + 1) * (1 - p));
        double sum = 0;
        double below = 0;
        for (int i = 0; i < n; i++) {
            double upTo = i == n - 1 ? 1 : rank.cumulativeProbability((i + 1.0) / n);
            sum += (upTo - below) * sample.sortedValue(i);
            below = upTo;
        }
        return sum;
    }
}
