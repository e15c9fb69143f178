package dev.assay.report;

import dev.assay.decide.Comparison;
import dev.assay.decide.Comparison.Result;
import dev.assay.lab.Verdicts;
import dev.assay.report.chart.Markup;

/** What a comparison of A and B came to, above the pairs one by one: the verdicts that count. */
final class HtmlComparison {
    private HtmlComparison() {}

    static void write(Markup page, Comparison comparison) {
        page.open("section", "id", "comparison", "aria-labelledby", "comparison-title");
        page.leaf("h2", "B against A", "id", "comparison-title");
        page.leaf("p", Wording.unbroken(ComparisonWords.answer(comparison)), "class", "lead");
        page.open("dl", "class", "asked");
        side(page, "A", comparison.subjects().getFirst());
        side(page, "B", comparison.subjects().getLast());
        page.close();
        page.leaf("p", corrected(comparison), "class", "note");
        if (!comparison.results().isEmpty()) {
            table(page, comparison);
        }
        if (!ComparisonWords.notes(comparison).isEmpty()) {
            page.open("ul", "class", "plain");
            ComparisonWords.notes(comparison).forEach(note -> page.leaf("li", note + "."));
            page.close();
        }
        page.close();
    }

    /** Which verdicts are corrected, said plainly. */
    private static String corrected(Comparison comparison) {
        if (comparison.comparisons() < 2) {
            return "One comparison decides, so its verdict needs no correction for many.";
        }
        long withdrawn = comparison.results().stream().filter(Result::withdrawn).count();
        return "The verdicts on this page, here and pair by pair below, are corrected for " + comparison.comparisons()
                + " comparisons: " + (withdrawn == 0
                        ? "every difference that a pair shows alone stands among all"
                        : Wording.count(withdrawn, "difference") + " that a pair shows alone " + (withdrawn == 1
                                ? "is"
                                : "are") + " withdrawn and called inconclusive")
                + ". Intervals, and the verdicts in run.json, are of each pair alone.";
    }

    private static void side(Markup page, String name, String what) {
        page.open("div").leaf("dt", name).leaf("dd", what, "class", "code").close();
    }

    private static void table(Markup page, Comparison comparison) {
        HtmlTables.open(page, "B over A, " + Ratios.setting(comparison.confidence())
                + " intervals; above 1, B is slower; a difference counts beyond "
                + Ratios.setting(comparison.threshold()), "Pair", "Metric", "#A", "#B", "#B / A", "#Interval",
                "#Blocks",
                "Verdict", "Remark");
        for (Result result : comparison.results()) {
            page.open("tr").leaf("th", result.name(), "scope", "row").leaf("td", result.metric().name());
            page.leaf("td", ComparisonWords.value(result.a(), result), "class", "n");
            page.leaf("td", ComparisonWords.value(result.b(), result), "class", "n");
            page.leaf("td", ComparisonWords.ratio(result), "class", "n");
            page.leaf("td", ComparisonWords.interval(result), "class", "n");
            page.leaf("td", String.valueOf(result.blocks()), "class", "n");
            String verdict = Verdicts.name(result.verdict());
            page.open("td").leaf("span", Wording.sign(result.verdict()) + " " + verdict, "class", "chip " + verdict)
                    .close();
            page.leaf("td", result.decides() ? ComparisonWords.needed(result) : "beside; decides nothing", "class",
                    "quiet");
            page.close();
        }
        HtmlTables.close(page);
    }
}
