package dev.assay.decide;

import dev.assay.decide.Claim.Expectation;
import dev.assay.decide.Claim.Subject;
import dev.assay.decide.ClaimVerdict.Kind;
import dev.assay.lab.Card;
import dev.assay.lab.Experiment;
import dev.assay.lab.Finding;
import dev.assay.lab.Metric.Better;
import dev.assay.lab.Point;
import dev.assay.lab.Run;
import dev.assay.lab.Variant;
import dev.assay.machine.Machine;
import dev.assay.statistics.Bootstrap;
import dev.assay.statistics.ConfidenceSequence;
import dev.assay.statistics.Interval;
import dev.assay.statistics.PairedEffect;
import dev.assay.statistics.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds out which experiments claims need, and what a run of them says about each. */
public final class Checker implements AutoCloseable {
    private static final int RESAMPLES = 2000;
    private static final int LEAST_PROCESSES = 4;

    private final List<Claim> claims;
    private final Map<String, Experiment> catalogue = new LinkedHashMap<>();
    private final Map<String, Object> sheet;
    private final Map<String, Optional<String>> unmet = new LinkedHashMap<>();

    /**
     * @param catalogue all experiments that there are
     * @throws DecideException when claims name an experiment, variant, metric or unit that does not exist
     */
    public Checker(List<Claim> claims, List<Experiment> catalogue, Machine machine) {
        this.claims = List.copyOf(claims);
        catalogue.forEach(e -> this.catalogue.put(e.card().id(), e));
        this.sheet = machine.sheet();
        List<String> wrong = new ArrayList<>();
        for (Claim claim : claims) {
            unmet.put(claim.id(), Conditions.unmet(claim.where(), sheet));
            if (claim.subject().isPresent() && claim.untestable().isEmpty()) {
                Optional<String> flaw = switch (claim.subject().get()) {
                    case Subject.OfExperiment subject -> check(claim, subject, machine);
                    case Subject.OfCommands(Pair pair, boolean compares) -> compares || ofOne(claim)
                            ? otherUnit(claim, pair.card(), "ab")
                            : Optional.of("ab: has no a: to compare with; add it, or expect a value or a quantile");
                    case Subject.OfBenchmark(Pair pair, var _) -> otherUnit(claim, pair.card(), "the benchmark");
                };
                flaw.ifPresent(says -> wrong.add(claim.place() + ": " + claim.id() + ": " + says));
            }
        }
        if (!wrong.isEmpty()) {
            throw new DecideException(String.join(System.lineSeparator(), wrong));
        }
    }

    private Optional<String> check(Claim claim, Subject.OfExperiment subject, Machine machine) {
        Experiment experiment = catalogue.get(subject.experiment());
        if (experiment == null) {
            return Optional.of("there is no experiment '" + subject.experiment() + "'; assay list shows all");
        }
        Card card = experiment.card();
        if (subject.metric().isPresent() && !slug(subject.metric().get()).equals(slug(card.metric().name()))) {
            return Optional.of("the metric of " + card.id() + " is '" + card.metric().name() + "', not '"
                    + subject.metric().get() + "'");
        }
        Optional<String> unit = otherUnit(claim, card, card.id());
        if (unit.isPresent()) {
            return unit;
        }
        boolean runs = unmet.get(claim.id()).isEmpty() && missing(card, machine).isEmpty();
        return runs ? unknownVariant(claim, subject, experiment.variants(machine)) : Optional.empty();
    }

    private static boolean ofOne(Claim claim) {
        return switch (claim.expect().orElseThrow()) {
            case Expectation.Value _,Expectation.Quantile _ -> true;
            case Expectation.Ratio _,Expectation.Difference _,Expectation.Ordering _ -> false;
        };
    }

    private static Optional<String> otherUnit(Claim claim, Card card, String of) {
        String known = card.metric().unit();
        return claim.expect().flatMap(Checker::unit).filter(unit -> Units.factor(known, unit).isEmpty())
                .map(unit -> "values of " + of + " are in " + (known.isEmpty() ? "no unit" : known) + ", not in '"
                        + unit
                        + "'; state the limits in " + (known.isEmpty() ? "the unit that ab: names" : known));
    }

    private static Optional<String> unknownVariant(Claim claim, Subject.OfExperiment subject, List<Variant> variants) {
        List<String> named = new ArrayList<>();
        subject.variant().ifPresent(named::add);
        subject.against().ifPresent(named::add);
        if (claim.expect().orElse(null) instanceof Expectation.Ordering(List<String> order)) {
            named.addAll(order);
        }
        List<String> known = variants.stream().map(Variant::name).toList();
        return named.stream().filter(name -> !known.contains(name)).findFirst().map(
                name -> "there is no variant '" + name + "' in " + subject.experiment() + "; here it has " + known);
    }

