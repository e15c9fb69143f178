package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures from R 4.2.2: x <- c(5.1,4.9,6.2,5.8,5.5,9.7,5.0,5.3,6.1,5.6). */
class SampleTest {
    private static final Offset<Double> EXACT = within(1e-13);
    private static final Sample X = Sample.of(5.1, 4.9, 6.2, 5.8, 5.5, 9.7, 5.0, 5.3, 6.1, 5.6);

    @Test
    void describesAsRDoes() {
        assertThat(X.size()).isEqualTo(10);
        assertThat(X.mean()).isCloseTo(5.92, EXACT);
        assertThat(X.median()).isCloseTo(5.55, EXACT);
        assertThat(X.standardDeviation()).isCloseTo(1.399841260841941, EXACT);
        // mad(x, constant = 1), mad(x)
        assertThat(X.medianAbsoluteDeviation()).isCloseTo(0.5, EXACT);
        assertThat(X.robustStandardDeviation()).isCloseTo(0.7413, within(1e-5));
    }

    private static Sample upTo(int n) {
        return Sample.of(java.util.stream.IntStream.rangeClosed(1, n).asDoubleStream().toArray());
    }

    /** Ranks by qbinom(0.025, n, p) and qbinom(0.975, n, p) + 1; those of the median as in every table of the sign test. */
    @Test
    void theIntervalOfAQuantileLiesBetweenTheRanksOfTheBinomial() {
        assertThat(upTo(6).quantileInterval(0.5, 0.95)).isEqualTo(new Interval(1, 6, 0.95));
        assertThat(upTo(10).quantileInterval(0.5, 0.95)).isEqualTo(new Interval(2, 9, 0.95));
        assertThat(upTo(20).quantileInterval(0.5, 0.95)).isEqualTo(new Interval(6, 15, 0.95));
        assertThat(upTo(100).quantileInterval(0.5, 0.95)).isEqualTo(new Interval(40, 61, 0.95));
    }

    @Test
    void anEndThatTheSampleIsTooSmallForIsInfinite() {
        assertThat(upTo(5).quantileInterval(0.5, 0.95)).isEqualTo(Interval.unbounded(0.95));
        assertThat(upTo(367).quantileInterval(0.99, 0.95).high()).isInfinite();
        assertThat(upTo(368).quantileInterval(0.99, 0.95).high()).isEqualTo(368);
        assertThatThrownBy(() -> X.quantileInterval(1, 0.95)).hasMessageContaining("between 0 and 1");
    }

    @Test
    void interpolatesQuantilesAsRsTypeSeven() {
        // quantile(x, c(0, .05, .25, .9, .99, 1))
        assertThat(X.quantile(0)).isEqualTo(4.9);
        assertThat(X.quantile(0.05)).isCloseTo(4.945, EXACT);
        assertThat(X.quantile(0.25)).isCloseTo(5.15, EXACT);
        assertThat(X.quantile(0.9)).isCloseTo(6.55, EXACT);
        assertThat(X.quantile(0.99)).isCloseTo(9.385, EXACT);
        assertThat(X.quantile(1)).isEqualTo(9.7);
    }

    @Test
    void intervalOfTheMeanIsStudents() {
        // t.test(x)$conf.int
        assertThat(X.meanInterval(0.95).low()).isCloseTo(4.918613886794034, EXACT);
        assertThat(X.meanInterval(0.95).high()).isCloseTo(6.921386113205965, EXACT);
    }

    @Test
    void keepsTheOrderOfArrivalAndItsOwnCopy() {
        double[] mine = {3, 1, 2};
        Sample sample = Sample.of(mine);
        mine[0] = 99;
        sample.values()[1] = 99;
        assertThat(sample.values()).containsExactly(3, 1, 2);
        assertThat(sample.sorted()).containsExactly(1, 2, 3);
    }

    @Test
    void refusesWhatIsNotANumberAndNamesIt() {
        assertThatThrownBy(() -> Sample.of(1, Double.NaN)).isInstanceOf(StatisticsException.class)
                .hasMessageContaining("value 1").hasMessageContaining("NaN");
        assertThatThrownBy(() -> Sample.of()).hasMessageContaining("at least 1 value");
        assertThatThrownBy(() -> Sample.of(1).standardDeviation()).hasMessageContaining("at least 2 values");
        assertThatThrownBy(() -> X.quantile(99)).hasMessageContaining("99th percentile is 0.99");
    }

    @Test
    void survivesValuesFarFromZero() {
        assertThat(Sample.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16).variance()).isCloseTo(30, EXACT);
    }

    @Property(tries = 300)
    void quantilesRiseAndStayInside(@ForAll @Size(min = 1, max = 50) double[] values,
            @ForAll @DoubleRange(min = 0, max = 1) double p, @ForAll @DoubleRange(min = 0, max = 1) double q) {
        Sample sample = Sample.of(java.util.Arrays.stream(values).map(v -> v % 1e6).toArray());
        double low = sample.quantile(Math.min(p, q));
        double high = sample.quantile(Math.max(p, q));
        assertThat(low).isLessThanOrEqualTo(high).isBetween(sample.min(), sample.max());
    }
}
