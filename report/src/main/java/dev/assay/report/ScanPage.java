package dev.assay.report;

import dev.assay.report.chart.FieldMap;
import dev.assay.report.chart.Markup;
import dev.assay.report.chart.StatusBar;
import dev.assay.scan.Artifact;
import dev.assay.scan.Evidence;
import dev.assay.scan.Finding;
import dev.assay.scan.ObjectLayout;
import dev.assay.scan.Rule;
import dev.assay.scan.Rules;
import dev.assay.scan.ScanReport;
import dev.assay.scan.Severity;
import dev.assay.scan.Status;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A scan as one page, for one target or several: what becomes of the artifacts, findings by severity and rule with their
 * evidence, and drawings of object layouts. It holds all it needs and runs nothing, like the page of a run.
 */
public final class ScanPage {
    /** Rows of one rule, or of artifacts, that a page shows; the rest is in the JSON. */
    private static final int MOST_ROWS = 200;
    private static final int MOST_FACTS = 6;
    private static final int MOST_DRAWINGS = 24;

    private final List<ScanReport> reports;
    private final Map<String, Rule> rules = Rules.all().stream().collect(Collectors.toMap(Rule::id, rule -> rule));
    private final Markup page = new Markup();

    private ScanPage(List<ScanReport> reports) {
        this.reports = List.copyOf(reports);
    }

    /**
     * The page.
     *
     * @param reports one for each target
     * @param layouts objects to draw; none leaves the section out
     * @param lineBytes the size of a cache line in the drawings
     */
    public static String of(List<ScanReport> reports, List<ObjectLayout> layouts, int lineBytes) {
        return new ScanPage(reports).write(layouts, lineBytes);
    }

    private String write(List<ObjectLayout> layouts, int lineBytes) {
        String title = "Scan for " + reports.stream().map(report -> report.target().label())
                .collect(Collectors.joining(", "));
        page.trusted("<!DOCTYPE html>\n").open("html", "lang", "en");
        page.open("head").empty("meta", "charset", "utf-8").empty("meta", "name", "viewport", "content",
                "width=device-width, initial-scale=1").empty("meta", "http-equiv", "Content-Security-Policy", "content",
                        HtmlReport.POLICY)
                .empty("meta", "name", "color-scheme", "content", "light dark").leaf("title", "Assay: " + title)
                .open("style").trusted(HtmlReport.style() + HtmlReport.resource("scan.css")).close().close();
        page.open("body").leaf("a", "Skip to the findings", "class", "skip", "href", "#summary");
        page.open("header", "class", "top").open("div", "class", "bar");
        page.open("p", "class", "brand").leaf("strong", "Assay").text(" what an artifact will do on another machine")
                .close();
        page.open("fieldset", "class", "theme").leaf("legend", "Colours");
        HtmlReport.theme(page, "auto", "Auto", true);
        HtmlReport.theme(page, "light", "Light", false);
        HtmlReport.theme(page, "dark", "Dark", false);
        page.close().close().leaf("h1", title);
        page.leaf("p", "%,d files, %.1f MB; every answer rests on the bytes of the files".formatted(
                reports.getFirst().files(), reports.getFirst().bytes() / 1e6), "class", "sub").close();
        page.open("main");
        summary();
        reports.forEach(this::target);
        layouts(layouts, lineBytes);
        page.close().leaf("footer", "Written by Assay · every rule, with its reasons and how to silence it: assay scan"
                + " --rules --format markdown");
        return page.close().close() + "\n";
    }

