package dev.assay.cli;

import java.util.Random;
import picocli.CommandLine.Option;

/** How sure an answer is to be; the options of every command that measures. */
final class Rigour extends Certainty {
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
