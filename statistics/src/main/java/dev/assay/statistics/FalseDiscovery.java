package dev.assay.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which of many comparisons to report when a share of the reported ones, and no more, may be false alarms. */
public final class FalseDiscovery {
    private FalseDiscovery() {}

    /**
     * p-values adjusted by Benjamini &amp; Hochberg 1995 (JRSS B 57), in the order given: those at most q are discoveries at a false
     * discovery rate of q, if the p-values are independent or positively dependent.
     */
    public static List<Double> adjusted(List<Double> pValues) {
        pValues.forEach(FalseDiscovery::pValue);
        int[] rising = order(pValues);
        Double[] adjusted = new Double[rising.length];
        double least = 1;
        for (int rank = rising.length; rank >= 1; rank--) {
            least = Math.min(least, pValues.get(rising[rank - 1]) * rising.length / rank);
            adjusted[rising[rank - 1]] = least;
        }
        return List.of(adjusted);
    }

    /** Indices of the discoveries by Benjamini &amp; Hochberg, ascending. */
    public static List<Integer> byPValues(List<Double> pValues, double rate) {
        Require.confidence(rate);
        List<Double> adjusted = adjusted(pValues);
        return IntStream.range(0, adjusted.size()).filter(i -> adjusted.get(i) <= rate).boxed().toList();
    }

    /**
     * Indices of the discoveries by e-BH (Wang &amp; Ramdas 2022, JRSS B 84), ascending: the k largest e-values for the greatest k of which the
     * k-th is at least n/(k·rate). Valid however the comparisons depend on each other, and at whatever moment each was stopped, which is why
     * sequential comparisons go through it.
     *
     * @param eValues from 0, such as {@link ConfidenceSequence#eValue} of the value that means no difference
     */
    public static List<Integer> byEValues(List<Double> eValues, double rate) {
        Require.confidence(rate);
        for (double eValue : eValues) {
            if (!(eValue >= 0)) {
                throw new StatisticsException("an e-value is at least 0, not " + eValue);
            }
        }
        int[] rising = order(eValues);
        int n = rising.length;
        int discoveries = IntStream.rangeClosed(1, n)
                .filter(k -> eValues.get(rising[n - k]) >= n / (k * rate)).max().orElse(0);
        return IntStream.range(n - discoveries, n).map(i -> rising[i]).sorted().boxed().toList();
    }

    private static int[] order(List<Double> values) {
        return IntStream.range(0, values.size()).boxed().sorted(Comparator.comparing(values::get)).mapToInt(i -> i)
                .toArray();
    }

    private static void pValue(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new StatisticsException("a p-value lies in 0..1, not " + p);
        }
    }
}
