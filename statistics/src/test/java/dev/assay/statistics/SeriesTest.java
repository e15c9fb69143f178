package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final Sample X = Sample.of(5.1, 4.9, 6.2, 5.8, 5.5, 9.7, 5.0, 5.3, 6.1, 5.6);

    @Test
    void autocorrelationsAreRs() {
        // acf(x, plot = FALSE)$acf in R 4.2.2
        assertThat(Autocorrelation.at(X, 1)).isCloseTo(-0.2322748922658199, within(1e-12));
        assertThat(Autocorrelation.at(X, 2)).isCloseTo(-0.1475844862780676, within(1e-12));
        assertThat(Autocorrelation.at(X, 3)).isCloseTo(0.1661828078929463, within(1e-12));
    }

    @Test
    void anAutoregressiveSeriesIsWorthFewerValues() {
        // AR(1) with coefficient 0.8 is worth n (1 - 0.8) / (1 + 0.8) = n / 9
        SplittableRandom random = new SplittableRandom(2);
        double[] values = new double[9_000];
        for (int i = 1; i < values.length; i++) {
            values[i] = 0.8 * values[i - 1] + random.nextGaussian();
        }
        assertThat(Autocorrelation.effectiveSampleSize(Sample.of(values))).isBetween(700.0, 1_400.0);
        assertThat(Autocorrelation.effectiveSampleSize(Sample.of(3, 3, 3))).isEqualTo(3);
    }

    @Test
    void pairsOfAutocorrelationsAreSummedAsTheyFall() {
        // The definition evaluated with NumPy; without the monotone rule it is 7.17.
        Sample series = Sample.of(0, 2, 2, 2, 0, 2, 0, 1, -1, 1, 0, 1, -2, -2);
        assertThat(Autocorrelation.effectiveSampleSize(series)).isCloseTo(8.046125461254613, within(1e-12));
    }

    @Test
    void theFarValueIsFound() {
        assertThat(Outliers.in(X).indices()).containsExactly(5);
        assertThat(Outliers.in(Sample.of(1, 1, 1, 1, 1, 1, 1, 9)).indices()).containsExactly(7);
        assertThat(Outliers.in(Sample.of(2, 2, 2)).none()).isTrue();
    }
}
