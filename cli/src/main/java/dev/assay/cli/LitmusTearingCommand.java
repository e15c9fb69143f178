package dev.assay.cli;

import dev.assay.litmus.LitmusException;
import dev.assay.litmus.Tearing;
import dev.assay.litmus.TearingComparison;
import dev.assay.litmus.TearingJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            "  assay litmus tearing --compare here.json there.json",
            "  assay litmus tearing --java \"qemu-aarch64-static -L ROOT ROOT/usr/lib/jvm/java-25-openjdk-arm64/bin/java\""})
final class LitmusTearingCommand implements Callable<Integer> {
    private static final int REPORTED = 100;

    @Option(names = "--each", paramLabel = "MILLIS", defaultValue = "5",
            description = "How long each access is tried, in milliseconds. Default: ${DEFAULT-VALUE}.")
    private long millis;

    @Option(names = "--java", paramLabel = "COMMAND",
            description = "The command that starts the JVM to try; an emulator may come first.")
    private Optional<String> java;

    @Option(names = "--compare", arity = "1..2", paramLabel = "FILE",
            description = "Compare two answers in JSON; or one with what is seen now (with --java: on another platform).")
    private List<Path> compared = List.of();

    @Mixin
    private Output output;

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
        return Exit.FINE;
    }

    private Tearing.Result observe() {
        List<String> command = java.map(c -> List.of(c.trim().split("\\s+"))).orElse(List.of());
        return new Tearing(command, millis).observe((done, all) -> {
            if (!output.quiet && (done % REPORTED == 0 || done.equals(all))) {
                spec.commandLine().getErr().println(done + " of " + all + " accesses tried");
                spec.commandLine().getErr().flush();
            }
        });
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