    private static Optional<String> unit(Expectation expect) {
        return switch (expect) {
            case Expectation.Difference(var _, String unit) -> Optional.of(unit);
            case Expectation.Value(var _, String unit) -> Optional.of(unit);
            case Expectation.Quantile(double _, var _, String unit) -> Optional.of(unit);
            case Expectation.Ratio _,Expectation.Ordering _ -> Optional.empty();
        };
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("operation$", "op");
    }

    private static Optional<String> missing(Card card, Machine machine) {
        return card.requirements().stream().map(r -> r.missing().apply(machine)).flatMap(Optional::stream).findFirst();
    }

    /** What must be run, each once: experiments and pairs of claims whose conditions hold. */
    public List<Experiment> needed() {
        Map<String, Experiment> needed = new LinkedHashMap<>();
        for (Claim claim : claims) {
            if (claim.subject().isPresent() && claim.untestable().isEmpty() && unmet.get(claim.id()).isEmpty()) {
                Experiment experiment = switch (claim.subject().get()) {
                    case Subject.OfExperiment subject -> catalogue.get(subject.experiment());
                    case Subject.OfCommands(Pair pair, boolean _) -> pair;
                    case Subject.OfBenchmark(Pair pair, var _) -> pair;
                };
                needed.putIfAbsent(experiment.card().id(), experiment);
            }
        }
        return List.copyOf(needed.values());
    }

    /** @param run of what is needed; empty when nothing was */
    public List<ClaimVerdict> verdicts(Optional<Run> run) {
        return claims.stream().map(claim -> verdict(claim, run)).toList();
    }

    private ClaimVerdict verdict(Claim claim, Optional<Run> run) {
        if (claim.untestable().isPresent()) {
            return without(claim, Kind.UNTESTABLE, claim.untestable().get());
        }
        Optional<String> elsewhere = run.isPresent()
                ? Conditions.unmet(claim.where(), run.get().machine())
                : unmet.get(claim.id());
        if (elsewhere.isPresent()) {
            return without(claim, Kind.NOT_APPLICABLE, elsewhere.get());
        }
        String id = switch (claim.subject().orElseThrow()) {
            case Subject.OfExperiment subject -> subject.experiment();
            case Subject.OfCommands(Pair pair, boolean _) -> pair.id();
            case Subject.OfBenchmark(Pair pair, var _) -> pair.id();
        };
        Optional<Finding> finding = run.flatMap(r -> r.findings().stream().filter(f -> f.id().equals(id)).findFirst());
        if (finding.isEmpty()) {
            return without(claim, Kind.UNTESTABLE, "the run holds no evidence of " + id);
        }
        if (finding.get().status() != Finding.Status.MEASURED) {
            return without(claim, Kind.UNTESTABLE, finding.get().reason().orElse("it could not be measured"));
        }
        return judged(claim, finding.get(), run.get());
    }

    /** Ends what benchmarks of claims have started. */
    @Override
    public void close() {
        for (Claim claim : claims) {
            if (claim.subject().orElse(null) instanceof Subject.OfBenchmark(var _, JmhPairs jars)) {
                jars.close();
            }
        }
    }

    private static ClaimVerdict without(Claim claim, Kind kind, String reason) {
        return new ClaimVerdict(claim, kind, reason, Optional.empty(), 0, List.of(), Optional.empty());
    }

    private ClaimVerdict judged(Claim claim, Finding finding, Run run) {
        String variant = Pair.B;
        String against = Pair.A;
        Point at = finding.evidence().card().headline();
        if (claim.subject().orElseThrow() instanceof Subject.OfExperiment subject) {
            variant = subject.variant().orElse(finding.evidence().variants().getFirst().name());
            against = subject.against().orElse(finding.evidence().variants().getFirst().name());
            Optional<Point> found = point(subject.at(), finding);
            if (found.isEmpty()) {
                return without(claim, Kind.UNTESTABLE, "nothing was measured at " + subject.at() + "; there is "
                        + finding.evidence().points().stream().limit(6).toList());
            }
            at = found.get();
        }
        double confidence = run.settings().confidence();
        Expectation expect = claim.expect().orElseThrow();
        return switch (expect) {
            case Expectation.Ratio(Claim.Bounds bounds) -> ratio(claim, finding, run, variant, against, at, bounds);
            case Expectation.Difference(Claim.Bounds bounds, String unit) -> {
                double[] differences = finding.evidence().differences(variant, against, at);
                ConfidenceSequence sequence = ConfidenceSequence.of(confidence);
                double scale = scale(finding, unit);
                for (double difference : differences) {
                    sequence.add(scale * difference);
                }
                yield differences.length == 0
                        ? nothing(claim)
                        : judged(claim, finding, run, bounds, new ClaimVerdict.Effect("difference in " + unit,
                                sequence.estimate(), sequence.interval()), differences.length);
            }
            case Expectation.Value(Claim.Bounds bounds, String unit) ->
                quantile(claim, finding, run, variant, at, 0.5, bounds, "value", unit);
            case Expectation.Quantile(double p, Claim.Bounds bounds, String unit) ->
                quantile(claim, finding, run, variant, at, p, bounds, "quantile " + p, unit);
            case Expectation.Ordering(List<String> order) -> ordering(claim, finding, run, order, at);
        };
    }

