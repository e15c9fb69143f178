package dev.assay.decide;

import dev.assay.lab.Doubt;
import dev.assay.lab.Effect;
import dev.assay.lab.Evidence;
import dev.assay.lab.Finding;
import dev.assay.lab.Metric;
import dev.assay.lab.Run;
import dev.assay.lab.Settings;
import dev.assay.lab.StoppingRule;
import dev.assay.lab.Summary;
import dev.assay.lab.Trial;
import dev.assay.statistics.FalseDiscovery;
import dev.assay.statistics.PairedEffect;
import dev.assay.statistics.Sample;
import dev.assay.statistics.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a run of pairs as a comparison, and says when a pair has been answered.
 *
 * <p>
 * Many comparisons: a difference is claimed only if it is among those that the e-BH procedure selects at a false discovery rate of
 * 1 - confidence (Wang &amp; Ramdas 2022), so that of all differences claimed at most that share is expected to be chance. The e-values of
 * stopped sequences are valid at any time of stopping and under any dependence, which p-values of a Benjamini-Hochberg procedure are not. The
 * price in power is small because evidence grows exponentially with blocks: where a difference alone takes the least of 6 blocks, among
 * 200 pairs it takes 9 to 11 (simulated in {@code PowerTest}, seed 54), and a pair is not ended before it has them.
 */
public final class Comparer implements StoppingRule {
    private final int comparisons;

    /** @param comparisons how many pairs are compared in one go */
    public Comparer(int comparisons) {
        this.comparisons = comparisons;
    }

    @Override
    public boolean answered(Evidence evidence, Settings settings) {
        double[] logs = evidence.logRatios(Pair.B, Pair.A);
        if (logs.length < 2) {
            return false;
        }
        return answered(PairedEffect.of(Sample.of(logs), settings.confidence()), comparisons, settings.confidence(),
                settings.smallestEffect());
    }

    static boolean answered(PairedEffect effect, int comparisons, double confidence, double threshold) {
        return switch (effect.verdict(threshold)) {
            case EQUIVALENT -> true;
            case INCONCLUSIVE -> false;
            // As much as e-BH asks of the only difference among all; with more differences it asks for less.
            case FASTER, SLOWER -> effect.eValue() >= comparisons / (1 - confidence);
        };
    }

