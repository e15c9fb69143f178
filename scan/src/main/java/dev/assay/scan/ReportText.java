package dev.assay.scan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report for people: a table grouped by severity, or the same in Markdown. */
public final class ReportText {
    private final boolean markdown;
    private final StringBuilder text = new StringBuilder();

    private ReportText(boolean markdown) {
        this.markdown = markdown;
    }

    /** For a terminal. */
    public static String table(ScanReport report) {
        return new ReportText(false).write(report);
    }

    /** For a page or a pull request. */
    public static String markdown(ScanReport report) {
        return new ReportText(true).write(report);
    }

    private String write(ScanReport report) {
        Map<Status, List<Artifact>> byStatus = report.artifacts().stream()
                .collect(Collectors.groupingBy(Artifact::status, TreeMap::new, Collectors.toList()));
        heading("Artifacts for " + report.target().label());
        for (Status status : List.of(Status.BROKEN, Status.NEEDS_COMPANION)) {
            for (Artifact artifact : byStatus.getOrDefault(status, List.of())) {
                line(status.label(), artifact.path(), "");
                artifact.evidence().stream().limit(4).forEach(fact -> detail(shortened(fact, artifact) + fact.says()));
                if (artifact.evidence().size() > 4) {
                    detail("and " + (artifact.evidence().size() - 4) + " more facts (see --format json)");
                }
            }
        }
        int ready = byStatus.getOrDefault(Status.READY, List.of()).size();
        plain(ready + " ready, " + byStatus.getOrDefault(Status.BROKEN, List.of()).size() + " broken, "
                + byStatus.getOrDefault(Status.NEEDS_COMPANION, List.of()).size() + " need a companion ("
                + report.files() + " files, " + report.bytes() / 1_000_000 + " MB)");
        for (Severity severity : Severity.values()) {
            List<Finding> findings = report.findings().stream().filter(finding -> finding.severity() == severity)
                    .toList();
            if (!findings.isEmpty()) {
                heading(switch (severity) {
                    case ERROR -> "Will break";
                    case WARNING -> "May break";
                    case NOTE -> "Slower than need be, or good to know";
                } + " (" + findings.size() + ")");
                findings.forEach(this::finding);
            }
        }
        if (report.accepted() > 0) {
            plain(report.accepted() + " accepted by the baseline");
        }
        return text.toString();
    }

    private static String shortened(Evidence fact, Artifact artifact) {
        if (fact.path().equals(artifact.path())) {
            return "";
        }
        return fact.path().startsWith(artifact.path() + "!/")
                ? fact.path().substring(artifact.path().length() + 2) + ": "
                : fact.path() + ": ";
    }

    private void finding(Finding finding) {
        line(finding.rule() + " (" + finding.confidence().label() + ")", finding.artifact(), finding.location());
        detail(finding.says());
        detail("→ " + finding.remedy());
    }

    private void heading(String title) {
        text.append(text.isEmpty() ? "" : "\n").append(markdown ? "## " : "").append(title).append('\n');
        text.append(markdown ? "\n" : "");
    }

    private void line(String what, String artifact, String location) {
        if (markdown) {
            text.append("- **").append(what).append("** `").append(artifact.replace("`", "'")).append('`')
                    .append(location.isEmpty() || location.equals(artifact)
                            ? ""
                            : " `" + location.replace("`", "'") + "`")
                    .append('\n');
        } else {
            text.append("  ").append(what).append("  ").append(artifact)
                    .append(location.isEmpty() || location.equals(artifact) ? "" : "  " + location).append('\n');
        }
    }

    private void detail(String detail) {
        text.append(markdown ? "  - " : "      ").append(printable(detail)).append('\n');
    }

    private void plain(String sentence) {
        text.append(markdown ? "\n" : "  ").append(sentence).append('\n');
    }

    /** Names from hostile archives may hold control characters, which a terminal would obey. */
    private static String printable(String detail) {
        return detail.replaceAll("\\p{Cntrl}", "?");
    }
}
