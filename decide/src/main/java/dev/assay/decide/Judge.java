package dev.assay.decide;

import dev.assay.decide.Claim.Expectation;
import dev.assay.decide.Claim.Subject;
import dev.assay.decide.ClaimVerdict.Kind;
import dev.assay.lab.Doubt;
import dev.assay.lab.Evidence;
import dev.assay.lab.Metric.Better;
import dev.assay.lab.Point;
import dev.assay.lab.Settings;
import dev.assay.statistics.ConfidenceSequence;
import dev.assay.statistics.Interval;
import dev.assay.statistics.PairedEffect;
import dev.assay.statistics.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the evidence of one experiment says about claims. */
final class Judge {
    private final Evidence evidence;
    private final Settings settings;
    private final List<Doubt> doubts;
    private final Optional<String> run;

    /** @param run that holds the evidence, if it is known yet */
    Judge(Evidence evidence, Settings settings, List<Doubt> doubts, Optional<String> run) {
        this.evidence = evidence;
        this.settings = settings;
        this.doubts = doubts;
        this.run = run;
    }

    /** Of a claim about this experiment. */
    ClaimVerdict verdict(Claim claim) {
        String variant = Pair.B;
        String against = Pair.A;
        Point at = evidence.card().headline();
        if (claim.subject().orElseThrow() instanceof Subject.OfExperiment subject) {
            variant = subject.variant().orElse(evidence.variants().getFirst().name());
            against = subject.against().orElse(evidence.variants().getFirst().name());
            Optional<Point> found = point(subject.at());
            if (found.isEmpty()) {
                return ClaimVerdict.without(claim, Kind.UNTESTABLE,
                        "nothing was measured at " + subject.at() + "; there is "
                                + evidence.points().stream().limit(6).toList());
            }
            at = found.get();
        }
        double confidence = settings.confidence();
        Expectation expect = claim.expect().orElseThrow();
        return switch (expect) {
            case Expectation.Ratio(Claim.Bounds bounds) -> ratio(claim, variant, against, at, bounds);
            case Expectation.Difference(Claim.Bounds bounds, String unit) -> {
                double[] differences = evidence.differences(variant, against, at);
                ConfidenceSequence sequence = ConfidenceSequence.of(confidence);
                double scale = scale(unit);
                for (double difference : differences) {
                    sequence.add(scale * difference);
                }
                yield differences.length == 0
                        ? nothing(claim)
                        : judged(claim, bounds, new ClaimVerdict.Effect("difference in " + unit,
                                sequence.estimate(), sequence.interval()), differences.length);
            }
            case Expectation.Value(Claim.Bounds bounds, String unit) ->
                quantile(claim, variant, at, 0.5, bounds, "value", unit);
            case Expectation.Quantile(double p, Claim.Bounds bounds, String unit) ->
                quantile(claim, variant, at, p, bounds, "quantile " + p, unit);
            case Expectation.Ordering(List<String> order) -> ordering(claim, order, at);
        };
    }

    private ClaimVerdict nothing(Claim claim) {
        return ClaimVerdict.without(claim, Kind.UNTESTABLE, "no block has both values");
    }

    private ClaimVerdict judged(Claim claim, Claim.Bounds bounds,
            ClaimVerdict.Effect effect, int processes) {
        Kind kind = bounds.judge(effect.interval().low(), effect.interval().high());
        String reason = String.format(Locale.ROOT, "%s %.4g (%s to %s), expected %s", effect.what(), effect.value(),
                end(effect.interval().low()), end(effect.interval().high()), bounds.words())
                + (kind == Kind.INCONCLUSIVE ? "; more blocks may tell (--budget)" : "");
        return new ClaimVerdict(claim, kind, reason, Optional.of(effect), processes, doubts,
                run);
    }

    private static String end(double end) {
        return Double.isFinite(end) ? String.format(Locale.ROOT, "%.4g", end) : "unbounded";
    }

