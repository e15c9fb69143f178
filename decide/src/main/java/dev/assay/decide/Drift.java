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
 * @param machine whose runs these are
 * @param elsewhere how many runs of other machines were left out
 * @param metric such as {@code memory.latency, 4 KiB pages}
 * @param history one value per run, by date
 * @param reference how many of the first runs are the reference
 * @param stability of all processes of the recent runs against those of the reference
 * @param different whether the distribution changed at all (Anderson-Darling, permutation)
 * @param changes when the level moved
 */
public record Drift(String machine, int elsewhere, String metric, String unit, List<Moment> history, int reference,
        PopulationStability stability,
        TwoSample different, List<Change> changes, double limit) {
    /** The index above which drift is an alarm. */
    public static final double DEFAULT_LIMIT = 0.15;
    /** Fewer runs in a window say nothing about a distribution. */
    static final int LEAST_RUNS = 4;
    private static final double SIGNIFICANCE = 0.05;
    private static final int PERMUTATIONS = 999;

    /**
     * What to look at.
     *
     * @param variant the baseline when empty
     * @param machine a part of its name; that of the latest run when empty, for machines differ more than days do
     * @param reference how many of the first runs are the reference window; half of them when empty
     */
    public record Query(String experiment, Optional<String> variant, Optional<String> machine,
            Optional<Integer> reference) {}

    /** A run as a source has it. */
    record Entry(String machine, String variant, String unit, Moment moment) {}

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
     * @param runs in any order
     * @throws DecideException when there are too few runs with that metric
     */
    public static Drift of(List<Run> runs, Query query, double limit, long seed) {
        List<Entry> entries = new ArrayList<>();
        for (Run run : runs.stream().sorted(Comparator.comparing(Run::started)).toList()) {
            Optional<Finding> finding = run.findings().stream()
                    .filter(f -> f.id().equals(query.experiment()) && f.status() == Finding.Status.MEASURED)
                    .findFirst();
            finding.flatMap(f -> f.summaries().stream()
                    .filter(s -> query.variant().map(s.variant()::equals).orElse(s.baseline())).findFirst())
                    .ifPresent(s -> entries.add(new Entry(MachineName.of(run.machine()), s.variant(),
                            finding.get().evidence().card().metric().unit(),
                            new Moment(run.id(), run.started(), s.headline().value(), s.perProcess()))));
        }
        return ofEntries(entries, query, limit, seed);
    }

    /** As above, from a store. */
    public static Drift of(History store, Query query, double limit, long seed) {
        return ofEntries(store.entries(query.experiment(), query.variant()), query, limit, seed);
    }

    /** @param entries by date */
    private static Drift ofEntries(List<Entry> entries, Query query, double limit, long seed) {
        String machine = machine(entries, query);
        List<Entry> here = entries.stream().filter(e -> e.machine().equals(machine)).toList();
        List<Moment> history = here.stream().map(Entry::moment).toList();
        int first = query.reference().orElse(history.size() / 2);
        if (first < LEAST_RUNS || history.size() - first < LEAST_RUNS) {
            throw new DecideException(
                    "drift needs at least " + LEAST_RUNS + " runs in the reference window and after it; of "
                            + query.experiment() + " there are " + history.size() + " in all"
                            + (entries.isEmpty() ? "" : " on " + machine) + ", " + first
                            + " of them reference; run it more often"
                            + (entries.size() > here.size()
                                    ? ", or name another machine (--machine): " + machines(entries)
                                    : ""));
        }
        String name = query.experiment() + ", " + here.getLast().variant();
        String unit = here.getLast().unit();
        Sample before = processes(history.subList(0, first));
        Sample after = processes(history.subList(first, history.size()));
        try {
            return new Drift(machine, entries.size() - here.size(), name, unit, history, first,
                    PopulationStability.of(before, after),
                    TwoSample.andersonDarling(before, after, PERMUTATIONS, seed), changes(history, seed), limit);
        } catch (StatisticsException e) {
            throw new DecideException("the drift of " + name + " cannot be told: " + e.getMessage(), e);
        }
    }

    private static String machine(List<Entry> entries, Query query) {
        String part = query.machine().orElse("");
        List<Entry> fitting = entries.stream().filter(e -> e.machine().contains(part)).toList();
        if (fitting.isEmpty() && !entries.isEmpty()) {
            throw new DecideException("no machine with runs of " + query.experiment() + " is named like '" + part
                    + "'; there is " + machines(entries));
        }
        return fitting.isEmpty() ? "" : fitting.getLast().machine();
    }

    private static String machines(List<Entry> entries) {
        return String.join("; ", entries.stream().map(Entry::machine).distinct().toList());
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
