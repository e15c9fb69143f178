package dev.assay.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * The outcome of a test of "both samples come from one distribution". Values must be independent: one per process or per day, never
 * successive iterations.
 *
 * @param statistic the test's own, see the method that made it
 * @param pValue probability of a statistic at least as extreme if there is no difference, 0 to 1
 */
public record TwoSample(double statistic, double pValue) {
    /**
     * Mann &amp; Whitney 1947 (Ann. Math. Stat. 18): sees shifts. The statistic is U of {@code a}; U / (sizes' product) is the probability that
     * a value of {@code a} exceeds one of {@code b}. Exact for small samples without ties.
     */
    public static TwoSample mannWhitney(Sample a, Sample b) {
        MannWhitneyUTest.Result result = MannWhitneyUTest.withDefaults().test(a.values(), b.values());
        return new TwoSample(result.getStatistic(), result.getPValue());
    }

    /**
     * Kolmogorov &amp; Smirnov: sees any difference, best in the middle of the distribution. The statistic is the largest distance of the two
     * distribution functions. Exact for small samples.
     */
    public static TwoSample kolmogorovSmirnov(Sample a, Sample b) {
        KolmogorovSmirnovTest.TwoResult result = KolmogorovSmirnovTest.withDefaults().test(a.values(), b.values());
        return new TwoSample(result.getStatistic(), result.getPValue());
    }

    /**
     * Anderson &amp; Darling for two samples (Pettitt 1976, Biometrika 63; Scholz &amp; Stephens 1987, JASA 82, eq. 3): as Kolmogorov-Smirnov with
     * more weight on the tails, where latency regressions live. The p-value is by permutation: exact for any sizes and ties, never below
     * 1 / (permutations + 1) (Phipson &amp; Smyth 2010, SAGMB 9).
     *
     * @param permutations at least 99
     * @param seed the same seed gives the same p-value
     */
    public static TwoSample andersonDarling(Sample a, Sample b, int permutations, long seed) {
        Require.atLeast(99, permutations, "the number of permutations");
        double[] pooled = Arrays.copyOf(a.values(), a.size() + b.size());
        System.arraycopy(b.values(), 0, pooled, a.size(), b.size());
        double[] sorted = pooled.clone();
        Arrays.sort(sorted);
        if (sorted[0] == sorted[sorted.length - 1]) {
            return new TwoSample(0, 1);
        }
        double observed = andersonDarling(pooled, a.size(), sorted);
        SplittableRandom random = new SplittableRandom(seed);
        int asExtreme = 1;
        for (int i = 0; i < permutations; i++) {
            Shuffle.all(pooled, random);
            // A rounding difference must not make a tie look less extreme.
            asExtreme += andersonDarling(pooled, a.size(), sorted) >= observed * (1 - 1e-12) ? 1 : 0;
        }
        return new TwoSample(observed, (double) asExtreme / (permutations + 1));
    }

    /** A² of the first values against the others: Σ (N·M - j·m)² / (j(N-j)) / (m·n), at the last of tied values only. */
    private static double andersonDarling(double[] pooled, int m, double[] sorted) {
        double[] first = Arrays.copyOf(pooled, m);
        Arrays.sort(first);
        int total = sorted.length;
        double sum = 0;
        int below = 0;
        int tied = 0;
        for (int j = 1; j < total; j++) {
            tied++;
            if (sorted[j - 1] == sorted[j]) {
                continue;
            }
            while (below < m && first[below] <= sorted[j - 1]) {
                below++;
            }
            double distance = (double) total * below - (double) j * m;
            sum += tied * distance * distance / ((double) j * (total - j));
            tied = 0;
        }
        return sum / ((double) m * (total - m));
    }
}
