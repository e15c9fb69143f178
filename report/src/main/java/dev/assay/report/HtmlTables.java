package dev.assay.report;

import dev.assay.lab.Doubt;
import dev.assay.lab.Effect;
import dev.assay.lab.Finding;
import dev.assay.lab.Summary;
import dev.assay.lab.Verdicts;
import dev.assay.report.chart.Markup;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parts that tables of the page share. */
final class HtmlTables {
    private HtmlTables() {}

    /** A row of column heads; one that starts with # is of a column of numbers. */
    static void head(Markup page, String... columns) {
        page.open("thead").open("tr");
        for (String column : columns) {
            boolean numbers = column.startsWith("#");
            page.leaf("th", numbers ? column.substring(1) : column, "scope", "col", "class", numbers ? "n" : null);
        }
        page.close().close();
    }

    static void open(Markup page, String caption, String... columns) {
        page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption).open("table")
                .leaf("caption", caption);
        head(page, columns);
        page.open("tbody");
    }

    static void close(Markup page) {
        page.close().close().close();
    }

    /** A figure with the marks of the doubts about it. */
    static void figure(Markup page, String text, Finding finding, DoubtMarks marks) {
        page.open("td", "class", "n figure").text(text);
        marksOf(page, finding, marks);
        page.close();
    }

    /** How many processes a figure rests on, leading to them. */
    static void processes(Markup page, Finding finding, Summary summary) {
        String text = String.valueOf(summary.processes());
        page.open("td", "class", "n");
        if (finding.evidence().blocks().isEmpty()) {
            page.text(text);
        } else {
            page.leaf("a", text, "href", "#" + finding.id() + "-evidence", "title", "to the evidence");
        }
        page.close();
    }

    static void marksOf(Markup page, Finding finding, DoubtMarks marks) {
        marks(page, finding.doubts(), marks, finding.id());
    }

    /** Links to the doubts listed at a place, each kind once, with what they say for who points at them. */
    static void marks(Markup page, List<Doubt> doubts, DoubtMarks marks, String place) {
        Map<String, Doubt> first = new LinkedHashMap<>();
        doubts.forEach(doubt -> first.putIfAbsent(marks.mark(doubt), doubt));
        if (first.isEmpty()) {
            return;
        }
        page.open("sup", "class", "marks");
        first.forEach((mark, doubt) -> page.leaf("a", mark, "href", "#" + place + "-doubt-" + mark, "title",
                DoubtMarks.words(doubt.kind()) + ": " + doubt.says() + " – " + doubt.remedy(), "aria-label",
                "doubt " + mark + ": " + DoubtMarks.words(doubt.kind())));
        page.close();
    }

    static Markup chip(Effect effect) {
        String verdict = Verdicts.name(effect.verdict());
        return new Markup().open("span", "class", "chip " + verdict)
                .leaf("span", Wording.sign(effect.verdict()), "aria-hidden", "true").text(" " + verdict).close();
    }

    /** Doubts with their remedies; each kind can be linked to once. */
    static Markup doubts(List<Doubt> doubts, DoubtMarks marks, String place) {
        Markup list = new Markup().open("dl", "class", "doubts", "id", place + "-doubts");
        Set<String> anchored = new HashSet<>();
        for (Doubt doubt : doubts) {
            String mark = marks.mark(doubt);
            list.open("div", "id", anchored.add(mark) ? place + "-doubt-" + mark : null);
            list.open("dt").leaf("span", mark, "class", "mark").text(" " + DoubtMarks.words(doubt.kind())).close();
            list.open("dd").text(Wording.sentence(doubt.says()) + " ").leaf("span",
                    "Remedy: " + Wording.sentence(doubt.remedy()), "class", "remedy").close();
            list.close();
        }
        return list.close();
    }
}
