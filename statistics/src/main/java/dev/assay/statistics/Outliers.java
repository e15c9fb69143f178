package dev.assay.statistics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Values far from the bulk of a sample, by the modified z-score of Iglewicz &amp; Hoaglin 1993 ("How to detect and handle
 * outliers", ASQC vol. 16): |0.6745 (x - median) / MAD| above 3.5, the threshold they recommend. Where more than half of the values
 * are equal, the MAD is 0 and their mean absolute deviation takes its place.
 *
 * <p>Outliers are a reason for doubt, never for deletion: a slow process is a slow process.
 *
 * @param indices positions of the outliers, in order of arrival
 * @param size how many values were looked at
 */
public record Outliers(List<Integer> indices, int size) {
    private static final double THRESHOLD = 3.5;
    private static final double NORMAL_DEVIATION_PER_MEAN_DEVIATION = Math.sqrt(Math.PI / 2);

    public Outliers {
        indices = List.copyOf(indices);
    }

    /** @throws StatisticsException never; with fewer than 3 values nothing is far from the rest */
    public static Outliers in(Sample sample) {
        double median = sample.median();
        double scale = sample.robustStandardDeviation();
        if (scale == 0) {
            scale = NORMAL_DEVIATION_PER_MEAN_DEVIATION * sample.map(x -> Math.abs(x - median)).mean();
        }
        double farthest = THRESHOLD * scale;
        return new Outliers(IntStream.range(0, sample.size())
                .filter(i -> Math.abs(sample.arrivedValue(i) - median) > farthest).boxed().toList(), sample.size());
    }

    public boolean none() {
        return indices.isEmpty();
    }

    /** Share of the values that are outliers, 0 to 1. */
    public double share() {
        return (double) indices.size() / size;
    }
}
