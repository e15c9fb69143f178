package dev.assay.report;

import static dev.assay.report.MarkdownReport.plain;

import dev.assay.decide.Comparison;
import dev.assay.decide.Comparison.Result;
import dev.assay.lab.Doubt;
import dev.assay.lab.Verdicts;
import dev.assay.statistics.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A comparison as a comment for a pull request: the answer, what differs, the rest folded away. */
public final class ComparisonMarkdown {
    private final StringBuilder out = new StringBuilder();

    private ComparisonMarkdown() {}

    /** GitHub-flavoured Markdown, without a line break at its end. */
    public static String of(Comparison comparison) {
        return new ComparisonMarkdown().write(comparison);
    }

    private String write(Comparison comparison) {
        line("### Assay: " + plain(ComparisonWords.answer(comparison)));
        line("");
        line("A: " + plain(comparison.subjects().getFirst()) + "<br>B: " + plain(comparison.subjects().getLast()));
        List<Result> deciding = comparison.results().stream().filter(Result::decides)
                .sorted(Comparator.comparing(r -> rank(r.verdict()))).toList();
        List<Result> differing = deciding.stream().filter(ComparisonMarkdown::differs).toList();
        boolean fold = deciding.size() > 8;
        List<Result> first = fold ? differing : deciding;
        if (!first.isEmpty()) {
            line("");
            table(first);
        }
        if (fold && differing.size() < deciding.size()) {
            folded("Without a difference", deciding.stream().filter(r -> !differs(r)).toList());
        }
        List<Result> beside = comparison.results().stream().filter(r -> !r.decides()).toList();
        if (!beside.isEmpty()) {
            folded("What else was measured", beside);
        }
        List<String> notes = ComparisonWords.notes(comparison);
        if (!notes.isEmpty()) {
            line("");
            notes.forEach(note -> line("- " + plain(note) + "."));
        }
        doubts(comparison);
        line("");
        line("<sub>Every trial is a fresh process, A and B in random order within a block; the ratio is B over A with an"
                + " interval that holds whenever one looks; a difference counts beyond "
                + Ratios.setting(comparison.threshold()) + ". " + Wording.duration(comparison.seconds()) + ", run "
                + plain(comparison.run()) + ".</sub>");
        return out.toString().stripTrailing();
    }

    private static int rank(Verdict verdict) {
        return switch (verdict) {
            case SLOWER -> 0;
            case FASTER -> 1;
            case INCONCLUSIVE -> 2;
            case EQUIVALENT -> 3;
        };
    }

    private static boolean differs(Result result) {
        return result.verdict() == Verdict.SLOWER || result.verdict() == Verdict.FASTER;
    }

    private void folded(String title, List<Result> results) {
        line("");
        line("<details><summary>" + title + " (" + results.size() + ")</summary>");
        line("");
        table(results);
        line("");
        line("</details>");
    }

    private void table(List<Result> results) {
        line("| | metric | A | B | B / A | interval | verdict | processes |");
        line("|---|---|--:|--:|--:|:-:|---|--:|");
        for (Result result : results) {
            String verdict = Wording.sign(result.verdict()) + " " + Verdicts.name(result.verdict());
            String needed = ComparisonWords.needed(result);
            line("| " + String.join(" | ", plain(result.name()), plain(result.metric().name()),
                    ComparisonWords.value(result.a(), result), ComparisonWords.value(result.b(), result),
                    ComparisonWords.ratio(result), ComparisonWords.interval(result),
                    (differs(result) ? "**" + verdict + "** (" + ComparisonWords.change(result) + ")" : verdict)
                            + (needed.isEmpty() ? "" : "<br>" + plain(needed)),
                    String.valueOf(result.processes())) + " |");
        }
    }

    private void doubts(Comparison comparison) {
        Set<String> lines = new LinkedHashSet<>();
        List<Doubt> all = new ArrayList<>(comparison.doubts());
        comparison.results().stream().filter(Result::decides).forEach(r -> all.addAll(r.doubts()));
        for (Doubt doubt : all) {
            if (lines.size() < 12) {
                lines.add("- *" + DoubtMarks.words(doubt.kind()) + "*: " + plain(Wording.sentence(doubt.says())) + " "
                        + plain(Wording.sentence(doubt.remedy())));
            }
        }
        if (!lines.isEmpty()) {
            line("");
            line("<details><summary>Doubts (" + lines.size() + ")</summary>");
            line("");
            lines.forEach(this::line);
            line("");
            line("</details>");
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
