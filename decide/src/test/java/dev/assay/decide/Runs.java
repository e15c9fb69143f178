package dev.assay.decide;

import dev.assay.lab.Card;
import dev.assay.lab.Block;
import dev.assay.lab.Doubt;
import dev.assay.lab.Evidence;
import dev.assay.lab.Finding;
import dev.assay.lab.Metric;
import dev.assay.lab.Observation;
import dev.assay.lab.Point;
import dev.assay.lab.Run;
import dev.assay.lab.Settings;
import dev.assay.lab.Summary;
import dev.assay.lab.Surroundings;
import dev.assay.lab.Trial;
import dev.assay.lab.Variant;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Runs with figures of known truth. */
final class Runs {
    static final Metric TIME = new Metric("time per operation", "ns", Metric.Better.LOWER);
    static final Metric RATE = new Metric("bandwidth", "GB/s", Metric.Better.HIGHER);

    private Runs() {}

    /** An experiment with variants "one" and "two". */
    static Run of(String id, Instant at, String processor, String experiment, Metric metric, double one, double two,
            long seed) {
        Random random = new Random(seed);
        Card card = Card.of(experiment).measures(metric);
        List<Variant> variants = List.of(Variant.of("one", Map.of()), Variant.of("two", Map.of()));
        List<Block> blocks = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            blocks.add(new Block(i, i, false,
                    List.of(trial("one", one * Math.exp(0.005 * random.nextGaussian())),
                            trial("two", two * Math.exp(0.005 * random.nextGaussian()))),
                    new Surroundings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                            Optional.empty(), Optional.empty(), 0),
                    Optional.empty()));
        }
        Evidence evidence = new Evidence(card, variants, blocks);
        List<Summary> summaries = variants.stream().map(v -> summary(v.name(), evidence)).toList();
        Finding finding = new Finding(experiment, Finding.Status.MEASURED, Optional.empty(), 10, summaries, List.of(),
                List.of(), List.of(), evidence);
        return new Run(id, at, 10, new Settings(Duration.ofMinutes(1), 0.95, 0.01, 1, false, false),
                Map.of("processor", Map.of("name", processor, "vendor", "v"), "topology", Map.of("allowed", "0-3"),
                        "architecture", Map.of("process", "aarch64")),
                List.of(finding), List.<Doubt>of());
    }

    private static Trial trial(String variant, double value) {
        return new Trial(1, variant, 1, Duration.ofSeconds(1), new Trial.Outcome.Measured(
                new Observation(Map.of(Point.NONE, List.of(value)), Map.of(), List.of(), List.of(), 1)), List.of());
    }

    private static Summary summary(String variant, Evidence evidence) {
        double[] values = evidence.values(variant, Point.NONE);
        double median = Sample.of(values).median();
        return new Summary(variant, variant.equals("one"), values.length, Map.of(),
                new Summary.Value(Point.NONE, median, new Interval(median * 0.99, median * 1.01, 0.95)), List.of(),
                java.util.Arrays.stream(values).boxed().toList());
    }
}
