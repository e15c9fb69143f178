package dev.assay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.statistics.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnalysisTest {
    private static final Settings SETTINGS = new Settings(Duration.ofMinutes(1), 0.95, 0.01, 1, false, false);

    private static Trial trial(String variant, double value) {
        Observation observation = new Observation(Map.of(Point.NONE, List.of(value)), Map.of(), List.of(), List.of(),
                1);
        return new Trial(1, variant, 1, Duration.ofSeconds(1), new Trial.Outcome.Measured(observation), List.of());
    }

    private static Evidence evidence(Metric metric, int blocks, double factor, double driftPerBlock) {
        Random random = new Random(5);
        List<Block> all = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            double level = 100 * Math.exp(driftPerBlock * i);
            all.add(new Block(i + 1, i, false,
                    List.of(trial("a", level * (1 + 0.002 * random.nextGaussian())),
                            trial("b", level * factor * (1 + 0.002 * random.nextGaussian()))),
                    Surroundings.unseen(), Optional.empty()));
        }
        List<Variant> variants = List.of(Variant.of("a", Map.of()), Variant.of("b", Map.of()));
        return new Evidence(Card.of("test.analysis").measures(metric), variants, all);
    }

    @Test
    void driftThatHitsBothVariantsOfABlockCancels() {
        Effect effect = new Analysis(evidence(Metric.timePerOperation(), 8, 1.05, 0.2), SETTINGS).effects(1).getFirst();
        assertThat(effect.ratio()).isBetween(1.045, 1.055);
        assertThat(effect.verdict()).isEqualTo(Verdict.SLOWER);
        assertThat(effect.secondsStillNeeded()).contains(0.0);
    }

    @Test
    void moreBandwidthIsFaster() {
        Effect effect = new Analysis(evidence(Metric.bandwidth(), 8, 1.25, 0), SETTINGS).effects(1).getFirst();
        assertThat(effect.ratio()).isBetween(0.79, 0.81);
        assertThat(effect.verdict()).isEqualTo(Verdict.FASTER);
    }

    @Test
    void noDifferenceIsEquivalent() {
        assertThat(
                new Analysis(evidence(Metric.timePerOperation(), 12, 1, 0), SETTINGS).effects(1).getFirst().verdict())
                .isEqualTo(Verdict.EQUIVALENT);
    }

    @Test
    void twoBlocksAreNotEnoughForAnyVerdict() {
        Effect effect = new Analysis(evidence(Metric.timePerOperation(), 2, 2, 0), SETTINGS).effects(1).getFirst();
        assertThat(effect.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(effect.secondsStillNeeded()).isPresent();
    }

    @Test
    void blocksThatWereSetAsideDoNotCount() {
        Evidence evidence = evidence(Metric.timePerOperation(), 6, 1, 0);
        Block wild = new Block(7, 1, false, List.of(trial("a", 1), trial("b", 1000)), Surroundings.unseen(),
                Optional.of("a neighbour"));
        assertThat(new Analysis(evidence.with(wild), SETTINGS).effects(1))
                .isEqualTo(new Analysis(evidence, SETTINGS).effects(1));
    }

    @Test
    void iterationsOfTheWarmUpDoNotCount() {
        List<Double> iterations = new ArrayList<>(List.of(90.0, 40.0, 20.0));
        for (int i = 0; i < 20; i++) {
            iterations.add(10 + 0.01 * (i % 3));
        }
        Observation observation = new Observation(Map.of(Point.NONE, iterations), Map.of(), List.of(), List.of(), 1);
        assertThat(Analysis.valueOf(observation, Point.NONE).getAsDouble()).isBetween(9.9, 10.1);
    }
}
