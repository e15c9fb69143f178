package dev.assay.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Change points by hierarchical division on the energy distance (E-divisive: Matteson &amp; James 2014, JASA 109), which supposes no
 * distribution and sees changes of level as well as of spread. The split of the whole series with the greatest distance
 * <pre>{@code
 *   Q = mn/(m+n) · ( 2·mean|x-y| - mean|x-x'| - mean|y-y'| )          mean|x-x'| over pairs i<j
 * }</pre>
 * is kept if fewer than {@code significance} of the permutations within the present segments have a greater one; its two sides are then
 * divided in turn. Differs from the paper in one thing: the right side of a split always reaches to the segment's end, which costs
 * O(n²) in place of O(n³) per segment and finds the same changes by dividing on.
 *
 * <p>Values must be independent between changes. An autocorrelated series (every run on a slowly drifting machine) yields changes at any
 * significance; see {@link Autocorrelation}.
 */
public final class ChangePoints {
    /** Fewest values between changes: fewer, and one outlier is a change. */
    static final int LEAST_SEGMENT = 3;

    private static final int LONGEST = 2_000;

    private ChangePoints() {}

    /**
     * @param series in order of time, up to 2,000 values
     * @param significance the p-value up to which a change is kept, such as 0.01
     * @param permutations at least 1/significance - 1, or no p-value can be small enough; 199 for 0.01
     * @param seed the same seed gives the same changes
     * @return ascending by index
     */
    public static List<ChangePoint> find(Sample series, double significance, int permutations, long seed) {
        Require.confidence(significance);
        Require.atLeast((int) Math.ceil(1 / significance) - 1, permutations,
                "permutations for a significance of " + significance);
        if (series.size() > LONGEST) {
            throw new StatisticsException(
                    "a series for change points has at most " + LONGEST + " values, not " + series.size()
                            + "; give daily medians, or the latest values");
        }
        double[] values = series.values();
        SplittableRandom random = new SplittableRandom(seed);
        TreeSet<Integer> bounds = new TreeSet<>(List.of(0, values.length));
        List<Split> kept = new ArrayList<>();
        for (Split best = best(values, bounds); best.distance > 0; best = best(values, bounds)) {
            double p = pValue(values, bounds, best.distance, permutations, random);
            if (p > significance) {
                break;
            }
            kept.add(new Split(best.index, best.distance, p));
            bounds.add(best.index);
        }
        return kept.stream().map(split -> change(values, bounds, split))
                .sorted((a, b) -> Integer.compare(a.index(), b.index())).toList();
    }

    private record Split(int index, double distance, double pValue) {}

    private static ChangePoint change(double[] values, TreeSet<Integer> bounds, Split split) {
        double before = Sample.of(Arrays.copyOfRange(values, bounds.lower(split.index), split.index)).median();
        double after = Sample.of(Arrays.copyOfRange(values, split.index, bounds.higher(split.index))).median();
        return new ChangePoint(split.index, split.pValue, before, after);
    }

    private static double pValue(double[] values, TreeSet<Integer> bounds, double observed, int permutations,
            SplittableRandom random) {
        double[] shuffled = values.clone();
        int asGreat = 1;
        for (int i = 0; i < permutations; i++) {
            for (int start : bounds.headSet(values.length)) {
                Shuffle.range(shuffled, start, bounds.higher(start), random);
            }
            asGreat += best(shuffled, bounds).distance >= observed ? 1 : 0;
        }
        return (double) asGreat / (permutations + 1);
    }

    private static Split best(double[] values, TreeSet<Integer> bounds) {
        Split best = new Split(0, 0, 1);
        for (int start : bounds.headSet(values.length)) {
            Split candidate = best(values, start, bounds.higher(start));
            best = candidate.distance > best.distance ? candidate : best;
        }
        return best;
    }

    /** Tries all splits of one segment; moving one value from right to left changes the three sums by its distances to both sides. */
    private static Split best(double[] values, int start, int end) {
        double left = 0;
        double across = 0;
        double right = 0;
        for (int i = start; i < end; i++) {
            for (int j = start; j < i; j++) {
                right += Math.abs(values[i] - values[j]);
            }
        }
        Split best = new Split(start, 0, 1);
        for (int split = start + 1; split <= end - LEAST_SEGMENT; split++) {
            double moved = values[split - 1];
            double toLeft = 0;
            for (int i = start; i < split - 1; i++) {
                toLeft += Math.abs(moved - values[i]);
            }
            double toRight = 0;
            for (int i = split; i < end; i++) {
                toRight += Math.abs(moved - values[i]);
            }
            left += toLeft;
            across += toRight - toLeft;
            right -= toRight;
            double m = split - start;
            double n = end - split;
            if (m < LEAST_SEGMENT) {
                continue;
            }
            double distance = m * n / (m + n)
                    * (2 * across / (m * n) - 2 * left / (m * (m - 1)) - 2 * right / (n * (n - 1)));
            if (distance > best.distance) {
                best = new Split(split, distance, 1);
            }
        }
        return best;
    }
}
