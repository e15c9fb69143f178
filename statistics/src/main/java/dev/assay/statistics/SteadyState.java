package dev.assay.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/** Where a series of iteration times has left its warm-up, if it has. */
public sealed interface SteadyState {
    /**
     * The series is steady from here on.
     *
     * @param from index of the first steady iteration; 0 when there was no warm-up
     */
    record Reached(int from) implements SteadyState {}

    /**
     * The series never settled, or is too short to tell.
     *
     * @param reason what was seen, with figures, and the remedy
     */
    record Unsettled(String reason) implements SteadyState {}

    /** Fewest iterations of which anything is said. */
    int LEAST = 6;

    /** From this length on, means of 5 iterations are looked at instead of single ones. */
    int LEAST_FOR_BATCHES = 50;

    /**
     * The truncation point that gives the remaining mean the least standard error: MSER-5 (White 1997, Simulation 69; White, Cobb &amp;
     * Spratt 2000, WSC), on batches of 5, or of 1 for fewer than {@value #LEAST_FOR_BATCHES} iterations. As usual with MSER, a
     * truncation point in the second half means that the series is too short. What remains must not drift: the means of
     * its two halves may differ by {@code tolerance}, or by more if a Welch test at 1 % sees no difference. That second test
     * finds what MSER cannot: slow creep, and a step late in the series (Barrett et al. 2017, OOPSLA, found such series in
     * a third of JVM benchmarks).
     *
     * @param iterations times in order of execution
     * @param tolerance relative drift that does not matter, above 0; 0.01 is 1 %
     */
    static SteadyState detect(Sample iterations, double tolerance) {
        Require.positive(tolerance, "the tolerated drift");
        int n = iterations.size();
        if (n < LEAST) {
            return new Unsettled("too few iterations to see a steady state: " + n + " of at least " + LEAST
                    + "; let the trial run longer");
        }
        int batch = n < LEAST_FOR_BATCHES ? 1 : 5;
        // The oldest iterations that do not fill a batch go first: they are the likeliest warm-up.
        int skipped = n % batch;
        double[] means = batchMeans(iterations.values(), skipped, batch);
        int cut = leastStandardError(means);
        int from = cut == 0 ? 0 : skipped + cut * batch;
        if (cut >= means.length / 2) {
            return new Unsettled("still changing at iteration " + from + " of " + n
                    + ", in the second half of the series; let the trial run longer");
        }
        return drift(Arrays.copyOfRange(means, cut, means.length), tolerance, from);
    }

    private static double[] batchMeans(double[] values, int skipped, int batch) {
        double[] means = new double[(values.length - skipped) / batch];
        for (int i = 0; i < means.length; i++) {
            int start = skipped + i * batch;
            means[i] = Arrays.stream(values, start, start + batch).average().orElseThrow();
        }
        return means;
    }

    /** MSER's d: the cut, at most halfway, that minimises Σ(y - ȳ)² / (n - d)² of what follows. */
    private static int leastStandardError(double[] means) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int cut = 0; cut <= means.length / 2; cut++) {
            Sample rest = Sample.of(Arrays.copyOfRange(means, cut, means.length));
            double statistic = rest.variance() * (rest.size() - 1) / ((double) rest.size() * rest.size());
            if (statistic < least) {
                least = statistic;
                best = cut;
            }
        }
        return best;
    }

    private static SteadyState drift(double[] steady, double tolerance, int from) {
        Sample early = Sample.of(Arrays.copyOfRange(steady, 0, steady.length / 2));
        Sample late = Sample.of(Arrays.copyOfRange(steady, steady.length / 2, steady.length));
        double change = late.mean() - early.mean();
        double relative = change / Math.abs(early.mean());
        if (early.size() < 2 || Math.abs(relative) <= tolerance || welch(early, late) >= 0.01) {
            return new Reached(from);
        }
        return new Unsettled(
                "drifts by %+.1f %% between the halves of what follows iteration %d; let the trial run longer"
                        .formatted(100 * relative, from));
    }

    /** Two-sided p-value of Welch's test (1947, Biometrika 34). */
    private static double welch(Sample a, Sample b) {
        double va = a.variance() / a.size();
        double vb = b.variance() / b.size();
        if (va + vb == 0) {
            return a.mean() == b.mean() ? 1 : 0;
        }
        double freedom = (va + vb) * (va + vb) / (va * va / (a.size() - 1) + vb * vb / (b.size() - 1));
        double t = Math.abs(a.mean() - b.mean()) / Math.sqrt(va + vb);
        return 2 * TDistribution.of(freedom).survivalProbability(t);
    }
}
