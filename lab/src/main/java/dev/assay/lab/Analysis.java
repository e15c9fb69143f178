package dev.assay.lab;

import dev.assay.lab.Metric.Better;
import dev.assay.statistics.Bootstrap;
import dev.assay.statistics.Interval;
import dev.assay.statistics.PairedEffect;
import dev.assay.statistics.Sample;
import dev.assay.statistics.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** What evidence shows: summaries of variants and effects between them. Pure: the same evidence, the same answer. */
final class Analysis {
    private static final int RESAMPLES = 2000;
    private static final int FEWEST_FOR_BOOTSTRAP = 5;

    private final Evidence evidence;
    private final Settings settings;

    Analysis(Evidence evidence, Settings settings) {
        this.evidence = evidence;
        this.settings = settings;
    }

    /** The value of one process at a point: the median of its iterations, those of the warm-up left out. */
    static OptionalDouble valueOf(Observation observation, Point at) {
        List<Double> iterations = observation.values().get(at);
        if (iterations == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(WarmUp.settled(iterations).median());
    }

    List<Summary> summaries() {
        List<Summary> summaries = new ArrayList<>();
        for (Variant variant : evidence.variants()) {
            summary(variant).ifPresent(summaries::add);
        }
        return summaries;
    }

    private Optional<Summary> summary(Variant variant) {
        List<Observation> observations = new ArrayList<>();
        evidence.counted().forEach(block -> block.of(variant.name()).ifPresent(observations::add));
        List<Double> headlines = perProcess(observations, evidence.card().headline());
        if (headlines.isEmpty()) {
            return Optional.empty();
        }
        List<Summary.Value> points = new ArrayList<>();
        for (Point at : evidence.points()) {
            List<Double> values = perProcess(observations, at);
            if (!values.isEmpty()) {
                points.add(value(at, values));
            }
        }
        return Optional.of(new Summary(variant.name(), variant.equals(evidence.baseline()), headlines.size(),
                variant.parameters(), value(evidence.card().headline(), headlines), points, headlines));
    }

    private static List<Double> perProcess(List<Observation> observations, Point at) {
        List<Double> values = new ArrayList<>();
        for (Observation observation : observations) {
            valueOf(observation, at).ifPresent(values::add);
        }
        return values;
    }

    private Summary.Value value(Point at, List<Double> perProcess) {
        Sample sample = Sample.of(perProcess.stream().mapToDouble(Double::doubleValue).toArray());
        return new Summary.Value(at, sample.median(), interval(sample));
    }

    /** No bootstrap sees beyond the values that it was given, so a handful of processes gets Student's interval. */
    private Interval interval(Sample perProcess) {
        if (perProcess.size() < 2) {
            return Interval.unbounded(settings.confidence());
        }
        if (perProcess.size() < FEWEST_FOR_BOOTSTRAP) {
            return perProcess.meanInterval(settings.confidence());
        }
        return Bootstrap.interval(perProcess, Sample::median, settings.confidence(), RESAMPLES, settings.seed());
    }

    /** Effects at the headline first, then at the further points that the card compares. */
    List<Effect> effects(double secondsPerBlock) {
        Set<Point> at = new LinkedHashSet<>();
        at.add(evidence.card().headline());
        at.addAll(evidence.card().compared());
        List<Effect> effects = new ArrayList<>();
        for (Point point : at) {
            for (Variant variant : evidence.variants()) {
                evidence.rival(variant)
                        .flatMap(rival -> effect(variant.name(), rival, point, secondsPerBlock))
                        .ifPresent(effects::add);
            }
        }
        return effects;
    }

    private Optional<Effect> effect(String variant, String against, Point at, double secondsPerBlock) {
        double[] logs = logRatios(evidence, variant, against, at);
        if (logs.length == 0) {
            return Optional.empty();
        }
        PairedEffect paired = PairedEffect.of(Sample.of(logs), settings.confidence());
        Verdict verdict = paired.verdict(settings.smallestEffect());
        OptionalInt blocks = paired.blocksStillNeeded(settings.smallestEffect());
        Optional<Double> seconds = blocks.isPresent()
                ? Optional.of(blocks.getAsInt() * secondsPerBlock)
                : Optional.empty();
        return Optional.of(new Effect(variant, against, at, paired.ratio(), paired.interval(),
                paired.logDeviation().stream().boxed().findFirst(),
                paired.blocks(), verdict, seconds));
    }

    /** One per block that counts and has both values, oriented so that above 0 the variant is slower. */
    static double[] logRatios(Evidence evidence, String variant, String against, Point at) {
        Better better = evidence.card().metric().better();
        return evidence.counted().stream().map(block -> logRatio(block, variant, against, at, better))
                .filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).toArray();
    }

    private static OptionalDouble valueOf(Block block, String variant, Point at) {
        return block.of(variant).map(observation -> valueOf(observation, at)).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble logRatio(Block block, String variant, String against, Point at, Better better) {
        OptionalDouble one = valueOf(block, variant, at);
        OptionalDouble other = valueOf(block, against, at);
        if (one.isEmpty() || other.isEmpty() || one.getAsDouble() <= 0 || other.getAsDouble() <= 0) {
            return OptionalDouble.empty();
        }
        double log = Math.log(one.getAsDouble() / other.getAsDouble());
        return OptionalDouble.of(better == Better.LOWER ? log : -log);
    }
}
