package dev.assay.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a session divides its budget before the first trial: how long trials may be, and which experiments must go.
 *
 * @param trialScale factor on the trial time that each card asks for, from {@link #SHORTEST_SCALE} to 1
 * @param taken experiments that fit
 * @param cut experiments that do not, the last ones asked for first
 */
record Plan(double trialScale, List<Course> taken, List<Course> cut) {
    /** Shorter trials measure little but their own start. */
    static final double SHORTEST_SCALE = 0.5;

    /**
     * @throws LabException.Usage when not even one experiment fits
     */
    static Plan of(List<Course> courses, double budgetSeconds) {
        List<Course> taken = new ArrayList<>(courses);
        List<Course> cut = new ArrayList<>();
        while (!taken.isEmpty() && cost(taken, Course.LEAST_BLOCKS, SHORTEST_SCALE) > budgetSeconds) {
            cut.addFirst(taken.removeLast());
        }
        if (taken.isEmpty() && !courses.isEmpty()) {
            double least = courses.stream().mapToDouble(c -> cost(List.of(c), Course.LEAST_BLOCKS, SHORTEST_SCALE))
                    .min().orElseThrow();
            throw new LabException.Usage(String.format(Locale.ROOT,
                    "the budget of %.3g s is too small: %d blocks of the smallest experiment asked for take about %.0f s;"
                            + " raise --budget",
                    budgetSeconds, Course.LEAST_BLOCKS, Math.ceil(least)));
        }
        double scale = 1;
        while (scale > SHORTEST_SCALE && cost(taken, Course.GOOD_BLOCKS, scale) > budgetSeconds) {
            scale = Math.max(SHORTEST_SCALE, scale - 0.05);
        }
        return new Plan(scale, List.copyOf(taken), List.copyOf(cut));
    }

    private static double cost(List<Course> courses, int blocks, double scale) {
        return courses.stream().mapToDouble(c -> blocks * c.secondsPerBlock(scale)).sum();
    }
}
