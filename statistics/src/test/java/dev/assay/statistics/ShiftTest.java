package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whether, how far and when a distribution moved. */
class ShiftTest {
    private static final Sample X = Sample.of(5.1, 4.9, 6.2, 5.8, 5.5, 9.7, 5.0, 5.3, 6.1, 5.6);
    private static final Sample Y = Sample.of(6.3, 7.1, 5.95, 8.2, 6.6, 7.7, 5.7, 6.9);

    @Test
    void rankTestsAgreeWithSciPy() {
        // SciPy 1.17.1: mannwhitneyu(x, y, method="exact"), ks_2samp(x, y, method="exact")
        TwoSample ranks = TwoSample.mannWhitney(X, Y);
        assertThat(ranks.statistic()).isEqualTo(13);
        assertThat(ranks.pValue()).isCloseTo(0.01554001554001554, within(1e-12));
        TwoSample distance = TwoSample.kolmogorovSmirnov(X, Y);
        assertThat(distance.statistic()).isCloseTo(0.65, within(1e-12));
        assertThat(distance.pValue()).isCloseTo(0.030257324374971434, within(1e-12));
    }

    @Test
    void andersonDarlingAgreesWithItsDefinitionAndSciPysPermutations() {
        // The definition evaluated with NumPy; anderson_ksamp with 20,000 permutations gave p = 0.0127.
        TwoSample test = TwoSample.andersonDarling(X, Y, 9_999, 1);
        assertThat(test.statistic()).isCloseTo(3.449654297907974, within(1e-12));
        assertThat(test.pValue()).isCloseTo(0.0127, within(0.004));
        assertThat(TwoSample.andersonDarling(Sample.of(2, 2), Sample.of(2, 2, 2), 99, 1).pValue()).isEqualTo(1);
    }

    @Test
    void andersonDarlingSeesATailThatMannWhitneyDoesNot() {
        Sample narrow = noise(60, 3, i -> 1);
        Sample wide = noise(60, 4, i -> 4);
        assertThat(TwoSample.andersonDarling(narrow, wide, 999, 1).pValue()).isLessThan(0.01);
        assertThat(TwoSample.mannWhitney(narrow, wide).pValue()).isGreaterThan(0.01);
    }

    @Test
    void stabilityIndexIsTheSumOverBins() {
        // Two bins at the median 5.5 of the reference: 5 of 10 and 8 of 10 fall above; counts get half a value each.
        Sample reference = Sample.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        Sample current = Sample.of(1, 2, 6, 7, 8, 9, 10, 6, 7, 8);
        PopulationStability stability = PopulationStability.of(reference, current);
        double p = 8.5 / 11;
        double q = 5.5 / 11;
        assertThat(stability.bins()).isEqualTo(2);
        assertThat(stability.index()).isCloseTo((p - q) * Math.log(p / q) + (q - p) * Math.log((1 - p) / (1 - q)),
                within(1e-12));
    }

    @Test
    void stabilityIndexRisesByChanceInFewPercentOfStableWindows() {
        SplittableRandom random = new SplittableRandom(9);
        int alarms = 0;
        int customary = 0;
        for (int i = 0; i < 1_000; i++) {
            Sample reference = Sample.of(random.doubles(100).toArray());
            Sample current = Sample.of(random.doubles(50).toArray());
            PopulationStability stability = PopulationStability.of(reference, current);
            alarms += stability.shifted(0.15) ? 1 : 0;
            customary += stability.index() > 0.15 ? 1 : 0;
        }
        assertThat(alarms / 1_000.0).as("seed 9").isBetween(0.02, 0.08);
        assertThat(customary).isGreaterThan(5 * alarms);
        assertThat(PopulationStability.of(noise(500, 1, i -> 1), noise(500, 2, i -> 1).map(x -> x + 1)).shifted(0.15))
                .isTrue();
    }

    @Test
    void stabilityIndexRefusesAConstantReference() {
        Sample constant = Sample.of(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
        assertThatThrownBy(() -> PopulationStability.of(constant, X)).hasMessageContaining("values that differ");
        assertThatThrownBy(() -> PopulationStability.of(Sample.of(1, 2), X)).hasMessageContaining("at least 10, not 2");
    }

    @Test
    void findsWhenLevelAndSpreadChanged() {
        SplittableRandom random = new SplittableRandom(12);
        double[] values = IntStream.range(0, 150).mapToDouble(
                i -> (i < 50 ? 10 : 11) + (i < 100 ? 0.2 : 1.5) * random.nextGaussian()).toArray();
        List<ChangePoint> changes = ChangePoints.find(Sample.of(values), 0.01, 199, 4);
        assertThat(changes).extracting(ChangePoint::index).hasSize(2)
                .satisfies(at -> assertThat(at.get(0)).isBetween(48, 52),
                        at -> assertThat(at.get(1)).isBetween(92, 112));
        assertThat(changes.get(0).before()).isCloseTo(10, within(0.2));
        assertThat(changes.get(0).after()).isCloseTo(11, within(0.2));
        assertThat(changes.get(0).pValue()).isEqualTo(1 / 200.0);
    }

    @Test
    void changesAreRareWhereThereAreNone() {
        int found = 0;
        for (int run = 0; run < 100; run++) {
            found += ChangePoints.find(noise(40, 1_000 + run, i -> 1), 0.05, 99, run).isEmpty() ? 0 : 1;
        }
        assertThat(found).as("of 100 series at 5 %%, seeds 1000..1099").isLessThanOrEqualTo(12);
    }

    @Test
    void shortAndConstantSeriesHaveNoChanges() {
        assertThat(ChangePoints.find(Sample.of(1), 0.01, 99, 1)).isEmpty();
        assertThat(ChangePoints.find(Sample.of(1, 1, 1, 1, 1, 1, 1, 1), 0.01, 99, 1)).isEmpty();
        assertThatThrownBy(() -> ChangePoints.find(X, 0.001, 99, 1)).hasMessageContaining("at least 999, not 99");
    }

    private static Sample noise(int size, long seed, IntToDoubleFunction deviation) {
        SplittableRandom random = new SplittableRandom(seed);
        return Sample.of(IntStream.range(0, size).mapToDouble(i -> deviation.applyAsDouble(i) * random.nextGaussian())
                .toArray());
    }
}
