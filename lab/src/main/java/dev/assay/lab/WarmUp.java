package dev.assay.lab;

import dev.assay.statistics.Sample;
import dev.assay.statistics.SteadyState;
import java.util.Arrays;
import java.util.List;

/** Which iterations of a process count: those after it has settled. Warm-up is detected, not assumed. */
final class WarmUp {
    /** Drift below this is of no interest to a median. */
    private static final double TOLERATED_DRIFT = 0.02;

    private WarmUp() {}

    /** The settled iterations; the last half when they never settled; all when there are too few to tell. */
    static Sample settled(List<Double> iterations) {
        double[] all = iterations.stream().mapToDouble(Double::doubleValue).toArray();
        if (all.length < SteadyState.LEAST) {
            return Sample.of(all);
        }
        int from = switch (SteadyState.detect(Sample.of(all), TOLERATED_DRIFT)) {
            case SteadyState.Reached(int first) -> first;
            case SteadyState.Unsettled _ -> all.length / 2;
        };
        return Sample.of(Arrays.copyOfRange(all, from, all.length));
    }

    /** Whether the process settled, or reports too few iterations to tell because it warmed up by itself. */
    static boolean settles(List<Double> iterations) {
        return iterations.size() < SteadyState.LEAST || SteadyState.detect(
                Sample.of(iterations.stream().mapToDouble(Double::doubleValue).toArray()),
                TOLERATED_DRIFT) instanceof SteadyState.Reached;
    }
}
