package dev.assay.report;

import dev.assay.lab.Doubt;
import dev.assay.lab.Effect;
import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.lab.Summary;
import dev.assay.report.chart.Markup;
import java.util.List;
import java.util.Optional;

/** The top of the page: what the run answers, the table of all experiments, doubts about the run. */
final class HtmlSummary {
    /** Variants of one experiment that the overview shows; the rest is in its section. */
    private static final int MOST_VARIANTS = 8;

    private HtmlSummary() {}

    static void write(Markup page, Run run, DoubtMarks marks) {
        page.open("section", "id", "results", "aria-labelledby", "results-title");
        page.leaf("h2", "What this run answers", "id", "results-title");
        page.open("p", "class", "lead").text(Wording.extent(run));
        HtmlTables.marks(page, run.doubts(), marks, "run");
        page.close();
        if (run.settings().control()) {
            page.leaf("p", "This is a control: every variant is compared with itself. Any difference that is claimed"
                    + " is a false alarm, and at most " + Ratios.setting(1 - run.settings().confidence())
                    + " of the comparisons should raise one.", "class", "note");
        }
        if (run.findings().isEmpty()) {
            page.leaf("p", "The run holds no experiments.", "class", "note").close();
            return;
        }
        page.open("ul", "class", "answers");
        for (Finding finding : run.findings()) {
            page.open("li", "class", finding.status().toString());
            page.leaf("a", finding.id(), "class", "id", "href", "#" + finding.id());
            page.leaf("span", Wording.unbroken(Answers.of(finding, run))).close();
        }
        page.close();
        overview(page, run, marks);
        doubts(page, run.doubts(), marks);
        page.close();
    }

    private static void overview(Markup page, Run run, DoubtMarks marks) {
        page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Overview");
        page.open("table", "class", "overview");
        page.leaf("caption", "All experiments: the headline of each variant with its "
                + Ratios.setting(run.settings().confidence()) + " interval, and the ratio to what it is compared with");
        HtmlTables.head(page, "Experiment", "Variant", "#Value", "#Interval", "#Processes", "#Ratio", "Verdict",
                "Doubts");
        for (Finding finding : run.findings()) {
            rows(page, finding, marks);
        }
        page.close().close();
    }

    private static void rows(Markup page, Finding finding, DoubtMarks marks) {
        page.open("tbody");
        List<Summary> shown = finding.summaries().stream().limit(MOST_VARIANTS).toList();
        int hidden = finding.summaries().size() - shown.size();
        int rows = Math.max(1, shown.size() + (hidden > 0 ? 1 : 0));
        page.open("tr");
        page.open("th", "scope", "rowgroup", "rowspan", rows).leaf("a", finding.id(), "href", "#" + finding.id())
                .leaf("span", finding.evidence().card().question(), "class", "question").close();
        if (shown.isEmpty()) {
            page.open("td", "colspan", 6, "class", "reason").leaf("span", finding.status().toString(), "class",
                    "chip " + finding.status()).text(" " + Wording.sentence(finding.reason().orElse("")));
            page.close();
            doubtCount(page, finding, rows, marks);
            page.close().close();
            return;
        }
        Quantity quantity = Quantity.of(finding.evidence().card().metric().unit(), finding.summaries());
        for (int i = 0; i < shown.size(); i++) {
            if (i > 0) {
                page.open("tr");
            }
            variant(page, finding, shown.get(i), quantity, marks);
            if (i == 0) {
                doubtCount(page, finding, rows, marks);
            }
            page.close();
        }
        if (hidden > 0) {
            page.open("tr").open("td", "colspan", 6).leaf("a", "and " + Wording.count(hidden, "more variant"), "href",
                    "#" + finding.id()).close().close();
        }
        page.close();
    }

    private static void variant(Markup page, Finding finding, Summary summary, Quantity quantity, DoubtMarks marks) {
        Summary.Value value = summary.headline();
        page.leaf("td", summary.variant());
        HtmlTables.figure(page, quantity.text(value), finding, marks);
        page.leaf("td", quantity.interval(value.value(), value.interval()), "class", "n quiet");
        HtmlTables.processes(page, finding, summary);
        Optional<Effect> effect = Answers.atHeadline(finding).stream()
                .filter(e -> e.variant().equals(summary.variant())).findFirst();
        if (effect.isEmpty()) {
            page.leaf("td", summary.baseline() ? "baseline" : "not compared", "colspan", 2, "class", "quiet");
            return;
        }
        page.open("td", "class", "n").leaf("span", Ratios.text(effect.get()), "title",
                "against " + effect.get().against() + ": " + Ratios.interval(effect.get())).close();
        page.open("td").add(HtmlTables.chip(effect.get())).close();
    }

    private static void doubtCount(Markup page, Finding finding, int rows, DoubtMarks marks) {
        page.open("td", "rowspan", rows, "class", "doubted");
        if (finding.doubts().isEmpty()) {
            page.leaf("span", finding.status() == Finding.Status.MEASURED ? "none" : "–", "class", "quiet");
        } else {
            page.leaf("a", String.valueOf(finding.doubts().size()), "href", "#" + finding.id() + "-doubts",
                    "aria-label", Wording.count(finding.doubts().size(), "doubt") + " about " + finding.id());
            page.open("ul");
            finding.doubts().stream().map(Doubt::kind).distinct()
                    .forEach(kind -> page.leaf("li", DoubtMarks.words(kind)));
            page.close();
        }
        page.close();
    }

    private static void doubts(Markup page, List<Doubt> doubts, DoubtMarks marks) {
        if (!doubts.isEmpty()) {
            page.leaf("h3", "Doubts about the whole run");
            page.add(HtmlTables.doubts(doubts, marks, "run"));
        }
    }
}
