package dev.assay.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says which JVM tests run in. */
final class LitmusJvm {
    @Option(names = "--java", paramLabel = "COMMAND",
            description = "The command that starts the JVM to run in; an emulator may come first.")
    private Optional<String> java;

    /** Its words; none for the JVM that runs Assay. */
    List<String> command() {
        return java.map(c -> List.of(c.trim().split("\\s+"))).orElse(List.of());
    }
}
