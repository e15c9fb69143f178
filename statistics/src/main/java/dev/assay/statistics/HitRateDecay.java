package dev.assay.statistics;

import java.util.List;

/**
 * A hit rate that decays exponentially towards a floor as what is cached outgrows the cache, or ages:
 * floor + drop · exp(-x / scale).
 *
 * @param floor the rate that is left far out, with its interval
 * @param drop the rate at x = 0 less the floor
 * @param scale the x over which the excess falls to 1/e, in the unit of x; its interval is taken on the log scale, so it stays above 0
 * @param fit parameters {@code floor}, {@code drop} and {@code log-scale}, with residuals
 */
public record HitRateDecay(Fit.Parameter floor, Fit.Parameter drop, Fit.Parameter scale, Fit fit) {
    /**
     * Fits at least 4 points by {@link LeastSquares#curve}.
     *
     * @param x from 0, such as working set over cache size, or seconds since warming
     * @param rates 0 to 1
     */
    public static HitRateDecay fit(Sample x, Sample rates, double confidence) {
        if (x.size() != rates.size()) {
            throw new StatisticsException(x.size() + " values of x for " + rates.size() + " rates; give one each");
        }
        if (x.min() < 0 || rates.min() < 0 || rates.max() > 1) {
            throw new StatisticsException("x starts at 0 and rates lie in 0..1; these are from " + x.min() + ", and in "
                    + rates.min() + ".." + rates.max());
        }
        double range = Math.max(rates.max() - rates.min(), 1e-6);
        Fit fit = LeastSquares.curve((at, p) -> p[0] + p[1] * Math.exp(-at / Math.exp(p[2])),
                List.of(new LeastSquares.Start("floor", rates.min()), new LeastSquares.Start("drop", range),
                        new LeastSquares.Start("log-scale",
                                Math.log(firstBelow(x, rates, rates.min() + range / Math.E)))),
                x, rates, confidence);
        Fit.Parameter log = fit.parameter("log-scale");
        double scale = Math.exp(log.value());
        Fit.Parameter scaled = new Fit.Parameter("scale", scale, scale * log.standardError(),
                log.interval().map(Math::exp));
        return new HitRateDecay(fit.parameter("floor"), fit.parameter("drop"), scaled, fit);
    }

    private static double firstBelow(Sample x, Sample rates, double level) {
        double first = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.size(); i++) {
            if (rates.arrivedValue(i) <= level && x.arrivedValue(i) > 0) {
                first = Math.min(first, x.arrivedValue(i));
            }
        }
        return Double.isFinite(first) ? first : Math.max(x.max(), 1e-6) / 2;
    }
}
