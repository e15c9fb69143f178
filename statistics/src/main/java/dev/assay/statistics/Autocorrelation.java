package dev.assay.statistics;

/** How much successive values of a series repeat each other, and how many independent values they are worth. */
public final class Autocorrelation {
    private Autocorrelation() {}

    /**
     * The sample autocorrelation with the usual divisor n for every lag (Box &amp; Jenkins 1976, §2.1.5), -1 to 1; 0 for a
     * constant series.
     *
     * @param lag 0 to the series' length less 1
     */
    public static double at(Sample series, int lag) {
        if (lag < 0 || lag >= series.size()) {
            throw new StatisticsException(
                    "a lag lies in 0.." + (series.size() - 1) + " for a series of " + series.size()
                            + ", not " + lag);
        }
        double zero = covariance(series, 0);
        return zero == 0 ? 0 : covariance(series, lag) / zero;
    }

    /**
     * How many independent values would give the mean the same precision: n / (1 + 2 Σ ρₗ), summed by Geyer's initial monotone
     * sequence (Geyer 1992, Stat. Sci. 7): sums of adjacent pairs of autocorrelations, while positive, each at most the one before.
     * Between 1 and n; a series that alternates is not credited with more than n.
     */
    public static double effectiveSampleSize(Sample series) {
        int n = series.size();
        double zero = covariance(series, 0);
        if (zero == 0) {
            return n;
        }
        double pairs = 0;
        double before = Double.POSITIVE_INFINITY;
        for (int lag = 0; lag + 1 < n; lag += 2) {
            double pair = Math.min(before, (covariance(series, lag) + covariance(series, lag + 1)) / zero);
            if (pair <= 0) {
                break;
            }
            pairs += pair;
            before = pair;
        }
        return Math.clamp(n / (2 * pairs - 1), 1, n);
    }

    private static double covariance(Sample series, int lag) {
        double sum = 0;
        for (int i = lag; i < series.size(); i++) {
            sum += (series.arrivedValue(i) - series.mean()) * (series.arrivedValue(i - lag) - series.mean());
        }
        return sum / series.size();
    }
}
