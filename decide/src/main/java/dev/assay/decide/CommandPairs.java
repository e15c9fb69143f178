package dev.assay.decide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Pairs of commands. */
public final class CommandPairs {
    /** A guess until the first block has shown it. */
    private static final Duration GUESS = Duration.ofMillis(10);

    private CommandPairs() {}

    /** @throws DecideException when a command is empty */
    public static Pair of(String a, String b, CommandSettings settings) {
        AtomicReference<String> output = new AtomicReference<>();
        return new Pair("ab.commands", settings.measure().metric().name() + " of a command",
                settings.measure().metric(),
                new CommandSubject(a, settings, output), new CommandSubject(b, settings, output), GUESS);
    }

    /**
     * One command under two JVMs, option sets or platforms.
     *
     * @param startA what starts the JVM of A: an emulator where there is one, {@code java}, its options
     * @param words the words after them, such as {@code -jar app.jar}
     */
    public static Pair ofJvms(List<String> startA, List<String> startB, List<String> words, CommandSettings settings) {
        AtomicReference<String> output = new AtomicReference<>();
        return new Pair("ab.jvms", settings.measure().metric().name() + " of java " + String.join(" ", words),
                settings.measure().metric(), jvm(startA, words, settings, output),
                jvm(startB, words, settings, output), GUESS);
    }

    private static CommandSubject jvm(List<String> start, List<String> words, CommandSettings settings,
            AtomicReference<String> output) {
        if (words.isEmpty()) {
            throw new DecideException(
                    "comparing JVMs needs what they run; give it after the options: assay ab --options-a=… -- -jar app.jar");
        }
        List<String> all = new ArrayList<>(start);
        all.addAll(words);
        return new CommandSubject(String.join(" ", all), all, settings, output);
    }
}
