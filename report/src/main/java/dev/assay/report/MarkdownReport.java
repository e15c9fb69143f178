package dev.assay.report;

import dev.assay.lab.Effect;
import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.lab.Summary;
import dev.assay.lab.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run as a comment for a pull request: the answers, one table, the doubts, and how to repeat it. */
public final class MarkdownReport {
    private static final int MOST_VARIANTS = 40;

    private final Run run;
    private final DoubtMarks marks;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(Run run) {
        this.run = run;
        this.marks = new DoubtMarks(run);
    }

    /** GitHub-flavoured Markdown, without a line break at its end. */
    public static String of(Run run) {
        return new MarkdownReport(run).write();
    }

    private String write() {
        String machine = new MachineBrief(run.machine()).name().map(name -> " on " + plain(name)).orElse("");
        line("### Assay" + (run.settings().control() ? " control" : "") + machine);
        line("");
        line(plain(Wording.extent(run)));
        if (run.findings().stream().anyMatch(f -> f.status() == Finding.Status.MEASURED)) {
            line("");
            run.findings().stream().filter(f -> f.status() == Finding.Status.MEASURED)
                    .forEach(this::answer);
            table();
        }
        unmeasured();
        doubts();
        repeat();
        return out.toString().stripTrailing();
    }

    private void answer(Finding finding) {
        List<String> more = new ArrayList<>(Answers.elsewhere(finding));
        Answers.undecided(finding).ifPresent(more::add);
        line("- **" + finding.id() + "**: " + plain(Answers.of(finding, run))
                + (more.isEmpty() ? "" : "<br>" + plain(Wording.sentence(String.join("; ", more)))));
    }

    private void table() {
        line("");
        line("| experiment | variant | value | interval | ratio | verdict | processes | doubts |");
        line("|---|---|--:|:-:|--:|---|--:|---|");
        for (Finding finding : run.findings()) {
            Quantity quantity = Quantity.of(finding.evidence().card().metric().unit(), finding.summaries());
            List<Summary> shown = finding.summaries().stream().limit(MOST_VARIANTS).toList();
            for (Summary summary : shown) {
                row(finding, summary, quantity);
            }
            if (shown.size() < finding.summaries().size()) {
                line("| | and " + Wording.count(finding.summaries().size() - shown.size(), "more variant")
                        + " | | | | | | |");
            }
        }
    }

    private void row(Finding finding, Summary summary, Quantity quantity) {
        Summary.Value value = summary.headline();
        Optional<Effect> effect = Answers.atHeadline(finding).stream()
                .filter(e -> e.variant().equals(summary.variant())).findFirst();
        String first = summary.equals(finding.summaries().getFirst()) ? finding.id() : "";
        line("| " + String.join(" | ", first, plain(summary.variant()), quantity.text(value),
                quantity.interval(value.value(), value.interval()),
                effect.map(e -> Ratios.text(e) + " (" + Ratios.interval(e) + ")").orElse(""),
                effect.map(MarkdownReport::verdict).orElse(summary.baseline() ? "baseline" : ""),
                String.valueOf(summary.processes()), String.join(" ", marks.of(finding))) + " |");
    }

    private static String verdict(Effect effect) {
        String name = Wording.sign(effect.verdict()) + " " + Verdicts.name(effect.verdict());
        return Answers.differs(effect) ? "**" + name + "**" : name;
    }

    private void unmeasured() {
        List<Finding> without = run.findings().stream().filter(f -> f.status() != Finding.Status.MEASURED).toList();
        if (!without.isEmpty()) {
            line("");
            without.forEach(f -> line("- **" + f.id() + "** " + f.status() + ": "
                    + plain(Wording.sentence(f.reason().orElse("no reason is known")))));
        }
    }

    private void doubts() {
        if (marks.entries().isEmpty()) {
            return;
        }
        line("");
        line("**Doubts**");
        line("");
        for (DoubtMarks.Entry entry : marks.entries()) {
            for (DoubtMarks.Said said : entry.said()) {
                line("- **" + entry.mark() + "** " + DoubtMarks.words(entry.kind())
                        + (said.experiment().isEmpty() ? "" : " (" + said.experiment() + ")") + ": "
                        + plain(Wording.sentence(said.doubt().says())) + " Remedy: "
                        + plain(Wording.sentence(said.doubt().remedy())));
            }
        }
    }

    private void repeat() {
        line("");
        line("<details><summary>Method</summary>");
        line("");
        line("Each trial is a fresh process; variants run in random order within blocks. Values are medians over"
                + " processes with " + Ratios.setting(run.settings().confidence())
                + " intervals. Ratios are of time-like"
                + " quantities, within blocks, with an interval that is valid whenever one looks; below 1 is faster. A"
                + " difference is claimed beyond " + Ratios.setting(run.settings().smallestEffect()) + ". Run "
                + plain(run.id()) + ", " + Wording.started(run) + ". Repeat it with");
        line("");
        line("```");
        line(Wording.command(run));
        line("```");
        line("");
        line("</details>");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** Text in which nothing is markup, a cell's end, HTML or a mention. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        Ink.safe(text).codePoints().forEach(c -> {
            switch (c) {
                case '<' -> plain.append("&lt;");
                case '>' -> plain.append("&gt;");
                case '&' -> plain.append("&amp;");
                case '@' -> plain.append("&#64;");
                case '|', '*', '_', '`', '[', ']', '\\', '#', '~' -> plain.append('\\').appendCodePoint(c);
                default -> plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }
}