    private void summary() {
        page.open("section", "id", "summary", "aria-labelledby", "summary-title");
        page.leaf("h2", "What becomes of the artifacts", "id", "summary-title");
        page.leaf("p", lead(), "class", "lead");
        for (ScanReport report : reports) {
            page.open("figure").add(StatusBar.of(report.target().label(), counts(report)));
            page.close();
        }
        page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Summary");
        page.open("table").leaf("caption", "Artifacts by status and findings by severity, for each target");
        HtmlTables.head(page, "Target", "#Ready", "#Need a companion", "#Broken", "#Will break", "#May break",
                "#Good to know", "#Accepted");
        page.open("tbody");
        for (ScanReport report : reports) {
            Map<Status, Long> counts = counts(report);
            page.open("tr").open("th", "scope", "row").leaf("a", report.target().label(), "href",
                    "#" + report.target().label()).close();
            List.of(counts.get(Status.READY), counts.get(Status.NEEDS_COMPANION), counts.get(Status.BROKEN),
                    count(report, Severity.ERROR), count(report, Severity.WARNING), count(report, Severity.NOTE),
                    (long) report.accepted())
                    .forEach(number -> page.leaf("td", "%,d".formatted(number), "class", "n"));
            page.close();
        }
        page.close().close().close().close();
    }

    private String lead() {
        return reports.stream().map(report -> {
            long broken = counts(report).get(Status.BROKEN);
            return report.target().label() + ": " + (broken == 0
                    ? "nothing is broken"
                    : Wording.count(broken, "artifact") + (broken == 1 ? " is broken" : " are broken"))
                    + ", " + count(report, Severity.ERROR) + " of " + Wording.count(report.findings().size(), "finding")
                    + " will break.";
        }).collect(Collectors.joining(" "));
    }

