package dev.assay.decide;

import dev.assay.lab.Doubt;
import dev.assay.lab.Finding;
import dev.assay.lab.Metric.Better;
import dev.assay.lab.Run;
import dev.assay.lab.Summary;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Sample;
import dev.assay.statistics.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two archived runs side by side: machines, JDKs or dates. Nothing was paired, so whatever else differed between the runs is in
 * the ratio too: that is a doubt, and what was not measured alike is refused.
 *
 * <p>
 * The ratio is of geometric means over processes. Its interval joins one Student interval of the log values per run, each
 * at half of the error, so that both hold together with the confidence asked for (Bonferroni); it is wider than a paired one.
 */
public final class RunComparer {
    private static final int LEAST_PROCESSES = 3;

    private RunComparer() {}

    /**
     * @param threshold the smallest effect of interest
     * @throws DecideException when the runs share nothing that can be compared
     */
    public static Comparison of(Run a, Run b, double threshold, double confidence) {
        Map<String, Finding> before = measured(a);
        Map<String, Finding> after = measured(b);
        List<Comparison.Result> results = new ArrayList<>();
        List<Comparison.Missing> refused = new ArrayList<>();
        List<String> onlyA = new ArrayList<>();
        List<String> onlyB = new ArrayList<>(after.keySet());
        onlyB.removeAll(before.keySet());
        for (Map.Entry<String, Finding> entry : before.entrySet()) {
            Finding other = after.get(entry.getKey());
            if (other == null) {
                onlyA.add(entry.getKey());
            } else {
                compare(entry.getValue(), other, threshold, confidence, results, refused);
            }
        }
        if (results.isEmpty()) {
            throw new DecideException("runs " + a.id() + " and " + b.id() + " share nothing that can be compared"
                    + refused.stream().findFirst().map(r -> ": " + r.name() + ": " + r.reason())
                            .orElse("; the first has " + before.keySet() + ", the second " + after.keySet()));
        }
        return new Comparison(b.id(), List.of(title(a), title(b)), results, List.of(), refused, onlyA, onlyB, threshold,
                confidence, a.seconds() + b.seconds(), doubts(a, b));
    }

    private static String title(Run run) {
        return run.id() + " (" + MachineName.of(run.machine()) + ", " + run.settings().platform().home().getFileName()
                + ")";
    }

    private static Map<String, Finding> measured(Run run) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        run.findings().stream().filter(f -> f.status() == Finding.Status.MEASURED)
                .forEach(f -> findings.put(f.id(), f));
        return findings;
    }

    private static void compare(Finding one, Finding other, double threshold, double confidence,
            List<Comparison.Result> results, List<Comparison.Missing> refused) {
        for (Summary a : one.summaries()) {
            String name = one.id() + ", " + a.variant();
            Optional<Summary> found = other.summaries().stream().filter(s -> s.variant().equals(a.variant()))
                    .findFirst();
            if (found.isEmpty()) {
                refused.add(new Comparison.Missing(name, "the second run has no such variant"));
                continue;
            }
            Summary b = found.get();
            Optional<String> unlike = unlike(one, other, a, b);
            if (unlike.isPresent()) {
                refused.add(new Comparison.Missing(name, unlike.get()));
            } else {
                results.add(result(name, one, other, a, b, threshold, confidence));
            }
        }
    }

    /** Why two variants of the same name were not measured alike; empty when they were. */
    private static Optional<String> unlike(Finding one, Finding other, Summary a, Summary b) {
        if (!one.evidence().card().metric().equals(other.evidence().card().metric())) {
            return Optional.of("the metrics differ: " + one.evidence().card().metric() + " and "
                    + other.evidence().card().metric());
        }
        if (!a.headline().at().equals(b.headline().at())) {
            return Optional.of("the headlines differ: at " + a.headline().at() + " and at " + b.headline().at());
        }
        if (a.perProcess().size() < LEAST_PROCESSES || b.perProcess().size() < LEAST_PROCESSES) {
            return Optional.of("too few processes: " + a.perProcess().size() + " and " + b.perProcess().size()
                    + ", at least " + LEAST_PROCESSES + " are needed");
        }
        boolean positive = a.perProcess().stream().allMatch(v -> v > 0) && b.perProcess().stream().allMatch(v -> v > 0);
        return positive ? Optional.empty() : Optional.of("a ratio needs values above 0");
    }

    private static Comparison.Result result(String name, Finding one, Finding other, Summary a, Summary b,
            double threshold, double confidence) {
        Sample before = logs(a);
        Sample after = logs(b);
        double each = (1 + confidence) / 2;
        Interval of = before.meanInterval(each);
        Interval to = after.meanInterval(each);
        boolean lower = one.evidence().card().metric().better() == Better.LOWER;
        double log = lower ? after.mean() - before.mean() : before.mean() - after.mean();
        Interval interval = lower
                ? new Interval(Math.exp(to.low() - of.high()), Math.exp(to.high() - of.low()), confidence)
                : new Interval(Math.exp(of.low() - to.high()), Math.exp(of.high() - to.low()), confidence);
        double ratio = Math.exp(log);
        List<Doubt> doubts = new ArrayList<>(one.doubts());
        if (!a.parameters().equals(b.parameters())) {
            doubts.add(
                    new Doubt(Doubt.Kind.WORKLOAD, "the parameters of '" + a.variant() + "' differ: " + a.parameters()
                            + " and " + b.parameters(), "compare at equal parameters where sizes matter"));
        }
        other.doubts().stream().filter(d -> !doubts.contains(d)).forEach(doubts::add);
        return new Comparison.Result(name, one.evidence().card().metric(), true, Optional.of(a.headline().value()),
                Optional.of(b.headline().value()), ratio, interval, 1,
                Verdict.decide(ratio, interval, threshold), false,
                Math.min(a.perProcess().size(), b.perProcess().size()), a.processes() + b.processes(),
                one.seconds() + other.seconds(), Optional.empty(), doubts);
    }

    private static Sample logs(Summary summary) {
        return Sample.of(summary.perProcess().stream().mapToDouble(Math::log).toArray());
    }

    /** What else differed between the runs. */
    private static List<Doubt> doubts(Run a, Run b) {
        List<Doubt> doubts = new ArrayList<>();
        String one = MachineName.of(a.machine());
        String other = MachineName.of(b.machine());
        if (!one.equals(other)) {
            doubts.add(new Doubt(Doubt.Kind.OTHER_MACHINE,
                    "the runs are from different machines: " + one + " and " + other
                            + "; a change of the program shows only on one machine",
                    "measure both on one machine: assay ab"));
        } else {
            doubts.add(new Doubt(Doubt.Kind.OTHER_MACHINE,
                    "the runs were made at different times (" + a.started() + " and "
                            + b.started() + "); whatever else changed meanwhile is in the ratio",
                    "interleave both: assay ab"));
        }
        if (!a.settings().platform().equals(b.settings().platform())) {
            doubts.add(
                    new Doubt(Doubt.Kind.OTHER_MACHINE, "the JDKs differ: " + a.settings().platform().home() + " and "
                            + b.settings().platform().home(), "run both on one JDK, unless the JDK is the question"));
        }
        for (Run run : List.of(a, b)) {
            run.doubts().stream().filter(d -> !doubts.contains(d)).forEach(doubts::add);
        }
        return doubts;
    }
}
