package dev.assay.cli;

import dev.assay.litmus.Tearing;
import dev.assay.litmus.TearingCase;
import dev.assay.litmus.TearingJson;
import dev.assay.litmus.TearingRow;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which accesses to memory are whole. */
@Command(name = "tearing", mixinStandardHelpOptions = true,
        description = "Which accesses throw, trap, tear or stay whole, by width, mode, memory and alignment?",
        footer = {
            "", "Examples:", "  assay litmus tearing", "  assay litmus tearing --each 20 --format json > here.json",
            "  assay litmus tearing --java \"qemu-aarch64-static -L ROOT ROOT/usr/lib/jvm/java-25-openjdk-arm64/bin/java\""})
final class LitmusTearingCommand implements Callable<Integer> {
    private static final int REPORTED = 100;

    @Option(names = "--each", paramLabel = "MILLIS", defaultValue = "5",
            description = "How long each access is tried, in milliseconds. Default: ${DEFAULT-VALUE}.")
    private long millis;

    @Option(names = "--java", paramLabel = "COMMAND",
            description = "The command that starts the JVM to try; an emulator may come first.")
    private Optional<String> java;

    @Mixin
    private Output output;

    @Mixin
    private LitmusPage page;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<String> command = java.map(c -> List.of(c.trim().split("\\s+"))).orElse(List.of());
        Tearing.Result result = new Tearing(command, millis).observe((done, all) -> {
            if (!output.quiet && done % REPORTED == 0) {
                spec.commandLine().getErr().println(done + " of " + all + " accesses tried");
                spec.commandLine().getErr().flush();
            }
        });
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            out.println(TearingJson.of(result));
        } else {
            table(result, out);
        }
        out.flush();
        page.write("litmus-tearing.html", () -> dev.assay.report.LitmusReport.tearing(TearingJson.of(result)),
                spec.commandLine().getErr());
        return Exit.FINE;
    }

    /** One line per memory, width and mode; one column per place; misalignments that agree are one cell. */
    private static void table(Tearing.Result result, PrintWriter out) {
        Map<List<Object>, Map<TearingCase.Place, List<TearingRow>>> lines = new LinkedHashMap<>();
        for (TearingRow row : result.rows()) {
            TearingCase at = row.at();
            lines.computeIfAbsent(List.of(at.memory(), at.bits(), at.mode(), row.code()), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(at.place(), _ -> new ArrayList<>()).add(row);
        }
        out.println("| memory (" + result.architecture()
                + ") | bits | mode | code | aligned | misaligned inside a line | across a line | across a page |");
        out.println("|---|---:|---|---|---|---|---|---|");
        lines.forEach((key, places) -> out.println("| " + ((TearingCase.Kind) key.get(0)).words() + " | " + key.get(1)
                + " | " + ((TearingCase.Mode) key.get(2)).words() + " | "
                + ((TearingRow.Code) key.get(3)).words() + " | " + cell(places.get(TearingCase.Place.ALIGNED))
                + " | " + cell(places.containsKey(TearingCase.Place.ANYWHERE)
                        ? places.get(TearingCase.Place.ANYWHERE)
                        : places.get(TearingCase.Place.INSIDE_LINE))
                + " | " + cell(places.get(TearingCase.Place.ACROSS_LINE)) + " | "
                + cell(places.get(TearingCase.Place.ACROSS_PAGE)) + " |"));
        out.println();
        out.println("| aligned 64-bit loads against | loads | halves of two stores | part of one store (torn) |");
        out.println("|---|---:|---:|---:|");
        result.mixed().forEach(mixed -> out.println("| " + mixed.stores() + " | " + mixed.loads() + " | "
                + mixed.halvesDiffer() + " | " + mixed.partOfAStore() + " |"));
        out.println();
        out.println(
                "Two readings of a load whose halves differ: taken as one 64-bit value, nobody stored it, and the load looks torn;");
        out.println(
                "taken as what it is, each half is one whole 32-bit store, and stores of 32 bits come one after the other.");
        result.doubts().forEach(d -> out.println("doubt " + d.kind() + ": " + d.says() + "; " + d.remedy()));
    }

    private static String cell(List<TearingRow> rows) {
        if (rows == null) {
            return "-";
        }
        Map<TearingRow.Verdict, List<TearingRow>> byVerdict = new LinkedHashMap<>();
        rows.forEach(row -> byVerdict.computeIfAbsent(row.verdict(), _ -> new ArrayList<>()).add(row));
        List<String> parts = new ArrayList<>();
        byVerdict.forEach((verdict, some) -> {
            long tries = some.stream().mapToLong(TearingRow::tries).sum();
            long torn = some.stream().mapToLong(TearingRow::torn).sum();
            String text = switch (verdict) {
                case WHOLE -> "whole in " + tries;
                case TEARS -> String.format(Locale.ROOT, "tears (%.3f %% of %d)", 100.0 * torn / tries, tries);
                case UNCHANGED -> "saw no change in " + tries;
                case THROWS -> some.getFirst().detail();
                case TRAPS -> "traps";
            };
            parts.add(byVerdict.size() == 1 ? text : text + " [" + some.size() + " of " + rows.size() + "]");
        });
        return String.join("; ", parts);
    }
}
