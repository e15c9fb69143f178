package dev.assay.decide;

import dev.assay.decide.Claim.Expectation;
import dev.assay.decide.Claim.Subject;
import dev.assay.decide.ClaimVerdict.Kind;
import dev.assay.lab.Card;
import dev.assay.lab.Evidence;
import dev.assay.lab.Experiment;
import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.lab.Settings;
import dev.assay.lab.StoppingRule;
import dev.assay.lab.Variant;
import dev.assay.machine.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds out which experiments claims need, and what a run of them says about each. */
public final class Checker implements AutoCloseable {
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

    /**
     * When the evidence of an experiment is enough: every claim about it is decided. The intervals of ratios, differences and orderings are
     * valid at every look; those of values and quantiles are not, so that such a claim plays no part in when to stop.
     */
    public boolean answered(Evidence evidence, Settings settings) {
        Judge judge = new Judge(evidence, settings, List.of(), Optional.empty());
        List<Claim> about = claims.stream().filter(c -> asks(c).filter(evidence.card().id()::equals).isPresent())
                .toList();
        boolean values = about.stream().anyMatch(Checker::ofOne);
        return about.stream().filter(c -> !ofOne(c)).noneMatch(c -> judge.verdict(c).kind() == Kind.INCONCLUSIVE)
                && (!values || StoppingRule.effectsDecided(evidence, settings));
    }

    /** The id of what a claim must have run here; empty when nothing. */
    private Optional<String> asks(Claim claim) {
        return claim.subject().filter(_ -> claim.untestable().isEmpty() && unmet.get(claim.id()).isEmpty())
                .map(subject -> switch (subject) {
                    case Subject.OfExperiment(String experiment, var _, var _, var _, var _) -> experiment;
                    case Subject.OfCommands(Pair pair, boolean _) -> pair.id();
                    case Subject.OfBenchmark(Pair pair, var _) -> pair.id();
                });
    }

    /** @param run of what is needed; empty when nothing was */
    public List<ClaimVerdict> verdicts(Optional<Run> run) {
        return claims.stream().map(claim -> verdict(claim, run)).toList();
    }

    private ClaimVerdict verdict(Claim claim, Optional<Run> run) {
        if (claim.untestable().isPresent()) {
            return ClaimVerdict.without(claim, Kind.UNTESTABLE, claim.untestable().get());
        }
        Optional<String> elsewhere = run.isPresent()
                ? Conditions.unmet(claim.where(), run.get().machine())
                : unmet.get(claim.id());
        if (elsewhere.isPresent()) {
            return ClaimVerdict.without(claim, Kind.NOT_APPLICABLE, elsewhere.get());
        }
        String id = switch (claim.subject().orElseThrow()) {
            case Subject.OfExperiment subject -> subject.experiment();
            case Subject.OfCommands(Pair pair, boolean _) -> pair.id();
            case Subject.OfBenchmark(Pair pair, var _) -> pair.id();
        };
        Optional<Finding> finding = run.flatMap(r -> r.findings().stream().filter(f -> f.id().equals(id)).findFirst());
        if (finding.isEmpty()) {
            return ClaimVerdict.without(claim, Kind.UNTESTABLE, "the run holds no evidence of " + id);
        }
        if (finding.get().status() != Finding.Status.MEASURED) {
            return ClaimVerdict.without(claim, Kind.UNTESTABLE,
                    finding.get().reason().orElse("it could not be measured"));
        }
        return new Judge(finding.get().evidence(), run.get().settings(), finding.get().doubts(),
                Optional.of(run.get().id()))
                .verdict(claim);
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
}