    /** What the run shows. Pure: the same run, the same comparison. */
    public static Comparison of(Run run, List<Pair> pairs, List<String> subjects, List<String> onlyA,
            List<String> onlyB) {
        Settings settings = run.settings();
        List<Comparison.Result> results = new ArrayList<>();
        List<Comparison.Missing> failures = new ArrayList<>();
        List<Comparison.Missing> unreached = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            Finding finding = run.findings().get(i);
            String name = pairs.get(i).name();
            double[] logs = finding.evidence().logRatios(Pair.B, Pair.A);
            if (finding.status() == Finding.Status.UNTESTABLE) {
                unreached.add(new Comparison.Missing(name, finding.reason().orElse("the budget ended before it")));
            } else if (logs.length == 0) {
                failures.add(new Comparison.Missing(name, reason(finding)));
            } else {
                results.add(result(name, finding, settings, logs, pairs.get(i).metric(), true));
                results.addAll(beside(name, finding, settings, pairs.get(i).metric()));
                if (gaveUp(finding)) {
                    failures.add(new Comparison.Missing(name, reason(finding)));
                }
            }
        }
        return new Comparison(run.id(), subjects, corrected(results, settings), failures, unreached, onlyA, onlyB,
                settings.smallestEffect(), settings.confidence(), run.seconds(), run.doubts());
    }

    /** Whether a side failed in the last blocks, so that the pair ended without having been answered. */
    private static boolean gaveUp(Finding finding) {
        var blocks = finding.evidence().blocks();
        if (blocks.size() < 2) {
            return false;
        }
        return List.of(Pair.A, Pair.B).stream()
                .anyMatch(side -> blocks.subList(blocks.size() - 2, blocks.size()).stream()
                        .allMatch(block -> block.trials().stream()
                                .anyMatch(t -> t.variant().equals(side) && t.failure().isPresent())));
    }

    private static String reason(Finding finding) {
        return finding.evidence().blocks().stream().flatMap(b -> b.trials().stream())
                .filter(t -> t.failure().isPresent())
                .findFirst()
                .map(t -> t.variant() + ": " + t.failure().get() + (t.outcome() instanceof Trial.Outcome.Overran
                        ? "; raise --budget if it needs longer (of commands, --timeout too)"
                        : ""))
                .or(finding::reason).orElse("no block has figures of both sides");
    }

    private static Comparison.Result result(String name, Finding finding, Settings settings, double[] logs,
            Metric metric, boolean decides) {
        PairedEffect effect = PairedEffect.of(Sample.of(logs), settings.confidence());
        OptionalInt more = effect.blocksStillNeeded(settings.smallestEffect());
        double perBlock = finding.seconds() / Math.max(1, finding.evidence().blocks().size());
        return new Comparison.Result(name, metric, decides,
                decides ? headline(finding, Pair.A) : figure(finding, Pair.A, metric),
                decides ? headline(finding, Pair.B) : figure(finding, Pair.B, metric), effect.ratio(),
                effect.interval(), effect.eValue(), effect.verdict(settings.smallestEffect()), false, effect.blocks(),
                2 * effect.blocks(), finding.seconds(),
                more.isPresent() ? Optional.of(more.getAsInt() * perBlock) : Optional.empty(),
                decides ? finding.doubts() : List.<Doubt>of());
    }

    private static Optional<Double> headline(Finding finding, String side) {
        return finding.summaries().stream().filter(s -> s.variant().equals(side)).map(Summary::headline)
                .map(Summary.Value::value).findFirst();
    }

    /** What the kernel tells of a command besides what was asked for. */
    private static List<Comparison.Result> beside(String name, Finding finding, Settings settings, Metric asked) {
        List<Comparison.Result> results = new ArrayList<>();
        for (Measure.Account account : Measure.Account.values()) {
            double[] logs = finding.evidence().logRatiosOfFigure(Pair.B, Pair.A, account.figure());
            if (logs.length > 0 && !account.metric().equals(asked)) {
                results.add(result(name, finding, settings, logs, account.metric(), false));
            }
        }
        return results;
    }

    private static Optional<Double> figure(Finding finding, String side, Metric metric) {
        String figure = java.util.Arrays.stream(Measure.Account.values()).filter(a -> a.metric().equals(metric))
                .findFirst().map(Measure.Account::figure).orElseThrow();
        double[] values = finding.evidence().counted().stream().flatMap(b -> b.trials().stream())
                .filter(t -> t.variant().equals(side)).flatMap(t -> t.observation().stream())
                .map(o -> o.figures().get(figure)).filter(v -> v != null).mapToDouble(Double::doubleValue).toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Sample.of(values).median());
    }

    private static List<Comparison.Result> corrected(List<Comparison.Result> results, Settings settings) {
        List<Integer> deciding = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).decides()) {
                deciding.add(i);
            }
        }
        if (deciding.size() < 2) {
            return results;
        }
        List<Integer> selected = FalseDiscovery.byEValues(deciding.stream().map(i -> results.get(i).eValue()).toList(),
                1 - settings.confidence());
        List<Comparison.Result> corrected = new ArrayList<>(results);
        for (int at = 0; at < deciding.size(); at++) {
            Comparison.Result result = results.get(deciding.get(at));
            boolean differs = result.verdict() == Verdict.FASTER || result.verdict() == Verdict.SLOWER;
            if (differs && !selected.contains(at)) {
                corrected.set(deciding.get(at), withdrawn(result));
            }
        }
        return corrected;
    }

    /** The run with the verdicts of the comparison: an effect that was withdrawn among many is inconclusive. */
    public static Run corrected(Run run, List<Pair> pairs, Comparison comparison) {
        List<String> withdrawn = comparison.results().stream().filter(Comparison.Result::withdrawn)
                .map(Comparison.Result::name).toList();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            Finding finding = run.findings().get(i);
            findings.add(withdrawn.contains(pairs.get(i).name()) ? inconclusive(finding) : finding);
        }
        return new Run(run.id(), run.started(), run.seconds(), run.settings(), run.machine(), findings, run.doubts());
    }

    private static Finding inconclusive(Finding f) {
        List<Effect> effects = f.effects().stream().map(e -> new Effect(e.variant(), e.against(), e.at(), e.ratio(),
                e.interval(), e.spread(), e.blocks(), Verdict.INCONCLUSIVE, Optional.empty())).toList();
        return new Finding(f.id(), f.status(), f.reason(), f.seconds(), f.summaries(), effects, f.doubts(),
                f.expectations(), f.evidence());
    }

    private static Comparison.Result withdrawn(Comparison.Result r) {
        return new Comparison.Result(r.name(), r.metric(), r.decides(), r.a(), r.b(), r.ratio(), r.interval(),
                r.eValue(), Verdict.INCONCLUSIVE, true, r.blocks(), r.processes(), r.seconds(), Optional.empty(),
                r.doubts());
    }
}
