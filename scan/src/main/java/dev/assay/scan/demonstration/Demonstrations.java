package dev.assay.scan.demonstration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All demonstrations, and how one is run. */
public final class Demonstrations {
    private static final Pattern SEEN = Pattern.compile("seen (\\d+) of (\\d+)");
    private static final int MOST_SECONDS = 60;

    private Demonstrations() {}

    /** In the order of the rules. */
    public static List<Demonstration> all() {
        return Stream.of(Races.ALL, Visibility.ALL, Refusals.ALL).flatMap(List::stream).toList();
    }

    /** The one for a rule, where there is one. */
    public static Optional<Demonstration> of(String rule) {
        return all().stream().filter(one -> one.rule().equals(rule)).findFirst();
    }

    /**
     * Runs it in a virtual machine of its own.
     *
     * @throws IllegalStateException
     *             when the child does not answer
     */
    public static Demonstration.Tally run(Demonstration demonstration) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(demonstration.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DemonstrationTrial.class.getName(),
                demonstration.rule()));
        try {
            Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
            child.getOutputStream().close();
            Thread.ofVirtual().start(() -> endLate(child));
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return tally(demonstration, child.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException("The demonstration's virtual machine cannot be started.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The demonstration was interrupted.", e);
        }
    }

    private static void endLate(Process child) {
        try {
            if (!child.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                child.destroyForcibly();
            }
        } catch (InterruptedException _) {
            child.destroyForcibly();
        }
    }

    private static Demonstration.Tally tally(Demonstration demonstration, int exit, String said) {
        if (demonstration.refusal()) {
            return new Demonstration.Tally(exit != 0 && said.contains("Unrecognized VM option") ? 1 : 0, 1);
        }
        Matcher matcher = SEEN.matcher(said);
        if (!matcher.find()) {
            throw new IllegalStateException("The demonstration of " + demonstration.rule() + " ended with exit code "
                    + exit + " and without an answer: " + said.lines().limit(3).toList());
        }
        return new Demonstration.Tally(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }
}
