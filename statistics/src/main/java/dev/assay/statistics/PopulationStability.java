package dev.assay.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The population stability index: how far a current distribution has moved from a reference, Σ (p - q) ln(p/q) over bins that hold equal
 * shares of the reference (Jeffreys' divergence; the index as used in credit scoring: Siddiqi 2006). By custom below 0.1 is stable and above 0.25
 * has shifted, whatever the sample sizes; but without any shift the index is near χ² with bins - 1 degrees of freedom times (1/n + 1/m)
 * (Yurdakul &amp; Naranjo 2020, J. Risk Model Validation 14), so small windows exceed the customary limits by chance.
 *
 * @param index from 0
 * @param bins how many bins were used, at least 2
 * @param byChance what the index exceeds in 5 % of cases without any shift; an alarm needs the index to exceed this too
 */
public record PopulationStability(double index, int bins, double byChance) {
    /** Fewest reference values per bin, so that a bin's share means something. */
    private static final int LEAST_PER_BIN = 5;

    private static final int MOST_BINS = 10;

    /**
     * Compares with at most 10 bins of equal share in the reference, fewer if it has under 50 values or many ties. Half a value is added to
     * every count, so that an empty bin does not make the index infinite.
     *
     * @param reference at least 10 values, not all equal
     * @param current at least 1 value
     */
    public static PopulationStability of(Sample reference, Sample current) {
        Require.atLeast(2 * LEAST_PER_BIN, reference.size(), "the number of reference values");
        double[] edges = edges(reference);
        int bins = edges.length + 1;
        double[] expected = shares(reference, edges);
        double[] found = shares(current, edges);
        double index = 0;
        for (int i = 0; i < bins; i++) {
            index += (found[i] - expected[i]) * Math.log(found[i] / expected[i]);
        }
        double chance = ChiSquaredDistribution.of(bins - 1).inverseSurvivalProbability(0.05)
                * (1.0 / reference.size() + 1.0 / current.size());
        return new PopulationStability(index, bins, chance);
    }

    /** Whether the index exceeds both the limit and what chance explains. */
    public boolean shifted(double limit) {
        return index > limit && index > byChance;
    }

    private static double[] edges(Sample reference) {
        int wanted = Math.min(MOST_BINS, reference.size() / LEAST_PER_BIN);
        double[] edges = new double[wanted - 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = reference.quantile((i + 1.0) / wanted);
        }
        // A bin holds what is above its lower and at most its upper edge: an edge at the maximum would leave the last bin empty.
        double[] distinct = Arrays.stream(edges).distinct().filter(edge -> edge < reference.max()).toArray();
        if (distinct.length == 0) {
            throw new StatisticsException("a reference for a stability index needs values that differ; most of these "
                    + reference.size() + " are " + reference.median() + ". Choose another window or metric");
        }
        return distinct;
    }

    private static double[] shares(Sample sample, double[] edges) {
        double[] counts = new double[edges.length + 1];
        for (double value : sample.values()) {
            int bin = 0;
            while (bin < edges.length && value > edges[bin]) {
                bin++;
            }
            counts[bin]++;
        }
        return Arrays.stream(counts).map(count -> (count + 0.5) / (sample.size() + 0.5 * counts.length)).toArray();
    }
}
