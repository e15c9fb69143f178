package dev.assay.report;

import dev.assay.decide.Comparison;
import dev.assay.decide.Comparison.Result;
import dev.assay.lab.Doubt;
import dev.assay.lab.Verdicts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison for the terminal. */
public final class ComparisonTable {
    private static final int NARROWEST = 40;

    private final List<String> lines = new ArrayList<>();
    private final int columns;
    private final Ink ink;

    private ComparisonTable(int columns, boolean colour) {
        this.columns = Math.max(NARROWEST, columns);
        this.ink = new Ink(colour);
    }

    /**
     * The table, without a line break at its end.
     *
     * @param columns of the terminal
     */
    public static String of(Comparison comparison, int columns, boolean colour) {
        return new ComparisonTable(columns, colour).write(comparison);
    }

    private String write(Comparison comparison) {
        wrapped("A: " + comparison.subjects().getFirst(), "", "   ");
        wrapped("B: " + comparison.subjects().getLast(), "", "   ");
        lines.add("");
        lines.addAll(Ink.wrap(Ink.safe(ComparisonWords.answer(comparison)), columns, "", "").stream()
                .map(ink::strong).toList());
        lines.add("");
        rows(comparison);
        for (String note : ComparisonWords.notes(comparison)) {
            wrapped(note + ".", "", "  ");
        }
        doubts(comparison);
        return String.join("\n", lines);
    }

    private void rows(Comparison comparison) {
        String last = "";
        int metrics = comparison.results().stream().mapToInt(r -> r.metric().name().length()).max().orElse(0);
        for (Result result : comparison.results()) {
            if (comparison.comparisons() > 1 && !result.name().equals(last)) {
                lines.add(Ink.cut(Ink.safe(result.name()), columns));
                last = result.name();
            }
            String row = String.format("  %-" + metrics + "s  %10s  %10s  %7s (%s)  ", result.metric().name(),
                    ComparisonWords.value(result.a(), result), ComparisonWords.value(result.b(), result),
                    ComparisonWords.ratio(result), ComparisonWords.interval(result));
            String verdict = Wording.sign(result.verdict()) + " " + Verdicts.name(result.verdict());
            lines.add(row + (result.decides() ? ink.strong(verdict) : ink.quiet(verdict)) + "  "
                    + ink.quiet(Wording.count(result.blocks(), "block")));
            String needed = ComparisonWords.needed(result);
            if (!needed.isEmpty() && result.decides() && comparison.comparisons() > 1) {
                lines.add("    " + ink.quiet(needed));
            }
        }
    }

    private void doubts(Comparison comparison) {
        Map<String, Doubt> doubts = new LinkedHashMap<>();
        comparison.doubts().forEach(d -> doubts.putIfAbsent(d.says(), d));
        comparison.results().forEach(r -> r.doubts().forEach(d -> doubts.putIfAbsent(d.says(), d)));
        if (doubts.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(ink.strong("Doubts"));
        doubts.values().stream().limit(12).forEach(doubt -> {
            wrapped(DoubtMarks.words(doubt.kind()) + ": " + doubt.says(), "  ", "    ");
            wrapped("→ " + doubt.remedy(), "    ", "      ");
        });
    }

    private void wrapped(String text, String first, String rest) {
        lines.addAll(Ink.wrap(Ink.safe(text), columns, first, rest));
    }
}
