package dev.assay.report;

import dev.assay.decide.Choice;
import dev.assay.decide.Drift;
import dev.assay.decide.Gate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Gates, drift and choices as text (Markdown tables are text too), JSON, and annotations for CI. */
public final class DecisionReport {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BAR = 30;

    private DecisionReport() {}

    private static String json(Map<String, Object> tree) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }

    /** Whether it passes, and what blocks. */
    public static String text(Gate gate) {
        List<String> lines = new ArrayList<>();
        lines.add(gate.passes() ? "Passes." : "Blocked: " + Wording.count(gate.breaches().size(), "breach") + ".");
        gate.breaches().forEach(b -> lines.add("- " + b.says()));
        gate.gaps()
                .forEach(g -> lines.add(String.format(Locale.ROOT,
                        "- gap between %s and %s: %.1f %% (%.1f to %.1f) over %d results%s",
                        g.faster(), g.slower(), 100 * g.share(), 100 * g.interval().low(), 100 * g.interval().high(),
                        g.over(), g.blocks() ? ", blocks" : "")));
        return String.join("\n", lines);
    }

    /** @param exit code of the command: a gate that could not measure does not pass */
    public static String json(Gate gate, int exit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "assay.gate/1");
        tree.put("passes", gate.passes());
        tree.put("breaches", gate.breaches().stream().map(b -> Map.of("name", b.name(), "change", b.change(), "limit",
                b.limit(), "says", b.says())).toList());
        tree.put("gaps", gate.gaps().stream().map(g -> Map.of("faster", g.faster(), "slower", g.slower(), "share",
                g.share(), "low", g.interval().low(), "high", g.interval().high(), "over", g.over(), "blocks",
                g.blocks())).toList());
        tree.put("exit", exit);
        return json(tree);
    }

    /** Workflow commands of GitHub Actions: one error per breach. */
    public static String github(Gate gate) {
        return String.join("\n", gate.breaches().stream().map(
                b -> "::error title=Assay%3A " + command(b.name()).replace(":", "%3A").replace(",", "%2C") + "::"
                        + command(b.says()))
                .toList());
    }

    private static String command(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** Logging commands of Azure Pipelines. */
    public static String azure(Gate gate) {
        return String.join("\n", gate.breaches().stream().map(b -> "##vso[task.logissue type=error]Assay: "
                + b.says().replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")).toList());
    }

    /** Service messages of TeamCity. */
    public static String teamcity(Gate gate) {
        return String.join("\n", gate.breaches().stream().map(b -> "##teamcity[buildProblem description='Assay: "
                + b.says().replaceAll("[|'\\[\\]]", "|$0").replace("\n", "|n").replace("\r", "|r") + "']").toList());
    }

    /** A code quality report of GitLab, to be kept as an artifact. */
    public static String gitlab(Gate gate) {
        List<Object> issues = new ArrayList<>();
        for (Gate.Breach breach : gate.breaches()) {
            Map<String, Object> issue = new LinkedHashMap<>();
            issue.put("description", breach.says());
            issue.put("check_name", "assay");
            issue.put("fingerprint", Integer.toHexString(breach.name().hashCode()));
            issue.put("severity", "major");
            issue.put("location", Map.of("path", breach.name(), "lines", Map.of("begin", 1)));
            issues.add(issue);
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(issues);
    }

    public static String text(Drift drift) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT,
                "%s: stability index %.3f (alarm above %.2f; chance alone gives up to %.3f): %s",
                drift.metric(), drift.stability().index(), drift.limit(), drift.stability().byChance(),
                drift.alarm() ? "it has drifted" : "no alarm"));
        lines.add("Machine: " + drift.machine() + (drift.elsewhere() == 0
                ? "."
                : "; " + Wording.count(drift.elsewhere(), "run") + " of other machines left out."));
        lines.add(String.format(Locale.ROOT, "%d runs, the first %d are the reference. Anderson-Darling p = %.3g: %s.",
                drift.history().size(), drift.reference(), drift.different().pValue(),
                drift.different().pValue() < 0.05 ? "the distributions differ" : "no difference shows"));
        if (drift.changes().isEmpty()) {
            lines.add("No change of level.");
        }
        for (Drift.Change change : drift.changes()) {
            lines.add(String.format(Locale.ROOT, "Level changed at %s (run %s): %.4g to %.4g %s, p = %.3g.",
                    change.at().at(),
                    change.at().run(), change.before(), change.after(), drift.unit(), change.pValue()));
        }
        return String.join("\n", lines);
    }

    public static String json(Drift drift) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "assay.drift/1");
        tree.put("machine", drift.machine());
        tree.put("elsewhere", drift.elsewhere());
        tree.put("metric", drift.metric());
        tree.put("unit", drift.unit());
        tree.put("stabilityIndex", drift.stability().index());
        tree.put("byChance", drift.stability().byChance());
        tree.put("limit", drift.limit());
        tree.put("alarm", drift.alarm());
        tree.put("pValue", drift.different().pValue());
        tree.put("reference", drift.reference());
        tree.put("changes", drift.changes().stream().map(c -> Map.of("run", c.at().run(), "at", c.at().at().toString(),
                "before", c.before(), "after", c.after(), "pValue", c.pValue())).toList());
        tree.put("history", drift.history().stream().map(m -> Map.of("run", m.run(), "at", m.at().toString(), "value",
                m.value())).toList());
        tree.put("exit", drift.alarm() ? 1 : 0);
        return json(tree);
    }

    public static String text(Choice choice, boolean markdown) {
        List<String> lines = new ArrayList<>();
        lines.add("Best for this profile: " + choice.ranked().getFirst().name() + ".");
        lines.add("");
        List<String> criteria = List.copyOf(choice.ranked().getFirst().parts().keySet());
        if (markdown) {
            lines.add("| machine | score | " + String.join(" | ", criteria) + " |");
            lines.add("|---|--:|" + "--:|".repeat(criteria.size()));
        }
        int width = choice.ranked().stream().mapToInt(r -> r.name().length()).max().orElse(0);
        for (Choice.Ranked ranked : choice.ranked()) {
            List<String> parts = criteria.stream()
                    .map(c -> String.format(Locale.ROOT, "%.2f", ranked.parts().get(c))).toList();
            if (markdown) {
                lines.add(String.format(Locale.ROOT, "| %s | %.3f | ", MarkdownReport.plain(ranked.name()),
                        ranked.score())
                        + String.join(" | ", parts) + " |");
            } else {
                int full = (int) Math.round(BAR * ranked.score());
                lines.add(String.format(Locale.ROOT, "  %-" + width + "s  %.3f  %s%s", Ink.safe(ranked.name()),
                        ranked.score(),
                        "█".repeat(full), "·".repeat(BAR - full)));
                for (int i = 0; i < parts.size(); i++) {
                    lines.add("  " + " ".repeat(width) + "         " + criteria.get(i) + ": " + parts.get(i)
                            + " of the best");
                }
            }
        }
        lines.add("");
        choice.margins().forEach((name, margin) -> lines.add("- weight of " + name + ": "
                + (margin.down().isEmpty() && margin.up().isEmpty()
                        ? "no change of it changes the winner"
                        : "the winner stays from " + margin.down().map(f -> times(f)).orElse("0") + " to "
                                + margin.up().map(f -> times(f)).orElse("any multiple") + " of it")));
        choice.refused().forEach(r -> lines.add("- not considered: " + r.name() + ": " + r.reason()));
        return String.join("\n", lines);
    }

    private static String times(double factor) {
        return String.format(Locale.ROOT, "%.2f times", factor);
    }

    public static String json(Choice choice) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "assay.choice/1");
        tree.put("ranked", choice.ranked().stream().map(r -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", r.name());
            row.put("score", r.score());
            row.put("parts", r.parts());
            return row;
        }).toList());
        Map<String, Object> margins = new LinkedHashMap<>();
        choice.margins().forEach((name, margin) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            margin.down().ifPresent(f -> row.put("down", f));
            margin.up().ifPresent(f -> row.put("up", f));
            margins.put(name, row);
        });
        tree.put("margins", margins);
        tree.put("refused",
                choice.refused().stream().map(r -> Map.of("name", r.name(), "reason", r.reason())).toList());
        return json(tree);
    }
}
