package dev.assay.report;

import dev.assay.lab.Effect;
import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.lab.Summary;
import dev.assay.lab.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run as a table that one reads in twenty seconds: per experiment a line per variant with its value, a bar, the verdict
 * and the marks of the doubts, which are explained once at the end.
 */
public final class TerminalReport {
    private static final int NARROWEST = 40;
    private static final int WIDEST = 160;
    /** Rows per experiment before the rest is left to the page. */
    private static final int MOST_VARIANTS = 40;

    private final Run run;
    private final int columns;
    private final Ink ink;
    private final DoubtMarks marks;
    private final List<String> lines = new ArrayList<>();

    private TerminalReport(Run run, int columns, boolean colour) {
        this.run = run;
        this.columns = Math.clamp(columns, NARROWEST, WIDEST);
        this.ink = new Ink(colour);
        this.marks = new DoubtMarks(run);
    }

    /**
     * The table, without a line break at its end.
     *
     * @param columns of the terminal; no line is wider, from 40 columns on
     * @param colour whether to use ANSI colours; they never say anything that the text does not
     */
    public static String of(Run run, int columns, boolean colour) {
        return new TerminalReport(run, columns, colour).write();
    }

    private String write() {
        String machine = new MachineBrief(run.machine()).name().map(name -> " on " + name).orElse("");
        wrapped("Run " + run.id() + machine + (run.settings().control() ? ", a control (A/A)" : "") + ". "
                + Wording.extent(run), "", "");
        run.findings().stream().filter(f -> f.status() == Finding.Status.MEASURED).forEach(this::measured);
        unmeasured();
        doubts();
        return String.join("\n", lines);
    }

    private void measured(Finding finding) {
        lines.add("");
        title(finding);
        Columns table = new Columns(columns - 2);
        Bars bars = Bars.of(finding);
        Quantity quantity = Quantity.of(finding.evidence().card().metric().unit(), finding.summaries());
        List<Effect> effects = Answers.atHeadline(finding);
        List<Summary> shown = finding.summaries().stream().limit(MOST_VARIANTS).toList();
        String tags = String.join(",", marks.of(finding));
        for (Summary summary : shown) {
            Summary.Value value = summary.headline();
            Optional<Effect> effect = effects.stream().filter(e -> e.variant().equals(summary.variant())).findFirst();
            table.row(Ink.safe(summary.variant()), quantity.text(value),
                    quantity.plusMinus(value.value(), value.interval()), tags, bars.bar(summary),
                    verdict(summary, effect),
                    effect.map(Ratios::text).orElse(""), effect.map(e -> "(" + Ratios.interval(e) + ")").orElse(""));
        }
        table.lines(ink).forEach(line -> lines.add("  " + line));
        int hidden = finding.summaries().size() - shown.size();
        if (hidden > 0) {
            lines.add("  " + ink.quiet("and " + Wording.count(hidden, "more variant") + " in the report"));
        }
        Answers.elsewhere(finding).forEach(text -> wrapped(text, "  ", "    "));
        Answers.undecided(finding).ifPresent(text -> wrapped(text, "  ", "    "));
        Answers.range(finding).filter(_ -> bars.many()).ifPresent(text -> wrapped(text, "  ", "  "));
    }

    private static String verdict(Summary summary, Optional<Effect> effect) {
        return effect.map(e -> Wording.sign(e.verdict()) + " " + Verdicts.name(e.verdict()))
                .orElse(summary.baseline() ? "baseline" : "");
    }

    private void title(Finding finding) {
        String extent = Wording.count(finding.evidence().counted().size(), "block")
                + (finding.evidence().discarded() > 0 ? ", " + finding.evidence().discarded() + " set aside" : "")
                + ", " + Wording.duration(finding.seconds());
        String question = Ink.safe(finding.evidence().card().question());
        String at = Coordinates.text(finding.evidence().card().headline());
        String tail = (at.isEmpty() ? "" : "at " + at + "; ") + extent;
        if (finding.id().length() + question.length() + tail.length() + 6 <= columns) {
            lines.add(ink.strong(finding.id()) + "  " + question + "  " + ink.quiet(tail));
            return;
        }
        lines.add(ink.strong(finding.id()) + "  " + ink.quiet(Ink.cut(tail, columns - finding.id().length() - 2)));
        wrapped(question, "  ", "  ");
    }

    private void unmeasured() {
        List<Finding> without = run.findings().stream().filter(f -> f.status() != Finding.Status.MEASURED).toList();
        if (without.isEmpty()) {
            return;
        }
        lines.add("");
        for (Finding finding : without) {
            wrapped(finding.id() + "  " + finding.status() + ": " + finding.reason().orElse("no reason is known"), "",
                    "    ");
        }
    }

    private void doubts() {
        if (marks.entries().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(ink.strong("Doubts"));
        for (DoubtMarks.Entry entry : marks.entries()) {
            String remedies = String.join("; ", entry.said().stream().map(s -> s.doubt().remedy()).distinct().toList());
            lines.add("  " + ink.doubt(entry.mark() + "  " + DoubtMarks.words(entry.kind()))
                    + (entry.said().getFirst().experiment().isEmpty()
                            ? ink.quiet("  about the whole run")
                            : ""));
            for (DoubtMarks.Said said : entry.said()) {
                wrapped((said.experiment().isEmpty() ? "" : said.experiment() + ": ") + said.doubt().says(), "     ",
                        "       ");
            }
            wrapped("→ " + remedies, "     ", "       ");
        }
    }

    private void wrapped(String text, String first, String rest) {
        lines.addAll(Ink.wrap(Ink.safe(text), columns, first, rest));
    }
}
