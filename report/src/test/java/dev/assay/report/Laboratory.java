package dev.assay.report;

import dev.assay.lab.Block;
import dev.assay.lab.Card;
import dev.assay.lab.Doubt;
import dev.assay.lab.Effect;
import dev.assay.lab.Evidence;
import dev.assay.lab.Expectation;
import dev.assay.lab.Finding;
import dev.assay.lab.Metric;
import dev.assay.lab.Observation;
import dev.assay.lab.Point;
import dev.assay.lab.Summary;
import dev.assay.lab.Surroundings;
import dev.assay.lab.Trial;
import dev.assay.lab.Trial.Outcome;
import dev.assay.lab.Variant;
import dev.assay.statistics.Bootstrap;
import dev.assay.statistics.PairedEffect;
import dev.assay.statistics.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Conducts an experiment on a made-up machine: values come from a formula and noise, all else is as in a session. */
final class Laboratory {
    /** The true value of a variant at a point. */
    interface Truth {
        double at(String variant, Point point);
    }

    private static final double SMALLEST_EFFECT = 0.01;

    private final Card card;
    private final List<Variant> variants;
    private final List<Point> points;
    private final Truth truth;
    private final Random random;
    private final Map<Integer, Outcome> failures = new LinkedHashMap<>();
    private final Map<Integer, String> aside = new LinkedHashMap<>();
    private final List<Doubt> doubts = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private double noise = 0.01;
    private int trials;

    Laboratory(Card card, List<Variant> variants, List<Point> points, Truth truth) {
        this.card = card;
        this.variants = variants;
        this.points = points;
        this.truth = truth;
        this.random = new Random(card.id().hashCode());
    }

    Laboratory noise(double share) {
        noise = share;
        return this;
    }

    /** The n-th trial ends so instead. */
    Laboratory fails(int trial, Outcome outcome) {
        failures.put(trial, outcome);
        return this;
    }

    Laboratory setsAside(int block, String reason) {
        aside.put(block, reason);
        return this;
    }

    Laboratory doubts(Doubt... more) {
        doubts.addAll(List.of(more));
        return this;
    }

    Laboratory expects(Expectation... more) {
        expectations.addAll(List.of(more));
        return this;
    }

    Finding conduct(int blocks) {
        List<Block> done = new ArrayList<>();
        for (int number = 1; number <= blocks; number++) {
            done.add(block(number));
        }
        Evidence evidence = new Evidence(card, variants, done);
        List<Summary> summaries = new ArrayList<>();
        for (Variant variant : variants) {
            summary(evidence, variant).ifPresent(summaries::add);
        }
        return new Finding(card.id(), Finding.Status.MEASURED, Optional.empty(), blocks * variants.size() * 0.9,
                summaries, effects(evidence), doubts, expectations, evidence);
    }

    static Finding untestable(Card card, String reason) {
        return new Finding(card.id(), Finding.Status.UNTESTABLE, Optional.of(reason), 0, List.of(), List.of(),
                List.of(), List.of(), new Evidence(card, List.of(), List.of()));
    }

    private Block block(int number) {
        List<Variant> order = new ArrayList<>(variants);
        Collections.shuffle(order, random);
        double drift = 1 + noise * random.nextGaussian();
        List<Trial> ran = new ArrayList<>();
        for (Variant variant : order) {
            trials++;
            Outcome outcome = failures.getOrDefault(trials, new Outcome.Measured(observe(variant, drift)));
            ran.add(new Trial(trials, variant.name(), 41_000 + 7L * trials, Duration.ofMillis(880 + random.nextInt(90)),
                    outcome, List.of()));
        }
        Surroundings around = new Surroundings(
                Optional.of(aside.containsKey(number) ? 0.62 : 0.03 * random.nextDouble()), Optional.of(0.0),
                Optional.of(0.0), Optional.of(0.004 * random.nextDouble()), Optional.empty(), Optional.of(0.0), 0.2);
        return new Block(number, random.nextLong(), false, ran, around, Optional.ofNullable(aside.get(number)));
    }

    private Observation observe(Variant variant, double drift) {
        Map<Point, List<Double>> values = new LinkedHashMap<>();
        for (Point point : points) {
            double own = truth.at(variant.name(), point) * drift * (1 + noise * random.nextGaussian());
            values.put(point, List.of(own * 1.001, own, own * 0.999));
        }
        return new Observation(values, Map.of(), List.of(new Observation.Check("sum is right", true)), List.of(),
                700_000_000L);
    }

    private List<Double> perProcess(Evidence evidence, String variant, Point point) {
        return evidence.counted().stream().map(b -> value(b, variant, point)).flatMap(Optional::stream).toList();
    }

    private static Optional<Double> value(Block block, String variant, Point point) {
        return block.trials().stream().filter(t -> t.variant().equals(variant)).findFirst()
                .flatMap(Trial::observation).map(o -> o.values().get(point).get(1));
    }

    private Optional<Summary> summary(Evidence evidence, Variant variant) {
        List<Double> headlines = perProcess(evidence, variant.name(), card.headline());
        if (headlines.isEmpty()) {
            return Optional.empty();
        }
        List<Summary.Value> values = points.stream()
                .map(p -> value(p, perProcess(evidence, variant.name(), p))).toList();
        return Optional.of(new Summary(variant.name(), variant.equals(variants.getFirst()), headlines.size(),
                variant.parameters(), value(card.headline(), headlines), values, headlines));
    }

    private static Summary.Value value(Point at, List<Double> perProcess) {
        Sample sample = Sample.of(perProcess.stream().mapToDouble(Double::doubleValue).toArray());
        return new Summary.Value(at, sample.median(),
                Bootstrap.interval(sample, Sample::median, 0.95, perProcess.size() > 100 ? 200 : 400, 7));
    }

    private List<Effect> effects(Evidence evidence) {
        List<Point> at = new ArrayList<>(List.of(card.headline()));
        at.addAll(card.compared());
        List<Effect> effects = new ArrayList<>();
        String baseline = variants.getFirst().name();
        for (Point point : at) {
            for (Variant variant : variants.subList(1, variants.size())) {
                double[] logs = evidence.counted().stream()
                        .filter(b -> value(b, variant.name(), point).isPresent()
                                && value(b, baseline, point).isPresent())
                        .mapToDouble(b -> Math.log(value(b, variant.name(), point).orElseThrow()
                                / value(b, baseline, point).orElseThrow()))
                        .map(log -> card.metric().better() == Metric.Better.LOWER ? log : -log).toArray();
                if (logs.length > 0) {
                    PairedEffect paired = PairedEffect.of(Sample.of(logs), 0.95);
                    var still = paired.blocksStillNeeded(SMALLEST_EFFECT);
                    effects.add(new Effect(variant.name(), baseline, point, paired.ratio(), paired.interval(),
                            paired.logDeviation().stream().boxed().findFirst(), paired.blocks(),
                            paired.verdict(SMALLEST_EFFECT),
                            still.isPresent() ? Optional.of(still.getAsInt() * 1.8) : Optional.empty()));
                }
            }
        }
        return effects;
    }
}
