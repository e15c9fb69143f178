package dev.assay.decide;

import dev.assay.lab.Finding;
import dev.assay.lab.Metric.Better;
import dev.assay.lab.Run;
import dev.assay.lab.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Machines ranked for a workload: hard requirements first, then the weighted geometric mean of how close each comes to the best
 * in every criterion, price included. A geometric mean does not depend on which machine the others are measured against.
 *
 * @param ranked those that meet every requirement, the best first
 * @param refused the others, each with the first requirement that it misses
 * @param margins how far the weight of each criterion may move, all others held, before another machine wins
 */
public record Choice(List<Ranked> ranked, List<Comparison.Missing> refused, Map<String, Margin> margins) {
    /** The weight of a criterion is tried from a hundredth to a hundred times what was given. */
    private static final double FARTHEST = 100;
    private static final double STEP = 1.02;

    /**
     * A machine to choose from.
     *
     * @param price in any unit that all share; empty when price does not matter
     */
    public record Candidate(String name, Run run, Optional<Double> price) {}

    /** @param variant of the experiment; its baseline when empty */
    public record Criterion(String experiment, Optional<String> variant, double weight) {
        String title() {
            return experiment + variant.map(v -> ", " + v).orElse("");
        }
    }

    /** What a workload needs. */
    public record Profile(Map<String, Object> requirements, List<Criterion> criteria, double priceWeight) {
        public Profile {
            requirements = Map.copyOf(requirements);
            criteria = List.copyOf(criteria);
            if (criteria.isEmpty()) {
                throw new DecideException(
                        "a profile names at least one criterion: criteria: [{ experiment: …, weight: … }]");
            }
            criteria.stream().filter(c -> !(c.weight() > 0)).findFirst().ifPresent(c -> {
                throw new DecideException("the weight of " + c.title() + " is above 0, not " + c.weight());
            });
        }
    }

    /**
     * @param score 1 is the best in everything
     * @param parts how close it comes to the best, by criterion: 0.5 is half as good
     */
    public record Ranked(String name, double score, Map<String, Double> parts) {}

    /** Factors on a weight within which the winner stays; empty where no factor tried changes it. */
    public record Margin(Optional<Double> down, Optional<Double> up) {}

    public Choice {
        ranked = List.copyOf(ranked);
        refused = List.copyOf(refused);
    }

    public static Choice of(Profile profile, List<Candidate> candidates) {
        List<Candidate> fitting = new ArrayList<>();
        List<Comparison.Missing> refused = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<String> reason = Conditions.unmet(profile.requirements(), candidate.run().machine())
                    .or(() -> profile.criteria().stream().filter(c -> value(candidate, c).isEmpty()).findFirst()
                            .map(c -> "its run has no value of " + c.title()))
                    .or(() -> profile.priceWeight() > 0 && candidate.price().isEmpty()
                            ? Optional.of("it has no price, and price counts")
                            : Optional.empty());
            reason.ifPresentOrElse(r -> refused.add(new Comparison.Missing(candidate.name(), r)),
                    () -> fitting.add(candidate));
        }
        if (fitting.isEmpty()) {
            throw new DecideException("no machine meets the requirements: " + refused.stream()
                    .map(r -> r.name() + ": " + r.reason()).toList());
        }
        Map<String, Map<String, Double>> parts = parts(profile, fitting);
        Map<String, Double> weights = new LinkedHashMap<>();
        profile.criteria().forEach(c -> weights.put(c.title(), c.weight()));
        if (profile.priceWeight() > 0) {
            weights.put("price", profile.priceWeight());
        }
        List<Ranked> ranked = rank(parts, weights);
        Map<String, Margin> margins = new LinkedHashMap<>();
        weights.keySet().forEach(name -> margins.put(name, margin(parts, weights, name, ranked.getFirst().name())));
        return new Choice(ranked, refused, margins);
    }

    private static Optional<Double> value(Candidate candidate, Criterion criterion) {
        return finding(candidate, criterion).flatMap(f -> f.summaries().stream()
                .filter(s -> criterion.variant().map(s.variant()::equals).orElse(s.baseline())).findFirst())
                .map(Summary::headline).map(Summary.Value::value).filter(v -> v > 0);
    }

    private static Optional<Finding> finding(Candidate candidate, Criterion criterion) {
        return candidate.run().findings().stream()
                .filter(f -> f.id().equals(criterion.experiment()) && f.status() == Finding.Status.MEASURED)
                .findFirst();
    }

    private static Map<String, Map<String, Double>> parts(Profile profile, List<Candidate> fitting) {
        Map<String, Map<String, Double>> parts = new LinkedHashMap<>();
        fitting.forEach(c -> parts.put(c.name(), new LinkedHashMap<>()));
        for (Criterion criterion : profile.criteria()) {
            Map<String, Double> costs = new LinkedHashMap<>();
            for (Candidate candidate : fitting) {
                double value = value(candidate, criterion).orElseThrow();
                Better better = finding(candidate, criterion).orElseThrow().evidence().card().metric().better();
                costs.put(candidate.name(), better == Better.LOWER ? value : 1 / value);
            }
            share(costs, criterion.title(), parts);
        }
        if (profile.priceWeight() > 0) {
            Map<String, Double> costs = new LinkedHashMap<>();
            fitting.forEach(c -> costs.put(c.name(), c.price().orElseThrow()));
            share(costs, "price", parts);
        }
        return parts;
    }

    private static void share(Map<String, Double> costs, String name, Map<String, Map<String, Double>> parts) {
        double best = costs.values().stream().mapToDouble(d -> d).min().orElseThrow();
        costs.forEach((machine, cost) -> parts.get(machine).put(name, best / cost));
    }

    private static List<Ranked> rank(Map<String, Map<String, Double>> parts, Map<String, Double> weights) {
        double total = weights.values().stream().mapToDouble(d -> d).sum();
        return parts.entrySet().stream().map(machine -> {
            double log = weights.entrySet().stream()
                    .mapToDouble(w -> w.getValue() / total * Math.log(machine.getValue().get(w.getKey()))).sum();
            return new Ranked(machine.getKey(), Math.exp(log), machine.getValue());
        }).sorted(Comparator.comparingDouble(Ranked::score).reversed().thenComparing(Ranked::name)).toList();
    }

    private static Margin margin(Map<String, Map<String, Double>> parts, Map<String, Double> weights, String name,
            String winner) {
        return new Margin(first(parts, weights, name, winner, 1 / STEP), first(parts, weights, name, winner, STEP));
    }

    private static Optional<Double> first(Map<String, Map<String, Double>> parts, Map<String, Double> weights,
            String name, String winner, double step) {
        for (double factor = step; factor <= FARTHEST && factor >= 1 / FARTHEST; factor *= step) {
            Map<String, Double> moved = new LinkedHashMap<>(weights);
            moved.put(name, weights.get(name) * factor);
            if (!rank(parts, moved).getFirst().name().equals(winner)) {
                return Optional.of(factor);
            }
        }
        return Optional.empty();
    }
}
