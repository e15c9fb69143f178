package dev.assay.statistics;

import java.util.SplittableRandom;

/** Random order, by Durstenfeld's algorithm (1964, CACM 7). */
final class Shuffle {
    private Shuffle() {}

    static void all(double[] values, SplittableRandom random) {
        range(values, 0, values.length, random);
    }

    static void range(double[] values, int from, int to, SplittableRandom random) {
        for (int i = to - 1; i > from; i--) {
            int j = from + random.nextInt(i - from + 1);
            double swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
