package dev.assay.statistics;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The ratio of two variants, from blocks in which both ran close in time: the centre of the within-block log ratios, with an
 * interval that is valid however often one looked before (see {@link ConfidenceSequence}). Taking ratios within blocks
 * cancels what hits both variants of a block alike; logs make "twice" and "half" equally far from 1.
 *
 * @param ratio variant over baseline, a robust geometric mean over blocks: see {@link ConfidenceSequence#estimate()}
 * @param interval of the ratio; from 0 to infinity while there are too few blocks
 * @param eValue evidence against a ratio of 1, see {@link ConfidenceSequence#eValue}; what {@link FalseDiscovery#byEValues} takes when
 *            many comparisons are made
 * @param blocks how many blocks, at least 1
 * @param logDeviation standard deviation of the log ratios, about the relative spread of one block; empty with 1 block
 */
public record PairedEffect(double ratio, Interval interval, double eValue, int blocks, OptionalDouble logDeviation) {
    /** Beyond this many blocks a forecast is "not within reach". */
    private static final int FARTHEST_FORECAST = 100_000;

    public PairedEffect {
        Require.positive(ratio, "a ratio");
        Require.atLeast(1, blocks, "the number of blocks");
    }

    /**
     * The log ratios of paired measurements.
     *
     * @param baseline one positive value per block
     * @param variant as many positive values, in the same order of blocks
     */
    public static Sample logRatios(double[] baseline, double[] variant) {
        if (baseline.length != variant.length) {
            throw new StatisticsException(
                    "paired measurements need as many of each: " + baseline.length + " of the baseline, "
                            + variant.length + " of the variant; leave out blocks that lack one");
        }
        double[] logs = new double[baseline.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(Require.positive(variant[i], "a measurement of the variant"))
                    - Math.log(Require.positive(baseline[i], "a measurement of the baseline"));
        }
        return Sample.of(logs);
    }

    private static double measured(double value, String side, int block) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new StatisticsException(
                    "a ratio needs measurements above 0, the " + side + "'s in block " + block + " is " + value
                            + "; set the block aside, or measure for longer than one tick of the clock");
        }
        return value;
    }

    /** The effect that these log ratios show, one per block. */
    public static PairedEffect of(Sample logRatios, double confidence) {
        ConfidenceSequence sequence = ConfidenceSequence.of(confidence);
        for (double logRatio : logRatios.values()) {
            sequence.add(logRatio);
        }
        OptionalDouble deviation = logRatios.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(logRatios.standardDeviation());
        return new PairedEffect(Math.exp(sequence.estimate()), sequence.interval().map(Math::exp), sequence.eValue(0),
                logRatios.size(), deviation);
    }

    /**
     * The effect when measurements come in steps, such as user time in ticks of 10 ms. Where the spread is at least half a step, rounding acts
     * as one more noise and averages out (Widrow &amp; Kollár 2008, "Quantization Noise", ch. 4). Below that, equal readings say nothing about
     * what lies inside a step: a log ratio may be off by a step, and blocks may differ by as much as would still round to the same, so the
     * interval is widened by both.
     *
     * @param resolution the step relative to the measured value, 0 for none: 10 ms on 2 s is 0.005
     */
    public static PairedEffect of(Sample logRatios, double confidence, double resolution) {
        PairedEffect effect = of(logRatios, confidence);
        if (!(resolution >= 0) || Double.isInfinite(resolution)) {
            throw new StatisticsException(
                    "a resolution is a step relative to the value, at least 0, not " + resolution);
        }
        if (effect.logDeviation.isEmpty() || effect.logDeviation.getAsDouble() >= resolution / 2) {
            return effect;
        }
        double step = resolution * (1 + effect.halfWidth(effect.blocks) / 2);
        Interval wider = new Interval(effect.interval.low() * Math.exp(-step), effect.interval.high() * Math.exp(step),
                confidence);
        double eValue = wider.contains(1) ? Math.min(effect.eValue, 1) : effect.eValue;
        return new PairedEffect(effect.ratio, wider, eValue, effect.blocks, effect.logDeviation);
    }

    /** The effect seen from the other side: baseline over variant. */
    public PairedEffect inverted() {
        return new PairedEffect(1 / ratio, interval.map(r -> 1 / r), eValue, blocks, logDeviation);
    }

    /** @param smallestEffect see {@link Verdict#decide(double, Interval, double)} */
    public Verdict verdict(double smallestEffect) {
        return Verdict.decide(ratio, interval, smallestEffect);
    }

    /**
     * How many more blocks until a verdict, if the ratio and spread seen so far are the true ones: 0 when there is one already, empty
     * when none is in reach, as when the ratio is just the smallest effect or only one block was run. A forecast, not a promise: after 6 blocks of
     * normal noise it took 0.6 to 0.8 of the forecast in the median, and up to 2.5 times as much in one case of ten (docs/measurements.md).
     */
    public OptionalInt blocksStillNeeded(double smallestEffect) {
        if (verdict(smallestEffect) != Verdict.INCONCLUSIVE) {
            return OptionalInt.of(0);
        }
        if (blocks < 2 || !decides(FARTHEST_FORECAST, smallestEffect)) {
            return OptionalInt.empty();
        }
        // The interval only narrows with more blocks, so the first that decides is found by halving.
        int undecided = blocks;
        int decided = FARTHEST_FORECAST;
        while (decided - undecided > 1) {
            int middle = undecided + (decided - undecided) / 2;
            if (decides(middle, smallestEffect)) {
                decided = middle;
            } else {
                undecided = middle;
            }
        }
        return OptionalInt.of(decided - blocks);
    }

    /** Both sides of the interval shrink as the mixture t-interval does, which the whole sequence follows closely. */
    private boolean decides(int size, double smallestEffect) {
        double log = Math.log(ratio);
        double shrink;
        double below;
        double above;
        if (interval.bounded() && interval.low() > 0) {
            shrink = halfWidth(size) / halfWidth(blocks);
            below = log - Math.log(interval.low());
            above = Math.log(interval.high()) - log;
        } else {
            shrink = halfWidth(size);
            if (Double.isInfinite(shrink)) {
                return false; // also where the blocks so far do not differ at all: 0 times infinity is no width
            }
            below = logDeviation.orElseThrow();
            above = below;
        }
        Interval forecast = new Interval(log - shrink * below, log + shrink * above, interval.confidence())
                .map(Math::exp);
        return Verdict.decide(ratio, forecast, smallestEffect) != Verdict.INCONCLUSIVE;
    }

    private double halfWidth(int size) {
        double prior = ConfidenceSequence.EXPECTED_STANDARDISED_EFFECT;
        return StudentMixture.halfWidth(size, Math.log(2) - Math.log(1 - interval.confidence()), prior * prior);
    }
}
