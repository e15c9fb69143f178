package dev.assay.lab;

import java.util.Optional;

/**
 * What the machine sheet leads one to expect.
 *
 * @param says a sentence for the reader
 * @param mark where to draw it on the chart, if it has a place there
 */
public record Expectation(String says, Optional<Mark> mark) {
    /**
     * A line on a chart.
     *
     * @param label short, such as "L2 1 MiB"
     * @param coordinate the name of the axis, as in {@link Point}
     */
    public record Mark(String label, String coordinate, long at) {}

    public static Expectation of(String says) {
        return new Expectation(says, Optional.empty());
    }

    public static Expectation at(String says, String label, String coordinate, long at) {
        return new Expectation(says, Optional.of(new Mark(label, coordinate, at)));
    }
}
