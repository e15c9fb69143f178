package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {
    /** R 4.2.2: binom.test(hits, trials)$conf.int */
    @ParameterizedTest
    @CsvSource({"3, 20, 0.0320709371854637, 0.3789268265453140", "0, 20, 0, 0.168433470983085",
        "20, 20, 0.831566529016915, 1"})
    void clopperPearsonIsRs(int hits, int trials, double low, double high) {
        Interval interval = new Rate(hits, trials).clopperPearson(0.95);
        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
    }

    /** R 4.2.2: prop.test(hits, trials, correct = FALSE)$conf.int */
    @ParameterizedTest
    @CsvSource({"3, 20, 0.0523687458962166, 0.3604188647407569", "0, 20, 0, 0.161125158052819"})
    void wilsonIsRs(int hits, int trials, double low, double high) {
        Interval interval = new Rate(hits, trials).wilson(0.95);
        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
    }

    @Test
    void clopperPearsonNeverCoversLessThanAskedForAndWilsonDoesOnAverage() {
        double wilson = 0;
        for (int percent = 1; percent < 100; percent++) {
            double p = percent / 100.0;
            BinomialDistribution hits = BinomialDistribution.of(25, p);
            double exact = 0;
            for (int k = 0; k <= 25; k++) {
                exact += new Rate(k, 25).clopperPearson(0.95).contains(p) ? hits.probability(k) : 0;
                wilson += new Rate(k, 25).wilson(0.95).contains(p) ? hits.probability(k) / 99 : 0;
            }
            assertThat(exact).as("p = %s", p).isGreaterThanOrEqualTo(0.95);
        }
        assertThat(wilson).isBetween(0.945, 0.96);
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThatThrownBy(() -> new Rate(3, 2)).hasMessageContaining("0..2").hasMessageContaining("not 3");
        assertThatThrownBy(() -> new Rate(0, 0)).hasMessageContaining("at least 1, not 0");
    }

    @Test
    void harrellDavisIsItsDefinition() {
        // R 4.2.2: sum(diff(pbeta((0:n)/n, (n+1)*p, (n+1)*(1-p))) * sort(x))
        Sample x = Sample.of(5.1, 4.9, 6.2, 5.8, 5.5, 9.7, 5.0, 5.3, 6.1, 5.6);
        assertThat(HarrellDavis.quantile(x, 0.5)).isCloseTo(5.56052478885165, within(1e-12));
        assertThat(HarrellDavis.quantile(x, 0.9)).isCloseTo(8.30091471578189, within(1e-12));
        assertThat(HarrellDavis.quantile(x, 0.99)).isCloseTo(9.61944964569768, within(1e-12));
        assertThat(HarrellDavis.quantile(Sample.of(7), 0.3)).isEqualTo(7);
    }
}
