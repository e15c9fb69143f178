package dev.assay.decide;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first benchmark of a JMH result in JSON: the score of each iteration in order, as nanoseconds per operation or as operations
 * per second, whatever unit the benchmark reports in.
 */
record JmhResult(List<Double> iterations) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, Double> NANOS = Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9,
            "hr",
            3600e9, "day", 86400e9);

    /** @throws DecideException when the file is not of that form */
    static JmhResult read(Path file) {
        try {
            JsonNode first = JSON.readTree(file).path(0);
            JsonNode metric = first.path("primaryMetric");
            double scale = scale(metric.path("scoreUnit").asString(""));
            List<Double> iterations = new ArrayList<>();
            if (metric.has("rawDataHistogram")) {
                metric.path("rawDataHistogram").path(0).forEach(iteration -> iterations.add(scale * mean(iteration)));
            } else {
                // JMH writes "NaN" as text.
                metric.path("rawData").path(0).forEach(value -> iterations
                        .add(value.isNumber() ? scale * value.asDouble() : Double.NaN));
            }
            return new JmhResult(List.copyOf(iterations));
        } catch (JacksonException e) {
            throw new DecideException(file + " is not a JMH result: " + e.getOriginalMessage(), e);
        }
    }

    private static double mean(JsonNode histogram) {
        double sum = 0;
        double count = 0;
        for (JsonNode bucket : histogram) {
            sum += bucket.path(0).asDouble() * bucket.path(1).asDouble();
            count += bucket.path(1).asDouble();
        }
        return sum / count;
    }

    /** @param unit such as {@code us/op} or {@code ops/ms} */
    private static double scale(String unit) {
        String[] sides = unit.split("/");
        if (sides.length == 2 && sides[1].equals("op") && NANOS.containsKey(sides[0])) {
            return NANOS.get(sides[0]);
        }
        if (sides.length == 2 && sides[0].equals("ops") && NANOS.containsKey(sides[1])) {
            return 1e9 / NANOS.get(sides[1]);
        }
        throw new DecideException("a JMH score is in time/op or ops/time, not '" + unit + "'");
    }
}
