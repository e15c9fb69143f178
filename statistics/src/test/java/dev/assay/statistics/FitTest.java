package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.statistics.LeastSquares.Start;
import dev.assay.statistics.LeastSquares.Term;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class FitTest {
    private static final Offset<Double> EXACT = within(1e-9);

    @Test
    void linearFitAndIntervalsAreRs() {
        // R 4.2.2: m <- lm(mpg ~ wt + hp, mtcars[1:12, ]); coef(m); confint(m); summary(m)
        Sample mpg = Sample.of(21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4);
        Sample wt = Sample.of(2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07);
        Sample hp = Sample.of(110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180);
        Fit fit = LeastSquares.linear(List.of(Term.constant("a", 12), new Term("wt", wt), new Term("hp", hp)), mpg,
                0.95);
        assertThat(fit.parameter("a").value()).isCloseTo(31.1019249905233, EXACT);
        assertThat(fit.parameter("wt").value()).isCloseTo(-1.80261775332561, EXACT);
        assertThat(fit.parameter("hp").value()).isCloseTo(-0.0427168891148129, EXACT);
        assertThat(fit.parameter("wt").interval().low()).isCloseTo(-4.23276138009737, EXACT);
        assertThat(fit.parameter("wt").interval().high()).isCloseTo(0.627525873446144, EXACT);
        assertThat(fit.residualDeviation()).isCloseTo(1.35987833259379, EXACT);
        assertThat(fit.explained()).isCloseTo(0.824552149530924, EXACT);
        assertThat(fit.degreesOfFreedom()).isEqualTo(9);
        assertThat(fit.residuals().mean()).isCloseTo(0, EXACT);
    }

    @Test
    void curveFitIsRsPuromycin() {
        // R 4.2.2: nls(rate ~ Vm * conc / (K + conc), Puromycin, state == "treated"); estimate ± qt(.975, 10) * Std. Error
        Sample conc = Sample.of(0.02, 0.02, 0.06, 0.06, 0.11, 0.11, 0.22, 0.22, 0.56, 0.56, 1.10, 1.10);
        Sample rate = Sample.of(76, 47, 97, 107, 123, 139, 159, 152, 191, 201, 207, 200);
        Fit fit = LeastSquares.curve((x, p) -> p[0] * x / (p[1] + x),
                List.of(new Start("Vm", 200), new Start("K", 0.05)), conc, rate,
                0.95);
        assertThat(fit.parameter("Vm").value()).isCloseTo(212.683579974954, Percentage.withPercentage(1e-3));
        assertThat(fit.parameter("Vm").interval().low()).isCloseTo(197.2043734918439, Percentage.withPercentage(1e-3));
        assertThat(fit.parameter("K").value()).isCloseTo(0.0641210273949488, Percentage.withPercentage(1e-3));
        assertThat(fit.parameter("K").interval().high()).isCloseTo(0.0825720723691581, Percentage.withPercentage(1e-3));
        assertThat(fit.residualDeviation()).isCloseTo(10.9336581917546, Percentage.withPercentage(1e-6));
    }

    @Test
    void fitsSayWhatTheyCannotTellApart() {
        Sample y = Sample.of(1, 2, 3, 4);
        Sample x = Sample.of(1, 2, 3, 5);
        assertThatThrownBy(
                () -> LeastSquares.linear(List.of(new Term("x", x), new Term("twice", x.map(v -> 2 * v))), y, 0.95))
                .isInstanceOf(StatisticsException.class).hasMessageContaining("[x, twice]")
                .hasMessageContaining("depend");
        assertThatThrownBy(() -> LeastSquares.linear(List.of(new Term("x", Sample.of(1))), Sample.of(1), 0.95))
                .hasMessageContaining("more observations than parameters: 1 for 1");
        assertThatThrownBy(() -> LeastSquares.curve((at, p) -> p[0] + p[1] + 0 * at,
                List.of(new Start("a", 1), new Start("b", 1)), x, y, 0.95)).isInstanceOf(StatisticsException.class)
                .hasMessageContaining("[a, b]");
        assertThatThrownBy(() -> LeastSquares.curve((at, p) -> Math.log(-p[0]), List.of(new Start("a", 1)), x, y, 0.95))
                .isInstanceOf(StatisticsException.class).hasMessageContaining("finite");
    }

    @Test
    void hugeUnitsBesideAnInterceptAreNoProblem() {
        Sample heap = Sample.of(1e9, 2e9, 4e9, 8e9, 16e9);
        Sample pause = Sample.of(0.012, 0.022, 0.042, 0.082, 0.162);
        Fit fit = LeastSquares.linear(List.of(Term.constant("fixed", 5), new Term("perByte", heap)), pause, 0.95);
        assertThat(fit.parameter("fixed").value()).isCloseTo(0.002, within(1e-12));
        assertThat(1 / fit.parameter("perByte").value()).isCloseTo(1e11, Percentage.withPercentage(1e-6));
    }

    @Test
    void powerCurveIsThePenalisedMaximum() {
        // R 4.2.2: optim of the binomial likelihood + log(det(information)) / 2, 20 trials each at 1, 2, 5, 10 %
        PowerCurve curve = PowerCurve.fit(points(3, 11, 19, 20));
        assertThat(curve.intercept()).isCloseTo(11.0513509573496, within(1e-3));
        assertThat(curve.slope()).isCloseTo(2.7669058865260, within(1e-3));
        assertThat(curve.powerAt(curve.effectAt(0.95).orElseThrow())).isCloseTo(0.95, within(1e-12));
        assertThat(curve.effectAt(0.95, 0.95).contains(curve.effectAt(0.95).orElseThrow())).isTrue();
    }

    @Test
    void powerCurveStaysFiniteWhenAllOrNothingIsFound() {
        // as above with 0, 0, 20, 20 found, where the unpenalised slope is infinite
        PowerCurve curve = PowerCurve.fit(points(0, 0, 20, 20));
        assertThat(curve.slope()).isCloseTo(8.07784037595005, within(1e-3));
        assertThat(curve.effectAt(0.5).orElseThrow()).isBetween(0.02, 0.05);
        assertThat(curve.effectAt(0.95, 0.95).bounded()).isTrue();
        assertThat(PowerCurve.fit(points(12, 11, 9, 8)).effectAt(0.95)).isEmpty();
        assertThat(PowerCurve.fit(points(10, 10, 10, 10)).effectAt(0.95)).as("a flat curve").isEmpty();
        assertThat(PowerCurve.fit(points(10, 9, 11, 10)).effectAt(0.95, 0.95).bounded()).isFalse();
        assertThatThrownBy(() -> PowerCurve.fit(List.of(new PowerCurve.Point(0.1, new Rate(1, 2)))))
                .hasMessageContaining("2 different effects");
    }

    @Test
    void hitRateDecayIsRs() {
        // R 4.2.2: nls(h ~ c + a * exp(-x / t))
        HitRateDecay decay = HitRateDecay.fit(Sample.of(0, 1, 2, 3, 5, 8, 12, 20),
                Sample.of(.98, .83, .72, .63, .51, .42, .36, .33), 0.95);
        assertThat(decay.floor().value()).isCloseTo(0.328929963440524, within(1e-6));
        assertThat(decay.drop().value()).isCloseTo(0.648954807399401, within(1e-6));
        assertThat(decay.scale().value()).isCloseTo(3.939623870921071, within(1e-4));
        assertThat(decay.scale().standardError()).isCloseTo(0.05746786147038901, within(1e-4));
        assertThat(decay.scale().interval().contains(3.94)).isTrue();
    }

    @Test
    void kneeIsTheBestMeetingOfTwoLines() {
        // R 4.2.2: optimize over k of deviance(lm(y ~ x + pmax(x - k, 0))); interval where it is <= min * (1 + qf(.95, 1, 8) / 8)
        Sample x = Sample.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        Sample y = Sample.of(1.02, 1.98, 3.05, 3.96, 5.03, 5.98, 6.2, 6.31, 6.52, 6.58, 6.83, 6.9);
        Knee knee = Knee.find(x, y, 0.95, 199, 1);
        assertThat(knee).isInstanceOfSatisfying(Knee.Found.class, found -> {
            assertThat(found.at()).isCloseTo(6.06041246245125, within(0.005));
            assertThat(found.interval().low()).isCloseTo(5.8829, within(0.01));
            assertThat(found.interval().high()).isCloseTo(6.1929, within(0.01));
            assertThat(found.slopeBefore()).isCloseTo(0.996, within(0.001));
            assertThat(found.slopeAfter()).isCloseTo(0.996 - 0.8497, within(0.001));
        });
    }

    @Test
    void aStraightLineHasAKneeInFewPercentOfCases() {
        SplittableRandom random = new SplittableRandom(8);
        Sample x = Sample.of(IntStream.range(0, 15).asDoubleStream().toArray());
        int found = 0;
        for (int run = 0; run < 200; run++) {
            Knee knee = Knee.find(x, x.map(at -> 3 + 0.5 * at + random.nextGaussian()), 0.95, 99, run);
            found += knee instanceof Knee.Found ? 1 : 0;
        }
        assertThat(found).as("of 200, seed 8").isBetween(2, 22);
        assertThat(Knee.find(x, x.map(at -> 2 * at), 0.95, 99, 1)).isInstanceOf(Knee.Straight.class);
    }

    private static List<PowerCurve.Point> points(int... found) {
        double[] effects = {0.01, 0.02, 0.05, 0.10};
        return IntStream.range(0, 4).mapToObj(i -> new PowerCurve.Point(effects[i], new Rate(found[i], 20))).toList();
    }
}
