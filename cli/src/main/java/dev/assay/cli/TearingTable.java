package dev.assay.cli;

import dev.assay.litmus.Alignment;
import dev.assay.litmus.Tally;
import dev.assay.litmus.Tearing;
import dev.assay.litmus.TearingCase;
import dev.assay.litmus.TearingCase.Place;
import dev.assay.litmus.TearingComparison;
import dev.assay.litmus.TearingComparison.Relation;
import dev.assay.litmus.TearingRow;
import dev.assay.litmus.TearingRow.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was found about tearing as tables, which are Markdown too. */
final class TearingTable {
    private TearingTable() {}

    /** What a line is about: a way to access memory, anywhere. */
    private record Access(TearingCase.Kind memory, int bits, TearingCase.Mode mode, TearingRow.Code code) {}

    static void print(Tearing.Result result, PrintWriter out) {
        accesses(result, out);
        out.println();
        mixed(result, out);
        out.println();
        alignment(result.alignment(), out);
        result.doubts().forEach(d -> out.println("doubt " + d.kind() + ": " + d.says() + "; " + d.remedy()));
    }

    /** One line per memory, width and mode; one column per place; misalignments that agree are one cell. */
    private static void accesses(Tearing.Result result, PrintWriter out) {
        Map<Access, Map<Place, List<TearingRow>>> lines = new LinkedHashMap<>();
        for (TearingRow row : result.rows()) {
            TearingCase at = row.at();
            lines.computeIfAbsent(new Access(at.memory(), at.bits(), at.mode(), row.code()),
                    _ -> new LinkedHashMap<>()).computeIfAbsent(at.place(), _ -> new ArrayList<>()).add(row);
        }
        out.println(result.platform() + ". Whole in so many loads, of which so many met a change.");
        out.println();
        out.println(
                "| memory | bits | mode | code | aligned | misaligned inside a line | across a line | across a page |");
        out.println("|---|---:|---|---|---|---|---|---|");
        lines.forEach((access, places) -> {
            List<String> cells = new ArrayList<>(List.of(access.memory().words(), String.valueOf(access.bits()),
                    access.mode().words(), access.code().words()));
            for (Place place : Place.values()) {
                cells.add(cell(places.getOrDefault(place, List.of())));
            }
            out.println("| " + String.join(" | ", cells) + " |");
        });
    }

    private static String cell(List<TearingRow> rows) {
        Map<String, List<TearingRow>> byWhat = new LinkedHashMap<>();
        rows.forEach(row -> byWhat.computeIfAbsent(row.verdict() + row.detail(), _ -> new ArrayList<>()).add(row));
        List<String> parts = new ArrayList<>();
        for (List<TearingRow> some : byWhat.values()) {
            String share = some.size() == rows.size() ? "" : " [" + some.size() + " of " + rows.size() + "]";
            parts.add(words(some) + share);
        }
        return parts.isEmpty() ? "-" : String.join("; ", parts);
    }

    private static String words(List<TearingRow> rows) {
        long loads = rows.stream().map(TearingRow::seen).mapToLong(Tally::loads).sum();
        long torn = rows.stream().map(TearingRow::seen).mapToLong(Tally::torn).sum();
        long changes = rows.stream().map(TearingRow::seen).mapToLong(Tally::changes).sum();
        Verdict verdict = rows.getFirst().verdict();
        return switch (verdict) {
            case WHOLE -> String.format(Locale.ROOT, "whole (%,d, %,d)", loads, changes);
            case TEARS -> String.format(Locale.ROOT, "tears (%.3f %% of %,d)", 100.0 * torn / loads, loads);
            case UNCHANGED -> String.format(Locale.ROOT, "%s (%,d loads, %,d changes)", verdict.words(), loads,
                    changes);
            case THROWS -> rows.getFirst().detail();
            case TRAPS -> "traps: " + rows.getFirst().detail();
            case NOT_COMPILED -> verdict.words();
        };
    }

    private static void mixed(Tearing.Result result, PrintWriter out) {
        out.println(
                "\"A 64-bit atomic load tears\": aligned 64-bit loads against stores of two sizes, read in two ways.");
        out.println();
        out.println(
                "| against | loads | changes met | reading 1: values nobody stored | reading 2: part of one store | for example |");
        out.println("|---|---:|---:|---:|---:|---|");
        result.mixed().forEach(row -> out.println(String.format(Locale.ROOT, "| %s | %,d | %,d | %,d | %,d | %s |",
                row.stores(), row.loads(), row.changes(), row.halvesDiffer(), row.partOfAStore(),
                row.example().isEmpty() ? "-" : row.example())));
        out.println();
        out.println(
                "Reading 1 takes the word as one value: nobody stored it, so the load would be torn. Reading 2 takes it as what");
        out.println(
                "it is: each half is one whole 32-bit store. Stores of halves come one after the other, and a load between them");
        out.println("must see exactly that, on every processor. Only part of one store is tearing.");
    }

    private static void alignment(Alignment alignment, PrintWriter out) {
        List<Integer> demands = alignment.allocations().stream().map(Alignment.Allocation::demand).distinct().toList();
        out.println("What devices demand (lines, sectors, pages): how many allocations of 1 to 65,536 bytes miss it.");
        out.println();
        out.println("| allocated by | " + demands.stream().map(d -> d + " bytes").collect(Collectors.joining(" | "))
                + " |");
        out.println("|---|" + "---:|".repeat(demands.size()));
        alignment.allocations().stream().map(Alignment.Allocation::how).distinct()
                .forEach(how -> out.println("| " + how + " | " + alignment.allocations().stream()
                        .filter(row -> row.how().equals(how))
                        .map(row -> String.format(Locale.ROOT, "%.1f %%", 100.0 * row.misaligned() / row.allocations()))
                        .collect(Collectors.joining(" | ")) + " |"));
        out.println();
        out.println("| direct input (O_DIRECT) into memory so far from a page's start | outcome |");
        out.println("|---:|---|");
        alignment.directInput().forEach(row -> out.println("| " + row.offset() + " | " + row.outcome() + " |"));
    }

    static void print(TearingComparison comparison, PrintWriter out) {
        out.println("A: " + comparison.first());
        out.println("B: " + comparison.second());
        out.println();
        out.println("| memory | bits | mode | code | place | A | B | |");
        out.println("|---|---:|---|---|---|---|---|---|");
        for (TearingComparison.Line line : comparison.lines()) {
            if (line.relation() != Relation.SAME) {
                out.println("| " + String.join(" | ", line.access().values()) + " | " + dash(line.first()) + " | "
                        + dash(line.second()) + " | " + line.relation().words() + " |");
            }
        }
        out.println();
        List<String> counts = new ArrayList<>();
        for (Relation relation : Relation.values()) {
            counts.add(comparison.count(relation) + " " + relation.words());
        }
        out.println(String.join(", ", counts) + ".");
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
