package dev.assay.cli;

import dev.assay.decide.JmhPairs;
import dev.assay.decide.Pair;
import dev.assay.lab.LabException;
import dev.assay.machine.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs to be compared, and what A and B are.
 *
 * @param end of what they hold while they are compared
 */
record Question(List<Pair> pairs, List<String> subjects, List<String> onlyA, List<String> onlyB, Runnable end)
        implements
            AutoCloseable {
    /**
     * A side of a comparison of jars.
     *
     * @param home of its JDK, null for this one
     * @param options of its JVM, apart by blanks
     */
    record Side(Path home, String options) {
        static final Side USUAL = new Side(null, "");

        Path java() {
            if (home == null) {
                return Platform.current().java();
            }
            Platform platform = new Platform.OtherJdk(home);
            platform.flaws(8).stream().findFirst().ifPresent(flaw -> {
                throw new LabException.Usage(flaw.says() + "; " + flaw.remedy());
            });
            return platform.java();
        }

        List<String> words() {
            return options.isBlank() ? List.of() : List.of(options.strip().split("\\s+"));
        }
    }

    static Question of(Pair pair, String a, String b) {
        return new Question(List.of(pair), List.of(a, b), List.of(), List.of(), () -> {});
    }

    /**
     * Two JMH jars, or one under two JVMs.
     *
     * @param jars one or two; picocli may have taken the pattern for the second
     * @param words what else was given: a jar, a pattern
     * @param control whether one jar under one JVM is what is asked for
     */
    static Question ofJars(List<Path> jars, List<String> words, Side a, Side b, Duration trial, boolean control) {
        List<Path> given = new ArrayList<>(jars);
        List<String> rest = new ArrayList<>(words);
        if (given.size() == 2 && !given.get(1).toString().endsWith(".jar") && !Files.exists(given.get(1))) {
            rest.addFirst(given.removeLast().toString());
        }
        if (given.size() == 1 && !rest.isEmpty() && rest.getFirst().endsWith(".jar")) {
            given.add(Path.of(rest.removeFirst()));
        }
        if (rest.size() > 1) {
            throw new LabException.Usage("one pattern chooses benchmarks, these are " + rest.size() + ": "
                    + String.join(" ", rest) + "; join them as 'One|Two'");
        }
        Path old = given.getFirst();
        Path recent = given.getLast();
        if (given.size() == 1 && a.home() == null && b.home() == null && a.options().equals(b.options()) && !control) {
            throw new LabException.Usage("--jmh needs two jars, or one with --jvm-a/--jvm-b/--options-a/--options-b or"
                    + " --aa; it got " + old + " alone");
        }
        JmhPairs pairs = JmhPairs.of(new JmhPairs.Side(old, a.java(), a.words()),
                new JmhPairs.Side(recent, b.java(), b.words()), rest.isEmpty() ? "" : rest.getFirst(), trial);
        return new Question(pairs.shared(),
                List.of((old + " " + a.options()).strip(), (recent + " " + b.options()).strip()), pairs.onlyA(),
                pairs.onlyB(), pairs::close);
    }

    /** A against itself. */
    Question control() {
        return new Question(pairs.stream().map(Pair::control).toList(),
                List.of(subjects.getFirst(), subjects.getFirst()), onlyA, onlyB, end);
    }

    @Override
    public void close() {
        end.run();
    }
}
