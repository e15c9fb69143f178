package dev.assay.cli;

import dev.assay.decide.JmhPairs;
import dev.assay.decide.Pair;
import dev.assay.lab.Doubt;
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
 * @param doubts about all of it
 * @param end of what they hold while they are compared
 */
record Question(List<Pair> pairs, List<String> subjects, List<String> onlyA, List<String> onlyB, List<Doubt> doubts,
        Runnable end)
        implements
            AutoCloseable {
    /**
     * A side of a comparison of jars or JVMs.
     *
     * @param platform of its JVM
     * @param options of its JVM, apart by blanks
     */
    record Side(Platform platform, String options) {
        static final Side USUAL = new Side(Platform.current(), "");

        Side {
            platform.flaws(8).stream().findFirst().ifPresent(flaw -> {
                throw new LabException.Usage(flaw.says() + "; " + flaw.remedy());
            });
        }

        Path java() {
            return platform.java();
        }

        /** What starts its JVM. */
        List<String> start() {
            return platform.command(words(), List.of());
        }

        List<String> words() {
            return options.isBlank() ? List.of() : List.of(options.strip().split("\\s+"));
        }
    }

    static Question of(Pair pair, String a, String b) {
        return new Question(List.of(pair), List.of(a, b), List.of(), List.of(), List.of(), () -> {});
    }

    /** One command under two JVMs. */
    static Question ofJvms(Pair pair, Side a, Side b) {
        List<Doubt> doubts = a.platform().emulated() || b.platform().emulated()
                ? List.of(new Doubt(Doubt.Kind.EMULATED, "a side runs translated; it says little about real hardware",
                        "measure on a machine of that architecture"))
                : List.of();
        return new Question(List.of(pair), List.of(String.join(" ", a.start()), String.join(" ", b.start())), List.of(),
                List.of(), doubts, () -> {});
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
        if (a.platform().emulated() || b.platform().emulated()) {
            throw new LabException.Usage(
                    "an emulator is for one java command given after --; JMH starts the forks of a jar"
                            + " itself and knows no emulator");
        }
        Path old = given.getFirst();
        Path recent = given.getLast();
        if (given.size() == 1 && a.equals(b) && !control) {
            throw new LabException.Usage("--jmh needs two jars, or one with --jvm-a/--jvm-b/--options-a/--options-b or"
                    + " --aa; it got " + old + " alone");
        }
        JmhPairs pairs = JmhPairs.of(new JmhPairs.Side(old, a.java(), a.words()),
                new JmhPairs.Side(recent, b.java(), b.words()), rest.isEmpty() ? "" : rest.getFirst(), trial);
        return new Question(pairs.shared(),
                List.of((old + " " + a.options()).strip(), (recent + " " + b.options()).strip()), pairs.onlyA(),
                pairs.onlyB(), List.of(), pairs::close);
    }

    /** A against itself. */
    Question control() {
        return new Question(pairs.stream().map(Pair::control).toList(),
                List.of(subjects.getFirst(), subjects.getFirst()), onlyA, onlyB, doubts, end);
    }

    @Override
    public void close() {
        end.run();
    }
}
