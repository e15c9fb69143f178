package dev.assay.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Assay as a process of its own, with a run store of its own, as a user starts it. */
final class Program implements AutoCloseable {
    private static final long MOST_SECONDS = 120;

    private final Process process;
    private final BufferedReader err;
    private final Path answer;
    private final List<String> said = new ArrayList<>();

    private Program(Process process, Path answer) {
        this.process = process;
        this.answer = answer;
        this.err = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    /** @param before words in front of java, such as {@code setpriv …} */
    static Program start(Path store, List<String> before, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(System.getProperty("java.class.path"), store, before, environment, arguments);
    }

    static Program start(String classPath, Path store, List<String> before, Map<String, String> environment,
            String... arguments) throws IOException {
        List<String> words = new ArrayList<>(before);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                classPath, Assay.class.getName()));
        words.addAll(List.of(arguments));
        Path answer = Files.createTempFile("assay-answer-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words).redirectOutput(answer.toFile());
        builder.environment().put("XDG_DATA_HOME", store.toString());
        builder.environment().putAll(environment);
        return new Program(builder.start(), answer);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Reads what it says until a line contains one of the words, and answers that line; fails when it ends before. */
    String awaitLine(String... words) throws IOException {
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            said.add(line);
            if (Arrays.stream(words).anyMatch(line::contains)) {
                return line;
            }
        }
        throw new AssertionError("it never said one of " + List.of(words) + " but: " + String.join("\n", said));
    }

    /** Ends it as Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** The exit code, once it has ended by itself. */
    int await() throws IOException, InterruptedException {
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            said.add(line);
        }
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end; it said: " + String.join("\n", said));
        }
        return process.exitValue();
    }

    /** What it printed as its answer. */
    String answered() throws IOException {
        return Files.readString(answer);
    }

    String said() {
        return String.join("\n", said);
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Files.delete(answer);
    }
}
