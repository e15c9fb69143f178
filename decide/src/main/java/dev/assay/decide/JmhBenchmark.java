package dev.assay.decide;

import dev.assay.lab.Metric;
import dev.assay.lab.Metric.Better;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One benchmark in one mode with one value per parameter.
 *
 * @param name full, with package and class
 * @param mode as JMH abbreviates it: thrpt, avgt, sample or ss
 * @param jvmOptions of its fork annotation, those that replace JMH's; what it prepends and appends, JMH adds itself
 */
record JmhBenchmark(String name, String mode, Map<String, String> parameters, List<String> jvmOptions) {
    JmhBenchmark {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** What both jars must have for a comparison. */
    String title() {
        String with = parameters.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", "));
        return name + (with.isEmpty() ? "" : " (" + with + ")") + " [" + mode + "]";
    }

    boolean throughput() {
        return mode.equals("thrpt");
    }

    boolean singleShot() {
        return mode.equals("ss");
    }

    Metric metric() {
        return throughput()
                ? new Metric("throughput", "ops/s", Better.HIGHER)
                : new Metric(singleShot() ? "time of a single shot" : "time per operation", "ns", Better.LOWER);
    }
}
