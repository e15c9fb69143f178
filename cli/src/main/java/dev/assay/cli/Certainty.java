package dev.assay.cli;

import picocli.CommandLine.Option;

/** When a difference counts; the options of every command that tells differences. */
class Certainty {
    @Option(names = {"--threshold", "--smallest-effect"}, paramLabel = "SHARE", defaultValue = "0.01",
            converter = Shares.class,
            description = "Differences below this do not matter, such as 0.02 or 2%%. Default: ${DEFAULT-VALUE}.")
    double threshold;

    @Option(names = "--confidence", paramLabel = "SHARE", defaultValue = "0.95", converter = Shares.class,
            description = "Of every interval; what is missing to 1 is the rate of false discoveries where many"
                    + " comparisons are made. Default: ${DEFAULT-VALUE}.")
    double confidence;
}
