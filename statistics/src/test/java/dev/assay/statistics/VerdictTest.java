package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    @ParameterizedTest
    @CsvSource({"1.02, 1.08, SLOWER", "0.92, 0.98, FASTER", "0.995, 1.005, EQUIVALENT", "0.97, 1.03, INCONCLUSIVE",
        // there, but too small to matter, and not wholly inside the band either
        "1.001, 1.015, INCONCLUSIVE",
        // excludes 1, and is inside the band: what matters wins
        "1.002, 1.006, EQUIVALENT"})
    void asksWhetherADifferenceIsThereAndMatters(double low, double high, Verdict expected) {
        assertThat(Verdict.decide(new Interval(low, high, 0.95), 0.01)).isEqualTo(expected);
    }

    @Test
    void knowsNothingFromAnUnboundedInterval() {
        assertThat(Verdict.decide(new Interval(0, Double.POSITIVE_INFINITY, 0.95), 0.01))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThatThrownBy(() -> Verdict.decide(new Interval(1, 2, 0.95), 0)).hasMessageContaining("above 0, not 0.0");
    }
}
