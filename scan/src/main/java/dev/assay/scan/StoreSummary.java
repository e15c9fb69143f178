package dev.assay.scan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a scan of a whole store came to; the findings themselves are in its tables.
 *
 * @param artifacts
 *            how many by status
 * @param findings
 *            how many by rule, the most severe first
 * @param processes
 *            which processes did it
 */
public record StoreSummary(String schema, String target, String folder, long files, long bytes, double seconds,
        Map<String, Long> artifacts, List<OfRule> findings, List<Share> processes) {
    /** The contract's name; docs/schemas/store-1.json describes it. */
    public static final String SCHEMA = "assay.store/1";
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** How often a rule found something, and how much of it counts for the exit code. */
    public record OfRule(String rule, String severity, String confidence, long count) {}

    /** How much one process scanned. */
    public record Share(String executor, String host, long process, long files, long bytes) {}

    public StoreSummary {
        artifacts = new TreeMap<>(artifacts);
        findings = List.copyOf(findings);
        processes = List.copyOf(processes);
    }

    /** Whether anything was found that makes a scan answer with exit code 1. */
    public boolean hasFinding() {
        return findings.stream().anyMatch(one -> one.severity().equals(Severity.ERROR.label())
                || one.severity().equals(Severity.WARNING.label())
                        && one.confidence().equals(Confidence.HIGH.label()));
    }

    /** For other tools, and as {@code summary.json} beside the tables. */
    public String json() {
        return MAPPER.writeValueAsString(this);
    }

    /** What {@link #json()} wrote. */
    public static StoreSummary of(String json) {
        return MAPPER.readValue(json, StoreSummary.class);
    }

    /** For a terminal, or as Markdown. */
    public String text(boolean markdown) {
        StringBuilder text = new StringBuilder();
        String bullet = markdown ? "- " : "  ";
        text.append(markdown ? "## " : "").append("Store for ").append(target).append("\n")
                .append(markdown ? "\n" : "");
        text.append(bullet).append("%d files, %.1f MB in %.1f s: ".formatted(files, bytes / 1e6, seconds));
        text.append(String.join(", ", artifacts.entrySet().stream().map(one -> one.getValue() + " " + one.getKey())
                .toList())).append('\n');
        for (OfRule one : findings) {
            text.append(bullet).append("%6d  %-8s %-7s %s%n".formatted(one.count(), one.severity(), one.confidence(),
                    one.rule()));
        }
        for (Share one : processes) {
            text.append(bullet).append("executor %s, process %d on %s: %d files, %.1f MB%n".formatted(one.executor(),
                    one.process(), one.host(), one.files(), one.bytes() / 1e6));
        }
        text.append(bullet).append("The findings: assay scan --query ").append(folder);
        return text.append('\n').toString();
    }
}
