package dev.assay.cli;

import dev.assay.litmus.LitmusException;
import dev.assay.litmus.Tearing;
import dev.assay.litmus.TearingCase;
import dev.assay.litmus.TearingCase.Kind;
import dev.assay.litmus.TearingComparison;
import dev.assay.litmus.TearingJson;
import dev.assay.report.LitmusReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which accesses to memory are whole. */
@Command(name = "tearing", mixinStandardHelpOptions = true,
        description = "Which accesses throw, trap, tear or stay whole, by width, mode, memory and alignment?",
        footer = {
            "", "Examples:", "  assay litmus tearing", "  assay litmus tearing --memory native --bits 64",
            "  assay litmus tearing --each 20 --format json > here.json",
            "  assay litmus tearing --compare here.json there.json",
            "  assay litmus tearing --java \"qemu-aarch64-static -L ROOT ROOT/usr/lib/jvm/java-25-openjdk-arm64/bin/java\""})
final class LitmusTearingCommand implements Callable<Integer> {
    private static final int REPORTED = 100;
    private static final List<Integer> WIDTHS = List.of(16, 32, 64, 128);

    @Option(names = "--each", paramLabel = "MILLIS", defaultValue = "5",
            description = "How long each access is tried, in milliseconds. Default: ${DEFAULT-VALUE}.")
    private long millis;

    @Mixin
    private LitmusJvm jvm;

    @Option(names = "--bits", split = ",", paramLabel = "N", description = "Only accesses so wide: 16, 32, 64, 128.")
    private Set<Integer> bits = Set.of();

    @Option(names = "--memory", split = ",", paramLabel = "KIND",
            description = "Only this memory: heap-array, byte-array-view, direct, mapped, native, machine-code.")
    private Set<String> memories = Set.of();

    @Option(names = "--compare", arity = "1..2", paramLabel = "FILE",
            description = "Compare two answers in JSON; or one with what is seen now (with --java: on another platform).")
    private List<Path> compared = List.of();

    @Mixin
    private Output output;

    @Mixin
    private LitmusPage page;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (compared.size() == 2) {
            return compare(read(compared.get(0)), compared.get(1).toString(), read(compared.get(1)));
        }
        // A file that cannot be read is better known before the machine is tried.
        Optional<String> before = compared.stream().findFirst().map(LitmusTearingCommand::read);
        Tearing.Result result = observe();
        if (before.isPresent()) {
            return compare(before.get(), "this run", TearingJson.of(result));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            out.println(TearingJson.of(result));
        } else {
            TearingTable.print(result, out);
        }
        out.flush();
        page.write("litmus-tearing.html", () -> LitmusReport.tearing(TearingJson.of(result)),
                spec.commandLine().getErr());
        return Exit.FINE;
    }

    private Tearing.Result observe() {
        return new Tearing(jvm.command(), millis).observe(chosen(), (done, all) -> {
            if (!output.quiet && (done % REPORTED == 0 || done.equals(all))) {
                spec.commandLine().getErr().println(done + " of " + all + " accesses tried");
                spec.commandLine().getErr().flush();
            }
        });
    }

    private Predicate<TearingCase> chosen() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String name : memories) {
            kinds.add(Arrays.stream(Kind.values()).filter(kind -> word(kind).equals(name)).findFirst()
                    .orElseThrow(() -> new LitmusException("--memory takes "
                            + Arrays.stream(Kind.values()).map(LitmusTearingCommand::word)
                                    .collect(Collectors.joining(", "))
                            + "; '" + name + "' is none of them")));
        }
        List<Integer> wrong = bits.stream().filter(width -> !WIDTHS.contains(width)).toList();
        if (!wrong.isEmpty()) {
            throw new LitmusException("--bits takes 16, 32, 64 or 128, but was " + wrong.getFirst());
        }
        return at -> (kinds.isEmpty() || kinds.contains(at.memory())) && (bits.isEmpty() || bits.contains(at.bits()));
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private int compare(String first, String secondName, String second) {
        TearingComparison comparison = TearingComparison.of(compared.getFirst().toString(), first, secondName, second);
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            out.println(comparison.json());
        } else {
            TearingTable.print(comparison, out);
        }
        out.flush();
        return comparison.count(TearingComparison.Relation.DIFFERENT) > 0 ? Exit.FINDING : Exit.FINE;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new LitmusException(file + " cannot be read: " + e
                    + "; write one with assay litmus tearing --format json");
        }
    }
}
