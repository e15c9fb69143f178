package dev.assay.decide;

import java.util.List;
import java.util.regex.Pattern;

/** How a command that a user typed is started: by itself where it is plain words, else by a shell. */
final class CommandLineWords {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+:,./ -]+");
    private static final Pattern ASSIGNMENT = Pattern.compile("\\w+=.*");

    private CommandLineWords() {}

    static List<String> of(String command) {
        String stripped = command.strip();
        if (stripped.isEmpty()) {
            throw new DecideException("a command is at least one word, this one is empty; give --a 'CMD' and --b 'CMD'");
        }
        boolean plain = PLAIN.matcher(stripped).matches() && !ASSIGNMENT.matcher(stripped).matches();
        return plain ? List.of(stripped.split(" +")) : List.of("/bin/sh", "-c", stripped);
    }
}
