package dev.assay.lab;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one trial measured.
 *
 * @param values of the experiment's metric, iterations in order of time, by the point where they were taken
 * @param figures further named numbers that the workload found worth keeping; the name carries the unit
 * @param checks what the workload verified about its own result
 * @param doubts of the workload itself
 * @param measuredNanos the time spent in the workload, warm-up included
 */
public record Observation(Map<Point, List<Double>> values, Map<String, Double> figures, List<Check> checks,
        List<Doubt> doubts, long measuredNanos) {
    /** A promise of the workload about its result, and whether it was kept. */
    public record Check(String says, boolean kept) {}

    public Observation {
        Map<Point, List<Double>> copy = new LinkedHashMap<>();
        values.forEach((at, list) -> copy.put(at, List.copyOf(list)));
        values = Collections.unmodifiableMap(copy);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        checks = List.copyOf(checks);
        doubts = List.copyOf(doubts);
    }
}
