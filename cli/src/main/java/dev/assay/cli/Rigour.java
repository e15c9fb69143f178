package dev.assay.cli;

import java.util.Random;
import picocli.CommandLine.Option;

/** How sure an answer is to be; the options of every command that measures. */
final class Rigour {
    @Option(names = {"--threshold", "--smallest-effect"}, paramLabel = "SHARE", defaultValue = "0.01",
            converter = Shares.class,
            description = "Differences below this do not matter, such as 0.02 or 2%%. Default: ${DEFAULT-VALUE}.")
    double threshold;

    @Option(names = "--confidence", paramLabel = "SHARE", defaultValue = "0.95", converter = Shares.class,
            description = "Of every interval; what is missing to 1 is the rate of false discoveries where many"
                    + " comparisons are made. Default: ${DEFAULT-VALUE}.")
    double confidence;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "For the order of trials. Default: drawn anew.")
    private Long given;

    private Long drawn;

    /** The one given, or one drawn for this command. */
    long seed() {
        if (given != null) {
            return given;
        }
        if (drawn == null) {
            drawn = new Random().nextLong() >>> 1;
        }
        return drawn;
    }

    /** Whether the user named the seed. */
    boolean seeded() {
        return given != null;
    }
}
