package dev.assay.lab;

import dev.assay.statistics.Interval;
import java.util.List;
import java.util.Map;

/**
 * What one variant measured, over all its processes.
 *
 * @param variant by name
 * @param baseline whether it is the first of its experiment
 * @param processes how many processes the figures rest on
 * @param parameters that the variant was given
 * @param headline the value that stands for the variant
 * @param points the values at all points, the headline included when it is one
 * @param perProcess the headline of each process, in the order in which they ran
 */
public record Summary(String variant, boolean baseline, int processes, Map<String, String> parameters, Value headline,
        List<Value> points, List<Double> perProcess) {
    /**
     * A value of the metric: the median over processes of the median within each, with the bootstrap interval over
     * processes.
     */
    public record Value(Point at, double value, Interval interval) {}

    public Summary {
        points = List.copyOf(points);
        perProcess = List.copyOf(perProcess);
    }
}
