package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FalseDiscoveryTest {
    @Test
    void adjustsAsRDoes() {
        // p.adjust(p, "BH")[1:8] in R 4.2.2
        List<Double> p = List.of(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251,
                0.269, 0.275, 0.34,
                0.341, 0.384, 0.569, 0.594, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986);
        double[] expected = {0.025, 0.1, 0.21, 0.21, 0.21, 0.25, 0.264285714285714, 0.491071428571429};
        List<Double> adjusted = FalseDiscovery.adjusted(p);
        for (int i = 0; i < expected.length; i++) {
            assertThat(adjusted.get(i)).isCloseTo(expected[i], within(1e-14));
        }
        assertThat(FalseDiscovery.byPValues(p, 0.05)).containsExactly(0);
        assertThat(FalseDiscovery.byPValues(p, 0.211)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void eValuesNeedToBeLargeForTheirNumber() {
        // k = 2: the second largest must be at least 4 / (2 · 0.05) = 40
        assertThat(FalseDiscovery.byEValues(List.of(41.0, 0.5, 50.0, 1.0), 0.05)).containsExactly(0, 2);
        assertThat(FalseDiscovery.byEValues(List.of(39.0, 0.5, 50.0, 1.0), 0.05)).isEmpty();
        assertThat(FalseDiscovery.byEValues(List.of(39.0, 0.5, 80.0, 1.0), 0.05)).containsExactly(2);
        assertThat(FalseDiscovery.byEValues(List.of(), 0.05)).isEmpty();
    }

    @Test
    void falseDiscoveriesOfStoppedSequencesStayBelowTheRate() {
        // 20 comparisons, 15 without a difference, each stopped as soon as it looks like one.
        SplittableRandom random = new SplittableRandom(77);
        double falseShare = 0;
        int runs = 200;
        for (int run = 0; run < runs; run++) {
            List<Double> eValues = new ArrayList<>();
            for (int comparison = 0; comparison < 20; comparison++) {
                ConfidenceSequence sequence = ConfidenceSequence.of(0.95);
                double effect = comparison < 15 ? 0 : 2;
                for (int n = 0; n < 15 && sequence.eValue(0) < 20; n++) {
                    sequence.add(effect + random.nextGaussian());
                }
                eValues.add(sequence.eValue(0));
            }
            List<Integer> found = FalseDiscovery.byEValues(eValues, 0.1);
            falseShare += found.isEmpty() ? 0 : (double) found.stream().filter(i -> i < 15).count() / found.size();
        }
        assertThat(falseShare / runs).as("seed 77").isLessThan(0.1);
    }

    @Property(tries = 200)
    void adjustingNeverLowersAPValueNorItsRank(
            @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = 0, max = 1) Double> p) {
        List<Double> adjusted = FalseDiscovery.adjusted(p);
        for (int i = 0; i < p.size(); i++) {
            assertThat(adjusted.get(i)).isBetween(p.get(i) * (1 - 1e-12), 1.0);
            for (int j = 0; j < p.size(); j++) {
                assertThat(p.get(i) > p.get(j) && adjusted.get(i) < adjusted.get(j)).isFalse();
            }
        }
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> FalseDiscovery.adjusted(List.of(1.2))).hasMessageContaining("not 1.2");
        assertThatThrownBy(() -> FalseDiscovery.byEValues(List.of(-1.0), 0.05)).hasMessageContaining("not -1.0");
    }
}