    private static ClaimVerdict nothing(Claim claim) {
        return without(claim, Kind.UNTESTABLE, "no block has both values");
    }

    private static ClaimVerdict judged(Claim claim, Finding finding, Run run, Claim.Bounds bounds,
            ClaimVerdict.Effect effect, int processes) {
        Kind kind = bounds.judge(effect.interval().low(), effect.interval().high());
        String reason = String.format(Locale.ROOT, "%s %.4g (%.4g to %.4g), expected %s", effect.what(), effect.value(),
                effect.interval().low(), effect.interval().high(), bounds.words());
        return new ClaimVerdict(claim, kind, reason, Optional.of(effect), processes, finding.doubts(),
                Optional.of(run.id()));
    }

    private static ClaimVerdict ratio(Claim claim, Finding finding, Run run, String variant, String against, Point at,
            Claim.Bounds bounds) {
        double[] logs = finding.evidence().logRatios(variant, against, at);
        if (logs.length == 0) {
            return nothing(claim);
        }
        PairedEffect effect = PairedEffect.of(Sample.of(logs), run.settings().confidence());
        // The evidence is of time-like ratios; a claim speaks of the values themselves.
        PairedEffect own = finding.evidence().card().metric().better() == Better.LOWER ? effect : effect.inverted();
        return judged(claim, finding, run, bounds, new ClaimVerdict.Effect("ratio", own.ratio(), own.interval()),
                2 * own.blocks());
    }

    private static ClaimVerdict quantile(Claim claim, Finding finding, Run run, String variant, Point at, double p,
            Claim.Bounds bounds, String what, String unit) {
        double scale = scale(finding, unit);
        double[] values = Arrays.stream(finding.evidence().values(variant, at)).map(v -> scale * v).toArray();
        if (values.length == 0) {
            return nothing(claim);
        }
        Sample sample = Sample.of(values);
        Interval interval = values.length < LEAST_PROCESSES
                ? Interval.unbounded(run.settings().confidence())
                : Bootstrap.interval(sample, s -> s.quantile(p), run.settings().confidence(), RESAMPLES,
                        run.settings().seed());
        return judged(claim, finding, run, bounds,
                new ClaimVerdict.Effect(what + " in " + unit, sample.quantile(p), interval),
                values.length);
    }

    /** From the unit of the values to that of the claim. */
    private static double scale(Finding finding, String unit) {
        String of = finding.evidence().card().metric().unit();
        return Units.factor(of, unit).orElseThrow(() -> new DecideException(
                "values of " + finding.id() + " are in '" + of + "' in this run, not in '" + unit + "'; measure anew"));
    }

    private static ClaimVerdict ordering(Claim claim, Finding finding, Run run, List<String> order, Point at) {
        Kind kind = Kind.SUPPORTED;
        List<String> said = new ArrayList<>();
        int processes = 0;
        Optional<ClaimVerdict.Effect> worst = Optional.empty();
        for (int i = 0; i + 1 < order.size(); i++) {
            double[] logs = finding.evidence().logRatios(order.get(i), order.get(i + 1), at);
            if (logs.length == 0) {
                return nothing(claim);
            }
            PairedEffect effect = PairedEffect.of(Sample.of(logs), run.settings().confidence());
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
        return new ClaimVerdict(claim, kind, String.join("; ", said), worst, processes, finding.doubts(),
                Optional.of(run.id()));
    }

    /** The point at which evidence was taken that has these coordinates. */
    private static Optional<Point> point(Map<String, Object> wanted, Finding finding) {
        if (wanted.isEmpty()) {
            return Optional.of(finding.evidence().card().headline());
        }
        List<Point> fitting = new ArrayList<>(finding.evidence().points());
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
