package dev.assay.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a workload finds in its trial: its parameters, its time, and a place to put down what it measured. */
public final class Bench {
    private final Order order;
    private final Map<Point, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final List<Observation.Check> checks = new ArrayList<>();
    private final List<Doubt> doubts = new ArrayList<>();

    Bench(Order order) {
        this.order = order;
    }

    /**
     * A parameter of the variant.
     *
     * @throws IllegalArgumentException when the variant has none of that name
     */
    public String parameter(String name) {
        String value = order.parameters().get(name);
        if (value == null) {
            throw new IllegalArgumentException("the variant has no parameter '" + name + "'; it has "
                    + order.parameters().keySet());
        }
        return value;
    }

    public int number(String name) {
        return Integer.parseInt(parameter(name));
    }

    /** All parameters of the variant. */
    public Map<String, String> parameters() {
        return order.parameters();
    }

    /** For whatever the workload draws; equal for all trials of a block. */
    public long seed() {
        return order.seed();
    }

    /** How long to measure in all, warm-up included. */
    public Duration time() {
        return order.time();
    }

    /** Processors to pin threads to, the preferred one first. */
    public List<Integer> processors() {
        return order.processors();
    }

    /** Values of the metric where nothing within the trial was varied. */
    public void record(double... iterations) {
        record(Point.NONE, iterations);
    }

    /** Values of the metric at a point, iterations in order of time; they are added to those already there. */
    public void record(Point at, double... iterations) {
        List<Double> list = values.computeIfAbsent(at, _ -> new ArrayList<>());
        for (double value : iterations) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a value is a finite number; at '" + at + "' it was " + value);
            }
            list.add(value);
        }
    }

    /** A further number worth keeping; the name carries the unit, such as {@code majorFaults} or {@code codeBytes}. */
    public void figure(String name, double value) {
        figures.put(name, value);
    }

    /** A promise about the result. A broken one makes the trial worthless. */
    public void check(String says, boolean kept) {
        checks.add(new Observation.Check(says, kept));
    }

    public void doubt(Doubt.Kind kind, String says, String remedy) {
        doubts.add(new Doubt(kind, says, remedy));
    }

    Observation observation(long measuredNanos) {
        return new Observation(values, figures, checks, doubts, measuredNanos);
    }
}
