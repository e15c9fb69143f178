package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedEffectTest {
    private static final double PRIOR = Math.pow(ConfidenceSequence.EXPECTED_STANDARDISED_EFFECT, 2);

    @Test
    void ratioIsTheGeometricMeanOfBlocks() {
        PairedEffect effect = PairedEffect.of(PairedEffect.logRatios(new double[]{1, 2, 4}, new double[]{2, 2, 2}),
                0.95);
        assertThat(effect.ratio()).isCloseTo(1, within(1e-12));
        assertThat(effect.blocks()).isEqualTo(3);
        assertThat(effect.logDeviation().orElseThrow()).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void swappingTheSidesInvertsTheEffectAndTheVerdict() {
        double[] a = {1.00, 1.01, 0.99, 1.00, 1.02, 0.98, 1.00, 1.01};
        double[] b = {1.10, 1.12, 1.09, 1.11, 1.11, 1.08, 1.10, 1.12};
        PairedEffect forward = PairedEffect.of(PairedEffect.logRatios(a, b), 0.95);
        PairedEffect backward = PairedEffect.of(PairedEffect.logRatios(b, a), 0.95);
        assertThat(forward.verdict(0.01)).isEqualTo(Verdict.SLOWER);
        assertThat(backward.verdict(0.01)).isEqualTo(Verdict.FASTER);
        assertThat(forward.inverted().ratio()).isCloseTo(backward.ratio(), within(1e-12));
        assertThat(forward.inverted().interval().low()).isCloseTo(backward.interval().low(), within(1e-12));
    }

    @Test
    void oneBlockSaysNothing() {
        PairedEffect effect = PairedEffect.of(PairedEffect.logRatios(new double[]{1}, new double[]{3}), 0.95);
        assertThat(effect.interval().low()).isZero();
        assertThat(effect.interval().high()).isInfinite();
        assertThat(effect.verdict(0.01)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(effect.blocksStillNeeded(0.01)).isEmpty();
    }

    @Test
    void unpairedOrImpossibleMeasurementsAreRefused() {
        assertThatThrownBy(() -> PairedEffect.logRatios(new double[]{1, 2}, new double[]{1}))
                .hasMessageContaining("2 of")
                .hasMessageContaining("1 of");
        assertThatThrownBy(() -> PairedEffect.logRatios(new double[]{0}, new double[]{1}))
                .hasMessageContaining("above 0");
    }

    @Test
    void forecastIsTheFirstCountThatDecides() {
        Sample few = noise(4, 0.02, 0.015, 7);
        PairedEffect effect = PairedEffect.of(few, 0.95);
        int more = effect.blocksStillNeeded(0.01).orElseThrow();
        assertThat(more).isPositive();
        // The definition, with the mixture t-interval as the law of shrinking: decided now, not one block before.
        assertThat(Math.log(effect.ratio()) - forecastBelow(effect, 4 + more)).isPositive();
        assertThat(Math.log(effect.ratio()) - forecastBelow(effect, 4 + more - 1)).isNotPositive();
    }

    @Test
    void decidedEffectsNeedNoMore() {
        assertThat(PairedEffect.of(noise(40, 0.1, 0.01, 3), 0.95).blocksStillNeeded(0.01)).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void oneDisturbedBlockDoesNotHideAnEffect() {
        double[] logs = {0.050, 0.046, 0.053, 0.049, -0.20, 0.051, 0.047, 0.052, 0.050, 0.048, 0.049, 0.051, 0.050,
            0.047};
        PairedEffect effect = PairedEffect.of(Sample.of(logs), 0.95);
        assertThat(effect.verdict(0.01)).isEqualTo(Verdict.SLOWER);
        assertThat(Math.log(effect.ratio())).isCloseTo(0.0495, within(0.002));
        assertThat(effect.eValue()).isGreaterThan(20);
        // An interval around the mean alone still holds 0.
        ConfidenceSequence gaussian = ConfidenceSequence.gaussian(0.95, 2);
        for (double log : logs) {
            gaussian.add(log);
        }
        assertThat(gaussian.interval().contains(0)).isTrue();
    }

    @Test
    void equalReadingsOfACoarseClockAreNotEquivalence() {
        Sample equal = PairedEffect.logRatios(new double[]{0.2, 0.2, 0.2, 0.2, 0.2},
                new double[]{0.2, 0.2, 0.2, 0.2, 0.2});
        assertThat(PairedEffect.of(equal, 0.95).verdict(0.01)).isEqualTo(Verdict.EQUIVALENT);
        PairedEffect coarse = PairedEffect.of(equal, 0.95, 0.01 / 0.2);
        assertThat(coarse.verdict(0.01)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(coarse.interval().contains(1.05)).isTrue();
        Sample spread = noise(10, 0.02, 0.05, 9);
        assertThat(PairedEffect.of(spread, 0.95, 0.01)).isEqualTo(PairedEffect.of(spread, 0.95));
        assertThatThrownBy(() -> PairedEffect.of(spread, 0.95, -1)).hasMessageContaining("not -1.0");
    }

    private static double forecastBelow(PairedEffect effect, int blocks) {
        double now = Math.log(effect.ratio()) - Math.log(effect.interval().low());
        return now * StudentMixture.halfWidth(blocks, Math.log(40), PRIOR)
                / StudentMixture.halfWidth(effect.blocks(), Math.log(40), PRIOR);
    }

    private static Sample noise(int blocks, double mean, double deviation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Sample.of(random.doubles(blocks).map(u -> mean + deviation * random.nextGaussian()).toArray());
    }

    @Test
    void blocksThatDoNotDifferAtAllStillNeedEnoughOfThem() {
        PairedEffect two = PairedEffect.of(Sample.of(0, 0), 0.95);
        assertThat(two.blocksStillNeeded(0.01)).isPresent();
    }
}
