package dev.assay.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Bootstrap intervals that resample processes and nothing below them: iterations of one process share its compilation,
 * layout and placement, so resampling them would claim a precision that is not there (Kalibera &amp; Jones 2013, ISMM).
 *
 * <p>From {@value #LEAST_FOR_BCA} processes on the interval is bias-corrected and accelerated (BCa: Efron 1987, JASA 82). Below,
 * the acceleration would come from a jackknife over at most four values, which is noise, so percentiles are used. Both
 * are widened for the bootstrap's known narrowness in small samples (the divisor n instead of n - 1, and a normal in place of
 * a t quantile) by taking the percentiles at the level that Student's t asks for (Hesterberg 2015, Am. Stat. 69, §5.3).
 *
 * <p>No bootstrap sees beyond the largest value it was given: with 3 processes the interval of a mean is at most their range,
 * which holds the true median in only 75 % of cases, whatever confidence was asked for.
 */
public final class Bootstrap {
    /** Fewest processes for which the acceleration is estimated. */
    static final int LEAST_FOR_BCA = 5;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Bootstrap() {}

    /**
     * The interval of a statistic over processes, each represented by one value.
     *
     * @param perProcess one value per process, at least 2
     * @param statistic what is estimated, such as {@code Sample::median}
     * @param confidence between 0 and 1
     * @param resamples at least 100; 2,000 give steady ends at 95 %
     * @param seed the same seed gives the same interval
     */
    public static Interval interval(Sample perProcess, ToDoubleFunction<Sample> statistic, double confidence,
            int resamples,
            long seed) {
        return resampled(perProcess.size(), indices -> statistic.applyAsDouble(perProcess.pick(indices)), confidence,
                resamples, seed);
    }

    /**
     * The interval of a statistic over processes with many values each. A process is drawn whole: its values stay together.
     *
     * @param processes the values of each process, at least 2 processes
     * @param statistic what is estimated from all values of the processes drawn, such as the median of the processes' 99th
     *            percentiles
     */
    public static Interval hierarchical(List<Sample> processes, ToDoubleFunction<List<Sample>> statistic,
            double confidence,
            int resamples, long seed) {
        List<Sample> whole = List.copyOf(processes);
        return resampled(whole.size(), indices -> {
            List<Sample> drawn = new ArrayList<>(indices.length);
            for (int index : indices) {
                drawn.add(whole.get(index));
            }
            return statistic.applyAsDouble(drawn);
        }, confidence, resamples, seed);
    }

    private static Interval resampled(int units, ToDoubleFunction<int[]> statistic, double confidence, int resamples,
            long seed) {
        Require.atLeast(2, units, "the number of processes for a bootstrap");
        Require.atLeast(100, resamples, "the number of resamples");
        Require.confidence(confidence);
        SplittableRandom random = new SplittableRandom(seed);
        double estimate = Require.finite(statistic.applyAsDouble(everyOne(units)), "the bootstrapped statistic");
        double[] replicates = new double[resamples];
        int[] indices = new int[units];
        for (int r = 0; r < resamples; r++) {
            for (int i = 0; i < units; i++) {
                indices[i] = random.nextInt(units);
            }
            replicates[r] = statistic.applyAsDouble(indices);
        }
        Sample distribution = Sample.of(replicates);
        double z = widened(confidence, units);
        double bias = units < LEAST_FOR_BCA ? 0 : bias(replicates, estimate);
        double acceleration = units < LEAST_FOR_BCA ? 0 : acceleration(units, statistic);
        double low = distribution.quantile(level(-z, bias, acceleration));
        double high = distribution.quantile(level(z, bias, acceleration));
        return new Interval(Math.min(low, high), Math.max(low, high), confidence);
    }

    /** The normal quantile that stands for Student's t with the divisor corrected (Hesterberg 2015). */
    private static double widened(double confidence, int units) {
        double t = TDistribution.of(units - 1).inverseSurvivalProbability((1 - confidence) / 2);
        return Math.sqrt(units / (units - 1.0)) * t;
    }

    /** Efron's z0: the normal quantile of the share of replicates below the estimate; ties count half. */
    private static double bias(double[] replicates, double estimate) {
        double below = 0;
        for (double replicate : replicates) {
            below += replicate < estimate ? 1 : replicate == estimate ? 0.5 : 0;
        }
        // Kept off 0 and 1 by half a replicate, so that the quantile is finite.
        double share = Math.clamp(below / replicates.length, 0.5 / replicates.length, 1 - 0.5 / replicates.length);
        return NORMAL.inverseCumulativeProbability(share);
    }

    /** Efron's a, a sixth of the skewness of the jackknife values. */
    private static double acceleration(int units, ToDoubleFunction<int[]> statistic) {
        double[] leftOut = new double[units];
        for (int i = 0; i < units; i++) {
            int[] others = new int[units - 1];
            for (int j = 0; j < others.length; j++) {
                others[j] = j < i ? j : j + 1;
            }
            leftOut[i] = statistic.applyAsDouble(others);
        }
        double mean = Arrays.stream(leftOut).average().orElseThrow();
        double cubes = 0;
        double squares = 0;
        for (double value : leftOut) {
            double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    private static double level(double z, double bias, double acceleration) {
        double shifted = bias + z;
        double denominator = 1 - acceleration * shifted;
        // Beyond the pole the correction has run out: the end is the outermost replicate.
        if (denominator <= 0) {
            return shifted > 0 ? 1 : 0;
        }
        return NORMAL.cumulativeProbability(bias + shifted / denominator);
    }

    private static int[] everyOne(int units) {
        int[] all = new int[units];
        Arrays.setAll(all, i -> i);
        return all;
    }
}
