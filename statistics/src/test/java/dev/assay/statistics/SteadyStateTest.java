package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
    @Test
    void findsTheEndOfAnExponentialWarmUp() {
        SteadyState state = SteadyState.detect(series(200, i -> 1 + 3 * Math.exp(-i / 8.0)), 0.01);
        assertThat(state).isInstanceOfSatisfying(SteadyState.Reached.class,
                reached -> assertThat(reached.from()).isBetween(15, 60));
    }

    @Test
    void aSteadySeriesIsKeptAlmostWhole() {
        SteadyState state = SteadyState.detect(series(200, i -> 1), 0.01);
        assertThat(state).isInstanceOfSatisfying(SteadyState.Reached.class,
                reached -> assertThat(reached.from()).isLessThan(60));
    }

    @Test
    void shortSeriesDropsItsFirstSlowIterations() {
        SteadyState state = SteadyState.detect(Sample.of(9, 3, 1.02, 1.00, 1.01, 0.99, 1.00, 1.01, 1.00, 1.02), 0.01);
        assertThat(state).isInstanceOfSatisfying(SteadyState.Reached.class,
                reached -> assertThat(reached.from()).isBetween(2, 3));
    }

    @Test
    void noiseBetweenTheHalvesIsNotDrift() {
        // Halves of 15 noisy iterations always differ by more than a thousandth.
        assertThat(SteadyState.detect(series(40, i -> 1), 0.0001)).isInstanceOf(SteadyState.Reached.class);
    }

    @Test
    void saysWhenASeriesNeverSettles() {
        assertThat(SteadyState.detect(series(200, i -> 2 - i / 200.0), 0.01)).isInstanceOf(SteadyState.Unsettled.class);
        assertThat(SteadyState.detect(series(200, i -> i < 140 ? 1 : 1.3), 0.01))
                .isInstanceOf(SteadyState.Unsettled.class);
        assertThat(SteadyState.detect(Sample.of(1, 2, 3), 0.01)).isInstanceOfSatisfying(SteadyState.Unsettled.class,
                unsettled -> assertThat(unsettled.reason()).contains("3 of at least 6"));
    }

    private static Sample series(int length, IntToDoubleFunction level) {
        SplittableRandom random = new SplittableRandom(11);
        return Sample
                .of(IntStream.range(0, length).mapToDouble(i -> level.applyAsDouble(i) + 0.02 * random.nextGaussian())
                        .toArray());
    }
}
