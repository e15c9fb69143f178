package dev.assay.report;

import dev.assay.lab.Block;
import dev.assay.lab.Card;
import dev.assay.lab.Effect;
import dev.assay.lab.Finding;
import dev.assay.lab.Metric;
import dev.assay.lab.Run;
import dev.assay.lab.Summary;
import dev.assay.lab.Trial;
import dev.assay.report.chart.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One experiment's section. */
final class HtmlFinding {
    private final Run run;
    private final Finding finding;
    private final Card card;
    private final DoubtMarks marks;
    private final Quantity quantity;

    HtmlFinding(Run run, Finding finding, DoubtMarks marks) {
        this.run = run;
        this.finding = finding;
        this.card = finding.evidence().card();
        this.marks = marks;
        this.quantity = Quantity.of(card.metric().unit(), finding.summaries());
    }

    void write(Markup page) {
        String title = finding.id() + "-title";
        page.open("section", "id", finding.id(), "class", "experiment", "aria-labelledby", title);
        page.leaf("p", finding.id(), "class", "id");
        page.leaf("h2", card.question(), "id", title);
        if (finding.status() != Finding.Status.MEASURED) {
            page.open("p", "class", "verdictless").leaf("span", finding.status().toString(), "class",
                    "chip " + finding.status()).text(
                            " " + Wording.sentence(finding.reason().orElse(
                                    "No reason is known")))
                    .close();
        } else {
            page.open("p", "class", "answer").text(Wording.unbroken(Answers.of(finding, run)));
            HtmlTables.marksOf(page, finding, marks);
            page.close();
        }
        asked(page);
        if (finding.status() == Finding.Status.MEASURED) {
            page.open("div", "class", "charts");
            FindingCharts.write(page, run, finding, quantity, marks);
            page.close();
            variants(page);
            new HtmlPoints(finding, quantity, marks).write(page);
            effects(page);
        }
        if (!finding.doubts().isEmpty()) {
            page.leaf("h3", "Doubts");
            page.add(HtmlTables.doubts(finding.doubts(), marks, finding.id()));
        }
        setAside(page);
        failures(page);
        HtmlEvidence.write(page, finding, quantity);
        page.close();
    }

    private void asked(Markup page) {
        page.open("dl", "class", "asked");
        line(page, "Why it matters", card.why());
        line(page, "Varied", card.varied());
        line(page, "Held equal", card.held());
        Metric metric = card.metric();
        line(page, "Measured", metric.name() + " in " + metric.unit() + ", " + metric.better() + " is better"
                + (card.headline().at().isEmpty() ? "" : "; the headline is at " + Coordinates.text(card.headline())));
        if (!finding.expectations().isEmpty()) {
            page.open("div", "class", "expected").leaf("dt", "Expected").open("dd");
            page.leaf("span", "From the machine sheet, before measuring: ", "class", "quiet").open("ul");
            finding.expectations().forEach(e -> page.leaf("li", Wording.sentence(e.says())));
            page.close().close().close();
        }
        page.close();
    }

    private static void line(Markup page, String label, String text) {
        if (!text.isBlank()) {
            page.open("div").leaf("dt", label).leaf("dd", Wording.sentence(text)).close();
        }
    }

    private void variants(Markup page) {
        boolean parameters = finding.summaries().stream().anyMatch(s -> !s.parameters().isEmpty());
        String unit = quantity.unit().isEmpty() ? "" : " (" + quantity.unit() + ")";
        List<String> heads = new ArrayList<>(List.of("Variant", "#Value" + unit, "#Interval", "#Processes"));
        if (parameters) {
            heads.add("Parameters");
        }
        HtmlTables.open(page, "Variants: " + card.metric().name()
                + (card.headline().at().isEmpty() ? "" : " at " + Coordinates.text(card.headline()))
                + ", median over processes with its " + Ratios.setting(run.settings().confidence()) + " interval",
                heads.toArray(String[]::new));
        for (Summary summary : finding.summaries()) {
            Summary.Value value = summary.headline();
            page.open("tr").open("th", "scope", "row").text(summary.variant());
            if (summary.baseline()) {
                page.text(" ").leaf("span", "baseline", "class", "tag");
            }
            page.close();
            HtmlTables.figure(page, quantity.bare(value.value(), value.interval()), finding, marks);
            page.leaf("td", quantity.interval(value.value(), value.interval()), "class", "n");
            HtmlTables.processes(page, finding, summary);
            if (parameters) {
                page.leaf("td", summary.parameters().entrySet().stream().map(Map.Entry::toString)
                        .collect(Collectors.joining(", ")), "class", "quiet code");
            }
            page.close();
        }
        HtmlTables.close(page);
    }

