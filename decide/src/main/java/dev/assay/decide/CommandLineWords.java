package dev.assay.decide;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
            throw new DecideException(
                    "a command is at least one word, this one is empty; give --a 'CMD' and --b 'CMD'");
        }
        boolean plain = PLAIN.matcher(stripped).matches() && !ASSIGNMENT.matcher(stripped).matches();
        List<String> words = List.of(stripped.split(" +"));
        return plain && program(words.getFirst()) ? words : List.of("/bin/sh", "-c", stripped);
    }

    /** Whether a file is there to execute; what is not may be a word of the shell's own, such as exit. */
    private static boolean program(String word) {
        if (word.contains("/")) {
            return true;
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, word)));
    }
}