    private static Map<Status, Long> counts(ScanReport report) {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            counts.put(status, report.artifacts().stream().filter(one -> one.status() == status).count());
        }
        return counts;
    }

    private static long count(ScanReport report, Severity severity) {
        return report.findings().stream().filter(finding -> finding.severity() == severity).count();
    }

    private void target(ScanReport report) {
        String target = report.target().label();
        page.open("section", "id", target, "aria-labelledby", target + "-title");
        page.leaf("p", target, "class", "id").leaf("h2", "Artifacts that do not move as they are", "id",
                target + "-title");
        List<Artifact> staying = report.artifacts().stream().filter(one -> one.status() != Status.READY).toList();
        if (staying.isEmpty()) {
            page.leaf("p", "There are none: every artifact is ready.", "class", "note");
        } else {
            artifacts(staying);
        }
        page.close();
        for (Severity severity : Severity.values()) {
            findings(report, severity);
        }
    }

    private void artifacts(List<Artifact> staying) {
        page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Artifacts");
        page.open("table", "class", "findings");
        HtmlTables.head(page, "Status", "Artifact", "Evidence");
        page.open("tbody");
        for (Artifact artifact : staying.stream().limit(MOST_ROWS).toList()) {
            page.open("tr").open("td").leaf("span", artifact.status().label(), "class",
                    "chip " + artifact.status().label()).close();
            page.leaf("td", artifact.path(), "class", "code place").open("td", "class", "says");
            page.text(artifact.evidence().getFirst().says());
            facts(artifact);
            page.close().close();
        }
        page.close().close().close();
        more(staying.size());
    }

    private void facts(Artifact artifact) {
        List<Evidence> rest = artifact.evidence().subList(1, artifact.evidence().size());
        if (rest.isEmpty()) {
            return;
        }
        page.open("ul", "class", "facts");
        for (Evidence fact : rest.stream().limit(MOST_FACTS).toList()) {
            String place = fact.path().startsWith(artifact.path() + "!/")
                    ? fact.path().substring(artifact.path().length() + 2)
                    : fact.path();
            page.leaf("li", place + ": " + fact.says());
        }
        if (rest.size() > MOST_FACTS) {
            page.leaf("li", "and " + Wording.count(rest.size() - MOST_FACTS, "more fact"));
        }
        page.close();
    }

    private void more(int all) {
        if (all > MOST_ROWS) {
            page.leaf("p", "%,d more are left out here; assay scan --format json has all.".formatted(all - MOST_ROWS),
                    "class", "quiet");
        }
    }

    private void findings(ScanReport report, Severity severity) {
        Map<String, List<Finding>> byRule = report.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .collect(Collectors.groupingBy(Finding::rule, TreeMap::new, Collectors.toList()));
        if (byRule.isEmpty()) {
            return;
        }
        String id = report.target().label() + "-" + severity.label();
        page.open("section", "id", id, "aria-labelledby", id + "-title");
        page.leaf("p", report.target().label(), "class", "id");
        page.open("h2", "id", id + "-title").text(switch (severity) {
            case ERROR -> "Will break ";
            case WARNING -> "May break ";
            case NOTE -> "Slower than need be, or good to know ";
        }).leaf("span", String.valueOf(count(report, severity)), "class", "chip " + severity.label()).close();
        byRule.forEach(this::rule);
        page.close();
    }

    private void rule(String id, List<Finding> findings) {
        Rule rule = rules.get(id);
        page.open("div", "class", "rule").leaf("p", id, "class", "id");
        page.leaf("h3", rule == null ? id : rule.title());
        if (rule != null) {
            page.leaf("p", rule.why());
        }
        boolean oneRemedy = findings.stream().map(Finding::remedy).distinct().count() == 1;
        if (oneRemedy) {
            page.leaf("p", findings.getFirst().remedy(), "class", "remedy");
        }
        page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", id);
        page.open("table", "class", "findings");
        HtmlTables.head(page, "Confidence", "Where", "What");
        page.open("tbody");
        for (Finding finding : findings.stream().limit(MOST_ROWS).toList()) {
            page.open("tr").leaf("td", finding.confidence().label(), "class", "short").open("td", "class",
                    "place code");
            page.text(finding.artifact());
            if (!finding.location().isEmpty() && !finding.location().equals(finding.artifact())) {
                page.empty("br").text(within(finding));
            }
            page.close().open("td", "class", "says").text(finding.says());
            if (!oneRemedy) {
                page.leaf("div", finding.remedy(), "class", "remedy");
            }
            page.close().close();
        }
        page.close().close().close();
        more(findings.size());
        page.close();
    }

    private static String within(Finding finding) {
        return finding.location().startsWith(finding.artifact() + "!/")
                ? finding.location().substring(finding.artifact().length() + 2)
                : finding.location();
    }

    /** Those with fields that can share a line come first: they are why one looks. */
    private void layouts(List<ObjectLayout> layouts, int lineBytes) {
        if (layouts.isEmpty()) {
            return;
        }
        page.open("section", "id", "layouts", "aria-labelledby", "layouts-title");
        page.leaf("h2", "Where fields lie", "id", "layouts-title");
        page.leaf("p",
                "One row is a cache line of " + lineBytes + " bytes. Fields that are volatile or contended, so most"
                        + " likely written by one thread while others use their neighbours, stand out.");
        List<ObjectLayout> shown = layouts.stream().sorted((one, two) -> Boolean.compare(
                one.sharedLines(lineBytes).isEmpty(), two.sharedLines(lineBytes).isEmpty())).limit(MOST_DRAWINGS)
                .toList();
        for (ObjectLayout layout : shown) {
            page.open("figure").leaf("h3", layout.type()).add(FieldMap.of(layout, lineBytes));
            List<String> shared = layout.sharedLines(lineBytes);
            page.leaf("figcaption", layout.sizeBytes() + " bytes, header " + layout.headerBytes() + ", waste "
                    + layout.wasteBytes() + (shared.isEmpty()
                            ? "; no two fields that are written alone share a line."
                            : "; share a line: " + String.join(", ", shared) + ". Suggestion: @Contended, or "
                                    + layout.suggestedPaddingBytes(lineBytes) + " bytes of padding between them."))
                    .close();
        }
        if (layouts.size() > shown.size()) {
            page.leaf("p", (layouts.size() - shown.size()) + " more are left out here; name the classes that matter:"
                    + " --layout CLASS.", "class", "quiet");
        }
        page.close();
    }
}
