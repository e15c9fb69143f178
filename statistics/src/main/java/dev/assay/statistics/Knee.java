package dev.assay.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.FDistribution;

/** Where a curve bends: two straight lines that meet. */
public sealed interface Knee {
    /**
     * There is a bend.
     *
     * @param at the x where the lines meet
     * @param interval of {@code at}; reaches the outermost possible bend where the observations do not say
     * @param slopeBefore of the first line
     * @param slopeAfter of the second line
     * @param pValue of "one straight line is enough"
     */
    record Found(double at, Interval interval, double slopeBefore, double slopeAfter, double pValue) implements Knee {}

    /**
     * One straight line is enough.
     *
     * @param slope of that line
     * @param pValue of "one straight line is enough"
     */
    record Straight(double slope, double pValue) implements Knee {}

    /** Fewest points: two on either side of the bend and one degree of freedom. */
    int LEAST = 5;

    /**
     * Fits y = a + b·x + c·max(0, x - knee) by least squares over all knees with two different x on either side (Hudson 1966, JASA 61). The
     * interval is the profile likelihood's: the knees whose residual squares are at most 1 + F(1, n-4)/(n-4) times the least (Seber
     * &amp; Wild 1989, §9.3). Whether there is a knee at all has no textbook distribution, as the knee exists only if there is one (Davies
     * 1987, Biometrika 74); its p-value is simulated: normal noise around a straight line over the same x, fitted in the same way.
     *
     * @param x in any order, at least 4 different values; log-transform both axes for power laws
     * @param y with independent noise of equal size
     * @param simulations at least 99
     * @param seed the same seed gives the same p-value
     */
    static Knee find(Sample x, Sample y, double confidence, int simulations, long seed) {
        Require.confidence(confidence);
        Require.atLeast(99, simulations, "the number of simulations");
        Require.atLeast(LEAST, x.size(), "the number of points for a knee");
        if (x.size() != y.size()) {
            throw new StatisticsException(x.size() + " values of x for " + y.size() + " of y; give pairs");
        }
        Hinges hinges = Hinges.over(x);
        double[] profile = hinges.residualSquares(y.values());
        int best = least(profile);
        double straight = hinges.straightSquares(y.values());
        double pValue = pValue(hinges, profile[best] / straight, straight, y, simulations, seed);
        double[] line = hinges.lines(y.values(), best);
        if (pValue > 1 - confidence) {
            return new Straight(hinges.slope(y.values()), pValue);
        }
        int freedom = x.size() - 4;
        double limit = profile[best]
                * (1 + FDistribution.of(1, freedom).inverseSurvivalProbability(1 - confidence) / freedom);
        int low = best;
        while (low > 0 && profile[low - 1] <= limit) {
            low--;
        }
        int high = best;
        while (high < profile.length - 1 && profile[high + 1] <= limit) {
            high++;
        }
        return new Found(hinges.at(best), new Interval(hinges.at(low), hinges.at(high), confidence), line[0],
                line[0] + line[1], pValue);
    }

    private static double pValue(Hinges hinges, double observed, double straight, Sample y, int simulations,
            long seed) {
        double total = y.variance() * (y.size() - 1);
        // Residuals that are all rounding carry no information about a bend.
        if (straight <= 1e-20 * (total + y.mean() * y.mean())) {
            return 1;
        }
        SplittableRandom random = new SplittableRandom(seed);
        int asBent = 1;
        double[] noise = new double[y.size()];
        for (int i = 0; i < simulations; i++) {
            Arrays.setAll(noise, at -> random.nextGaussian());
            double[] profile = hinges.residualSquares(noise);
            asBent += profile[least(profile)] / hinges.straightSquares(noise) <= observed ? 1 : 0;
        }
        return (double) asBent / (simulations + 1);
    }

    private static int least(double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            least = values[i] < values[least] ? i : least;
        }
        return least;
    }
}
