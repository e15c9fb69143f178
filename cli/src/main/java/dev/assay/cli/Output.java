package dev.assay.cli;

import picocli.CommandLine.Option;

/** How a command answers; the options that every command shares. */
final class Output {
    enum Format {
        table, json, markdown
    }

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table",
            description = "How to answer: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Format format;

    @Option(names = {"-q", "--quiet"}, description = "No progress, only the answer.")
    boolean quiet;
}