    private ClaimVerdict ratio(Claim claim, String variant, String against, Point at,
            Claim.Bounds bounds) {
        double[] logs = evidence.logRatios(variant, against, at);
        if (logs.length == 0) {
            return nothing(claim);
        }
        PairedEffect effect = PairedEffect.of(Sample.of(logs), settings.confidence());
        // The evidence is of time-like ratios; a claim speaks of the values themselves.
        PairedEffect own = evidence.card().metric().better() == Better.LOWER ? effect : effect.inverted();
        return judged(claim, bounds, new ClaimVerdict.Effect("ratio", own.ratio(), own.interval()),
                2 * own.blocks());
    }

    private ClaimVerdict quantile(Claim claim, String variant, Point at, double p,
            Claim.Bounds bounds, String what, String unit) {
        double scale = scale(unit);
        double[] values = Arrays.stream(evidence.values(variant, at)).map(v -> scale * v).toArray();
        if (values.length == 0) {
            return nothing(claim);
        }
        Sample sample = Sample.of(values);
        Interval interval = sample.quantileInterval(p, settings.confidence());
        return judged(claim, bounds,
                new ClaimVerdict.Effect(what + " in " + unit, sample.quantile(p), interval),
                values.length);
    }

    /** From the unit of the values to that of the claim. */
    private double scale(String unit) {
        String of = evidence.card().metric().unit();
        return Units.factor(of, unit).orElseThrow(() -> new DecideException(
                "values of " + evidence.card().id() + " are in '" + of + "' in this run, not in '" + unit
                        + "'; measure anew"));
    }

    private ClaimVerdict ordering(Claim claim, List<String> order, Point at) {
        Kind kind = Kind.SUPPORTED;
        List<String> said = new ArrayList<>();
        int processes = 0;
        Optional<ClaimVerdict.Effect> worst = Optional.empty();
        for (int i = 0; i + 1 < order.size(); i++) {
            double[] logs = evidence.logRatios(order.get(i), order.get(i + 1), at);
            if (logs.length == 0) {
                return nothing(claim);
            }
            PairedEffect effect = PairedEffect.of(Sample.of(logs), settings.confidence());
            processes = Math.max(processes, order.size() * effect.blocks());
            Kind one = new Claim.Bounds(Optional.empty(), Optional.of(1.0)).judge(effect.interval().low(),
                    effect.interval().high());
            if (one == Kind.REFUTED || kind == Kind.SUPPORTED && one != Kind.SUPPORTED) {
                kind = one;
                worst = Optional.of(new ClaimVerdict.Effect("ratio of " + order.get(i) + " to " + order.get(i + 1),
                        effect.ratio(), effect.interval()));
            }
            said.add(String.format(Locale.ROOT, "%s / %s %.3g (%.3g to %.3g)", order.get(i), order.get(i + 1),
                    effect.ratio(), effect.interval().low(), effect.interval().high()));
        }
        return new ClaimVerdict(claim, kind, String.join("; ", said), worst, processes, doubts,
                run);
    }

    /** The point at which evidence was taken that has these coordinates. */
    private Optional<Point> point(Map<String, Object> wanted) {
        if (wanted.isEmpty()) {
            return Optional.of(evidence.card().headline());
        }
        List<Point> fitting = new ArrayList<>(evidence.points());
        fitting.removeIf(point -> !point.at().keySet().containsAll(wanted.keySet()));
        for (Map.Entry<String, Object> one : wanted.entrySet()) {
            var values = fitting.stream().mapToLong(p -> p.at().get(one.getKey()));
            long value = switch (String.valueOf(one.getValue())) {
                case "largest" -> values.max().orElse(0);
                case "smallest" -> values.min().orElse(0);
                case String number -> number.matches("-?\\d+") ? Long.parseLong(number) : Long.MIN_VALUE;
            };
            fitting.removeIf(point -> point.at().get(one.getKey()) != value);
        }
        return fitting.stream().findFirst();
    }
}
