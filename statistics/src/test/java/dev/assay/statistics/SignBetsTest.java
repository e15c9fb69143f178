package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignBetsTest {
    private static final double[] X = {5.1, 4.9, 6.2, 5.8, 5.5, 9.7, 5.0, 5.3, 6.1, 5.6};

    /** The formula of the class evaluated with NumPy, medians recomputed from all earlier values each time. */
    @ParameterizedTest
    @CsvSource({"5, 0.5948511586282661", "5.5, -3.5353581496503796", "7, 2.113044272192731"})
    void capitalIsTheProductOfItsBets(double mu0, double expected) {
        SignBets bets = new SignBets();
        for (double x : X) {
            bets.add(x);
        }
        assertThat(bets.logEValue(mu0)).isCloseTo(expected, within(1e-12));
    }

    /** Exactly 1 on average over all ways to choose the signs, whatever the sizes: the martingale, not a simulation of it. */
    @Test
    void betsAreFairUnderEverySymmetry() {
        double[] sizes = {0.3, 7, 1, 0.02, 100, 2, 0.3, 1.5, 4, 0.9};
        double sum = 0;
        for (int signs = 0; signs < 1 << sizes.length; signs++) {
            SignBets bets = new SignBets();
            for (int i = 0; i < sizes.length; i++) {
                bets.add((signs >> i & 1) == 0 ? sizes[i] : -sizes[i]);
            }
            sum += Math.exp(bets.logEValue(0));
        }
        assertThat(sum / (1 << sizes.length)).isCloseTo(1, within(1e-12));
    }

    @Test
    void equalValuesAreNoEvidenceAgainstThemselves() {
        SignBets bets = new SignBets();
        for (int i = 0; i < 20; i++) {
            bets.add(3);
        }
        assertThat(bets.logEValue(3)).isZero();
        assertThat(bets.logEValue(2)).isGreaterThan(Math.log(1_000));
    }

    @Test
    void bettingEndsAfterTheLastBet() {
        SplittableRandom random = new SplittableRandom(1);
        SignBets bets = new SignBets();
        for (int i = 0; i < SignBets.LAST_BET; i++) {
            bets.add(random.nextGaussian());
        }
        double then = bets.logEValue(1);
        bets.add(1_000);
        assertThat(bets.logEValue(1)).isEqualTo(then);
    }
}
