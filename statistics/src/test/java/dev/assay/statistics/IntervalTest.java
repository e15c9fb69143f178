package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void endsBelongToTheInterval() {
        Interval interval = new Interval(1, 2, 0.9);
        assertThat(interval.contains(1)).isTrue();
        assertThat(interval.contains(2)).isTrue();
        assertThat(interval.contains(2.0000001)).isFalse();
        assertThat(interval.width()).isEqualTo(1);
        assertThat(interval.within(1, 2)).isTrue();
        assertThat(interval.within(1.1, 2)).isFalse();
    }

    @Test
    void decreasingFunctionsSwapTheEnds() {
        assertThat(new Interval(2, 4, 0.95).map(x -> 1 / x)).isEqualTo(new Interval(0.25, 0.5, 0.95));
        assertThat(Interval.unbounded(0.95).map(Math::exp)).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY, 0.95));
    }

    @Property(tries = 200)
    void whatWasInsideStaysInside(@ForAll @DoubleRange(min = -20, max = 20) double a,
            @ForAll @DoubleRange(min = -20, max = 20) double b, @ForAll @DoubleRange(min = -25, max = 25) double x) {
        Interval interval = new Interval(Math.min(a, b), Math.max(a, b), 0.95);
        if (interval.contains(x)) {
            assertThat(interval.map(Math::exp).contains(Math.exp(x))).isTrue();
            assertThat(interval.map(v -> -v).contains(-x)).isTrue();
        }
    }

    @Test
    void swappedEndsAndPercentConfidencesAreRefused() {
        assertThatThrownBy(() -> new Interval(2, 1, 0.95)).isInstanceOf(StatisticsException.class)
                .hasMessageContaining("[2.0, 1.0]");
        assertThatThrownBy(() -> new Interval(1, Double.NaN, 0.95)).isInstanceOf(StatisticsException.class);
        assertThatThrownBy(() -> new Interval(1, 2, 95)).hasMessageContaining("95 % is 0.95");
    }
}
