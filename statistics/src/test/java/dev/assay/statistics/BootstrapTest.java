package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    @Test
    void sameSeedSameInterval() {
        Sample sample = Sample.of(1, 2, 4, 8, 9, 12);
        assertThat(Bootstrap.interval(sample, Sample::mean, 0.95, 500, 1))
                .isEqualTo(Bootstrap.interval(sample, Sample::mean, 0.95, 500, 1))
                .isNotEqualTo(Bootstrap.interval(sample, Sample::mean, 0.95, 500, 2));
    }

    @Test
    void coversTheMeanOfNormalAndSkewedProcesses() {
        for (Noise noise : List.of(Noise.NORMAL, Noise.SKEWED)) {
            RandomGenerator random = noise.generator(31);
            for (int processes : new int[]{8, 20}) {
                int held = 0;
                int runs = 600;
                for (int run = 0; run < runs; run++) {
                    Sample sample = Sample.of(random.doubles(processes).map(u -> noise.draw(random)).toArray());
                    held += Bootstrap.interval(sample, Sample::mean, 0.95, 400, run).contains(0) ? 1 : 0;
                }
                assertThat((double) held / runs).as("%s, %d processes", noise, processes).isBetween(0.91, 0.99);
            }
        }
    }

    @Test
    void iterationsOfOneProcessAreNotTakenForProcesses() {
        // 6 processes that differ much, each with 1,000 iterations that hardly do
        SplittableRandom random = new SplittableRandom(5);
        List<Sample> processes = random.doubles(6)
                .mapToObj(level -> Sample.of(random.doubles(1_000).map(u -> level + 0.001 * u).toArray())).toList();
        Interval interval = Bootstrap.hierarchical(processes,
                drawn -> drawn.stream().mapToDouble(Sample::median).average().orElseThrow(), 0.95, 1_000, 1);
        Sample medians = Sample.of(processes.stream().mapToDouble(Sample::median).toArray());
        assertThat(interval.width()).isBetween(2 * medians.standardError(), 8 * medians.standardError());
    }

    @Test
    void skewBendsTheIntervalTowardsTheTail() {
        // R 4.2.2: 400,000 resamples of mean; z0 and a from their definitions, quantiles at pnorm(z0 + (z0 ± z) / (1 - a (z0 ± z)))
        // with z = sqrt(n / (n - 1)) * qt(.975, n - 1): [1.49, 5.74] around 2.66.
        Sample skewed = Sample.of(1, 1.1, 1.2, 1.3, 1.4, 1.6, 2, 3, 5, 9);
        Interval interval = Bootstrap.interval(skewed, Sample::mean, 0.95, 100_000, 3);
        assertThat(interval.low()).isCloseTo(1.49, within(0.02));
        assertThat(interval.high()).isCloseTo(5.74, within(0.1));
    }

    @Test
    void oneProcessIsRefused() {
        assertThatThrownBy(() -> Bootstrap.interval(Sample.of(1), Sample::mean, 0.95, 500, 1))
                .isInstanceOf(StatisticsException.class).hasMessageContaining("at least 2, not 1");
    }
}
