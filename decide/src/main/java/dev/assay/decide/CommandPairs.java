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
     * One command under two JVMs or option sets: the words after {@code java}, such as {@code -jar app.jar}.
     *
     * @param javaA the {@code java} program of A
     */
    public static Pair ofJvms(String javaA, List<String> optionsA, String javaB, List<String> optionsB,
            List<String> words,
            CommandSettings settings) {
        AtomicReference<String> output = new AtomicReference<>();
        return new Pair("ab.jvms", settings.measure().metric().name() + " of java " + String.join(" ", words),
                settings.measure().metric(), jvm(javaA, optionsA, words, settings, output),
                jvm(javaB, optionsB, words, settings, output), GUESS);
    }

    private static CommandSubject jvm(String java, List<String> options, List<String> words, CommandSettings settings,
            AtomicReference<String> output) {
        if (words.isEmpty()) {
            throw new DecideException(
                    "comparing JVMs needs what they run; give it after the options: assay ab --options-a=… -- -jar app.jar");
        }
        List<String> all = new ArrayList<>(List.of(java));
        all.addAll(options);
        all.addAll(words);
        return new CommandSubject(String.join(" ", all), all, settings, output);
    }
}
