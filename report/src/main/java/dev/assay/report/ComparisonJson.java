package dev.assay.report;

import dev.assay.decide.Comparison;
import dev.assay.lab.Doubt;
import dev.assay.lab.Verdicts;
import dev.assay.statistics.Interval;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A comparison as the contract <em>comparison</em> has it ({@code docs/schemas/comparison.json}). */
public final class ComparisonJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ComparisonJson() {}

    public static String of(Comparison comparison, boolean failOnInconclusive) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(comparison, failOnInconclusive));
    }

    /** Several in one document, the exit code the worst of theirs ({@code docs/schemas/comparisons.json}). */
    public static String of(List<Comparison> comparisons) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "assay.comparisons/1");
        tree.put("comparisons", comparisons.stream().map(c -> tree(c, false)).toList());
        tree.put("exit", comparisons.stream().mapToInt(c -> c.exit(false)).max().orElse(0));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }

    private static Map<String, Object> tree(Comparison comparison, boolean failOnInconclusive) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "assay.comparison/1");
        tree.put("subjects", List.of("A", "B"));
        tree.put("descriptions", comparison.subjects());
        tree.put("run", comparison.run());
        tree.put("threshold", comparison.threshold());
        tree.put("falseDiscoveryRate", BigDecimal.ONE.subtract(BigDecimal.valueOf(comparison.confidence())));
        tree.put("results", comparison.results().stream().map(ComparisonJson::result).toList());
        tree.put("failures", comparison.failures().stream().map(ComparisonJson::missing).toList());
        tree.put("unreached", comparison.unreached().stream().map(ComparisonJson::missing).toList());
        tree.put("onlyA", comparison.onlyA());
        tree.put("onlyB", comparison.onlyB());
        tree.put("seconds", comparison.seconds());
        tree.put("doubts", doubts(comparison.doubts()));
        tree.put("exit", comparison.exit(failOnInconclusive));
        return tree;
    }

    private static Map<String, Object> result(Comparison.Result result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", result.name());
        tree.put("metric", result.metric().name());
        tree.put("unit", result.metric().unit());
        tree.put("better", result.metric().better().toString());
        tree.put("inverted", result.metric().better() == dev.assay.lab.Metric.Better.HIGHER);
        tree.put("decides", result.decides());
        Map<String, Object> values = new LinkedHashMap<>();
        result.a().ifPresent(v -> values.put("A", v));
        result.b().ifPresent(v -> values.put("B", v));
        tree.put("values", values);
        tree.put("effect", effect(result.ratio(), result.interval()));
        tree.put("verdict", Verdicts.name(result.verdict()));
        tree.put("withdrawn", result.withdrawn());
        tree.put("blocks", result.blocks());
        tree.put("processes", result.processes());
        tree.put("seconds", result.seconds());
        result.secondsStillNeeded().ifPresent(s -> tree.put("secondsStillNeeded", s));
        tree.put("doubts", doubts(result.doubts()));
        return tree;
    }

    /** An end that is not known is null: JSON has no infinity. */
    static Map<String, Object> effect(double ratio, Interval interval) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ratio", ratio);
        tree.put("low", Double.isFinite(interval.low()) ? interval.low() : null);
        tree.put("high", Double.isFinite(interval.high()) ? interval.high() : null);
        tree.put("confidence", interval.confidence());
        return tree;
    }

    static List<Object> doubts(List<Doubt> doubts) {
        return doubts.stream().map(d -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("kind", d.kind().id());
            tree.put("says", d.says());
            tree.put("remedy", d.remedy());
            return (Object) tree;
        }).toList();
    }

    private static Map<String, Object> missing(Comparison.Missing missing) {
        return Map.of("name", missing.name(), "reason", missing.reason());
    }
}