    private void effects(Markup page) {
        if (finding.effects().isEmpty()) {
            return;
        }
        boolean inverted = card.metric().better() == Metric.Better.HIGHER;
        boolean places = finding.effects().stream().map(Effect::at).distinct().count() > 1;
        List<String> heads = new ArrayList<>(List.of("Variant", "Against"));
        if (places) {
            heads.add("At");
        }
        heads.addAll(List.of("#Ratio", "#Interval", "#Blocks", "Verdict", "In words"));
        String where = places || card.headline().at().isEmpty() ? "" : " at " + Coordinates.text(card.headline());
        HtmlTables.open(page, "Effects" + where
                + ": ratio of time-like quantities with an interval that is valid whenever one looks"
                + (inverted ? "; " + card.metric().name() + " is inverted first, so above 1 is slower here too" : ""),
                heads.toArray(String[]::new));
        for (Effect effect : finding.effects()) {
            page.open("tr").leaf("th", effect.variant(), "scope", "row").leaf("td", effect.against());
            if (places) {
                page.leaf("td", Coordinates.text(effect.at()), "class", "quiet short");
            }
            HtmlTables.figure(page, Ratios.text(effect), finding, marks);
            page.leaf("td", Ratios.interval(effect), "class", "n");
            page.leaf("td", String.valueOf(effect.blocks()), "class", "n");
            page.open("td").add(HtmlTables.chip(effect)).close();
            String needed = Wording.stillNeeded(effect);
            page.leaf("td", Wording.unbroken(Wording.effect(effect, run.settings().smallestEffect())
                    + (needed.isEmpty() ? "" : "; " + needed)), "class", "words").close();
        }
        HtmlTables.close(page);
    }

    private void setAside(Markup page) {
        List<Block> aside = finding.evidence().blocks().stream().filter(b -> !b.counts()).toList();
        if (aside.isEmpty()) {
            return;
        }
        page.leaf("h3", "Set aside");
        page.leaf("p", "By a rule fixed before the results were seen; the measurements stay in the evidence below.",
                "class", "quiet");
        page.open("ul", "class", "plain");
        aside.forEach(b -> page.open("li").leaf("a", "Block " + b.number(), "href",
                "#" + finding.id() + "-block-" + b.number())
                .text(": " + b.discarded().orElse("no reason is known")).close());
        page.close();
    }

    private void failures(Markup page) {
        List<Trial> failed = finding.evidence().blocks().stream().flatMap(b -> b.trials().stream())
                .filter(t -> t.failure().isPresent()).toList();
        if (failed.isEmpty()) {
            return;
        }
        page.leaf("h3", "Failed trials").open("ul", "class", "plain");
        for (Trial trial : failed) {
            page.open("li").text("Trial " + trial.number() + " of “" + trial.variant() + "” (pid " + trial.pid()
                    + ", after " + Wording.duration(trial.wall().toNanos() / 1e9) + "): "
                    + trial.failure().orElseThrow());
            List<String> lines = switch (trial.outcome()) {
                case Trial.Outcome.Crashed crashed -> crashed.lastLines();
                case Trial.Outcome.Overran overran -> overran.lastLines();
                case Trial.Outcome.Measured _,Trial.Outcome.Broken _,Trial.Outcome.Unstarted _ -> List.of();
            };
            if (lines.size() > 1) {
                page.open("details").leaf("summary", "Its last lines").leaf("pre", String.join("\n", lines)).close();
            }
            page.close();
        }
        page.close();
    }
}
