package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfidenceSequenceTest {
    private static final double[] X = {5.1, 4.9, 6.2, 5.8, 5.5, 9.7, 5.0, 5.3, 6.1, 5.6};

    /**
     * The closed form against the definition, integrated numerically in R 4.2.2: integrate(function(d) dt(t, 9, ncp = d * sqrt(10)) *
     * dnorm(d, 0, c), -Inf, Inf)$value / dt(t, 9), with t of x less mu0.
     */
    @ParameterizedTest
    @CsvSource({"5, 0.5, 1.9958712586998", "5, 2, 1.0460188287377", "5.5, 0.5, 0.74780474039643",
        "5.5, 2, 0.24849934389707", "7, 0.5, 2.8474746266677", "7, 2, 1.8247233830389"})
    void eValueIsTheMixtureOfNoncentralTDensities(double mu0, double c, double expected) {
        assertThat(fill(ConfidenceSequence.gaussian(0.95, c), X).eValue(mu0)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void endsOfTheIntervalAreWhereTheEValueReachesOneOverAlpha() {
        ConfidenceSequence sequence = sequence(0.95, 2, X);
        Interval interval = sequence.interval();
        assertThat(sequence.eValue(interval.low())).isCloseTo(20, within(1e-3));
        assertThat(sequence.eValue(interval.high())).isCloseTo(20, within(1e-3));
        ConfidenceSequence gaussian = fill(ConfidenceSequence.gaussian(0.95, 2), X);
        assertThat(gaussian.eValue(gaussian.interval().low())).isCloseTo(20, within(1e-9));
    }

    @Test
    void rulesNothingOutAtFirst() {
        ConfidenceSequence sequence = ConfidenceSequence.of(0.95);
        assertThat(sequence.interval().bounded()).isFalse();
        assertThat(sequence.add(1).interval().bounded()).isFalse();
        assertThat(sequence.eValue(7)).isCloseTo(1, within(1e-12));
        assertThatThrownBy(() -> sequence.add(Double.NaN)).isInstanceOf(StatisticsException.class);
    }

    @Property(tries = 200)
    void movesAndScalesWithTheData(@ForAll @Size(min = 4, max = 30) double[] raw,
            @ForAll @DoubleRange(min = -50, max = 50) double shift,
            @ForAll @DoubleRange(min = 0.01, max = 100) double scale) {
        double[] values = DoubleStream.of(raw).map(v -> v % 1000).toArray();
        Interval plain = sequence(0.95, 2, values).interval();
        Interval moved = sequence(0.95, 2, DoubleStream.of(values).map(v -> shift + scale * v).toArray()).interval();
        assertThat(moved.low()).isCloseTo(shift + scale * plain.low(), within(1e-6 * (1 + scale)));
        assertThat(moved.high()).isCloseTo(shift + scale * plain.high(), within(1e-6 * (1 + scale)));
    }

    /** Missing the mean at any moment of 2..200 counts as a miss; 3 standard errors of slack for the simulation's own noise. */
    @ParameterizedTest
    @EnumSource(Noise.class)
    void coversTheMeanAtAllMomentsTogether(Noise noise) {
        int paths = 1_000;
        RandomGenerator random = noise.generator(20_261);
        int missed = 0;
        for (int path = 0; path < paths; path++) {
            ConfidenceSequence sequence = ConfidenceSequence.of(0.95);
            boolean miss = false;
            for (int n = 1; n <= 200 && !miss; n++) {
                sequence.add(noise.draw(random));
                // Looking less often late saves time and hides little: successive late looks agree.
                miss = (n <= 30 || n % 5 == 0) && sequence.eValue(0) >= 20;
            }
            missed += miss ? 1 : 0;
        }
        double nominal = 0.05;
        double slack = 3 * Math.sqrt(nominal * (1 - nominal) / paths);
        assertThat((double) missed / paths).as("share of paths that ever miss, %s, seed 20261", noise)
                .isLessThan(nominal + slack);
    }

    private static ConfidenceSequence sequence(double confidence, double c, double[] values) {
        return fill(ConfidenceSequence.of(confidence, c), values);
    }

    private static ConfidenceSequence fill(ConfidenceSequence sequence, double... values) {
        for (double value : values) {
            sequence.add(value);
        }
        return sequence;
    }
}
