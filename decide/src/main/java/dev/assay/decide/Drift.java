package dev.assay.decide;

import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.lab.Summary;
import dev.assay.statistics.ChangePoints;
import dev.assay.statistics.PopulationStability;
import dev.assay.statistics.Sample;
import dev.assay.statistics.StatisticsException;
import dev.assay.statistics.TwoSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a metric moved over archived runs: the distribution over processes in the recent runs against that in the reference
 * window, and when the level changed.
 *
 * @param metric such as {@code memory.latency, 4 KiB pages}
 * @param history one value per run, by date
 * @param reference how many of the first runs are the reference
 * @param stability of all processes of the recent runs against those of the reference
 * @param different whether the distribution changed at all (Anderson-Darling, permutation)
 * @param changes when the level moved
 */
public record Drift(String metric, String unit, List<Moment> history, int reference, PopulationStability stability,
        TwoSample different, List<Change> changes, double limit) {
    /** The index above which drift is an alarm. */
    public static final double DEFAULT_LIMIT = 0.15;
    /** Fewer runs in a window say nothing about a distribution. */
    static final int LEAST_RUNS = 4;
    private static final double SIGNIFICANCE = 0.05;
    private static final int PERMUTATIONS = 999;

    /** One run. */
    public record Moment(String run, Instant at, double value, List<Double> perProcess) {}

    /**
     * The level moved.
     *
     * @param at the first run of the new level
     */
    public record Change(Moment at, double before, double after, double pValue) {}

    public Drift {
        history = List.copyOf(history);
        changes = List.copyOf(changes);
    }

    /**
     * @param runs of one machine, in any order
     * @param variant the baseline when empty
     * @param reference how many of the first runs are the reference window; half of them when empty
     * @throws DecideException when there are too few runs with that metric
     */
    public static Drift of(List<Run> runs, String experiment, Optional<String> variant, Optional<Integer> reference,
            double limit, long seed) {
        List<Moment> history = new ArrayList<>();
        String unit = "";
        String name = experiment;
        for (Run run : runs.stream().sorted(Comparator.comparing(Run::started)).toList()) {
            Optional<Finding> finding = run.findings().stream()
                    .filter(f -> f.id().equals(experiment) && f.status() == Finding.Status.MEASURED).findFirst();
            Optional<Summary> summary = finding.flatMap(f -> f.summaries().stream()
                    .filter(s -> variant.map(s.variant()::equals).orElse(s.baseline())).findFirst());
            if (summary.isPresent()) {
                unit = finding.get().evidence().card().metric().unit();
                name = experiment + ", " + summary.get().variant();
                history.add(new Moment(run.id(), run.started(), summary.get().headline().value(),
                        summary.get().perProcess()));
            }
        }
        return of(name, unit, history, experiment, reference, limit, seed);
    }

    /** As above, from a store. */
    public static Drift of(History store, String experiment, Optional<String> variant, Optional<Integer> reference,
            double limit, long seed) {
        Optional<History.Series> series = store.series(experiment, variant);
        return of(experiment + series.map(s -> ", " + s.variant()).orElse(""),
                series.map(History.Series::unit).orElse(""),
                series.map(History.Series::moments).orElse(List.of()), experiment, reference, limit, seed);
    }

    private static Drift of(String name, String unit, List<Moment> history, String experiment,
            Optional<Integer> reference, double limit, long seed) {
        int first = reference.orElse(history.size() / 2);
        if (first < LEAST_RUNS || history.size() - first < LEAST_RUNS) {
            throw new DecideException(
                    "drift needs at least " + LEAST_RUNS + " runs in the reference window and after it; of "
                            + experiment + " there are " + history.size() + " in all, "
                            + first + " of them reference; run it more often");
        }
        Sample before = processes(history.subList(0, first));
        Sample after = processes(history.subList(first, history.size()));
        try {
            return new Drift(name, unit, history, first, PopulationStability.of(before, after),
                    TwoSample.andersonDarling(before, after, PERMUTATIONS, seed), changes(history, seed), limit);
        } catch (StatisticsException e) {
            throw new DecideException("the drift of " + name + " cannot be told: " + e.getMessage(), e);
        }
    }

    private static Sample processes(List<Moment> moments) {
        return Sample.of(moments.stream().flatMap(m -> m.perProcess().stream()).mapToDouble(d -> d).toArray());
    }

    private static List<Change> changes(List<Moment> history, long seed) {
        Sample series = Sample.of(history.stream().mapToDouble(Moment::value).toArray());
        return ChangePoints.find(series, SIGNIFICANCE, PERMUTATIONS, seed).stream()
                .map(c -> new Change(history.get(c.index()), c.before(), c.after(), c.pValue()))
                .toList();
    }

    /** Whether the distribution moved beyond the limit, and further than chance moves samples of this size. */
    public boolean alarm() {
        return stability.shifted(limit);
    }
}
