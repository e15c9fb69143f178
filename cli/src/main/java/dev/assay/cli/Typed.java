package dev.assay.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What a user typed, as it can be typed again. */
final class Typed {
    private Typed() {}

    /** The whole command line, with the seed that was drawn if none was given. */
    static String command(CommandSpec spec, Rigour rigour) {
        List<String> words = new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        if (!rigour.seeded()) {
            // Before the words that belong to a program, and before whatever an option with several values would take.
            words.addAll(1, List.of("--seed", String.valueOf(rigour.seed())));
        }
        return "assay " + words.stream().map(Typed::quoted).collect(Collectors.joining(" "));
    }

    static String quoted(String word) {
        return word.matches("[\\w./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
