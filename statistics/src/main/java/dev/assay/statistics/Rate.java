package dev.assay.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How often something happened.
 *
 * @param hits 0 to {@code trials}
 * @param trials independent ones, at least 1
 */
public record Rate(int hits, int trials) {
    public Rate {
        Require.atLeast(1, trials, "the number of trials");
        if (hits < 0 || hits > trials) {
            throw new StatisticsException("hits lie in 0.." + trials + " for " + trials + " trials, not " + hits);
        }
    }

    /** The observed share, 0 to 1. */
    public double value() {
        return (double) hits / trials;
    }

    /** Clopper &amp; Pearson 1934 (Biometrika 26): never covers less than asked for, so the one to state a limit with. */
    public Interval clopperPearson(double confidence) {
        double tail = (1 - Require.confidence(confidence)) / 2;
        double low = hits == 0 ? 0 : BetaDistribution.of(hits, trials - hits + 1).inverseCumulativeProbability(tail);
        double high = hits == trials
                ? 1
                : BetaDistribution.of(hits + 1, trials - hits).inverseSurvivalProbability(tail);
        return new Interval(low, high, confidence);
    }

    /** Wilson 1927 (JASA 22): covers as asked for on average, shorter than Clopper-Pearson; the one to draw. */
    public Interval wilson(double confidence) {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - Require.confidence(confidence)) / 2);
        double p = value();
        double centre = (p + z * z / (2 * trials)) / (1 + z * z / trials);
        double half = z / (1 + z * z / trials) * Math.sqrt(p * (1 - p) / trials + z * z / (4.0 * trials * trials));
        return new Interval(hits == 0 ? 0 : centre - half, hits == trials ? 1 : centre + half, confidence);
    }
}
