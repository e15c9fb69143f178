package dev.assay.litmus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A process that answers lines of JSON with lines of JSON, and may end at any time. */
final class TrialProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** An emulated JVM takes its time to start. */
    private static final long START_SECONDS = 120;
    private static final int FIRST_SIGNAL = 128;

    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;
    private final Path folder;
    private final JsonNode hello;

    /** The process ended, or did not answer in time; the message completes "the process ...". */
    static final class Ended extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean bySignal;

        Ended(String message, boolean bySignal) {
            super(message);
            this.bySignal = bySignal;
        }

        /** Whether a fault ended it, not its own decision, nor ours. */
        boolean bySignal() {
            return bySignal;
        }
    }

    /** @param java the command that starts a JVM: a path, perhaps after an emulator and its options */
    TrialProcess(List<String> java, List<String> options, Class<?> main) throws Ended {
        try {
            folder = Files.createTempDirectory("assay-litmus");
            List<String> command = new ArrayList<>(java);
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xms64m", "-Xmx512m", "-XX:+UseSerialGC",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=" + folder.resolve("fault"), "-Xshare:auto"));
            command.addAll(options);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
            process = new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
        } catch (IOException e) {
            throw new LitmusException(String.join(" ", java) + " cannot be started: " + e.getMessage());
        }
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        hello = await(START_SECONDS);
    }

    /** What the process said of itself. */
    JsonNode hello() {
        return hello;
    }

    /** Sends a request and waits for its answer, so long at most. */
    JsonNode ask(Object request, long seconds) throws Ended {
        try {
            requests.write(JSON.writeValueAsString(request) + "\n");
            requests.flush();
        } catch (IOException _) {
            throw ended();
        }
        return await(seconds);
    }

    private JsonNode await(long seconds) throws Ended {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                line.complete(answers.readLine());
            } catch (IOException e) {
                line.completeExceptionally(new UncheckedIOException(e));
            }
        });
        try {
            String answer = line.get(seconds, TimeUnit.SECONDS);
            // A JVM that dies of a fault says so on the same stream, in lines that begin with this sign.
            if (answer == null || answer.startsWith("#")) {
                throw ended();
            }
            return JSON.readTree(answer);
        } catch (TimeoutException _) {
            process.destroyForcibly();
            throw new Ended("gave no answer within " + seconds + " s and was ended", false);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new Ended("was interrupted", false);
        } catch (ExecutionException | JacksonException e) {
            process.destroyForcibly();
            throw new Ended("answered what is no JSON: " + e.getMessage(), false);
        }
    }

    private Ended ended() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Ended("closed its output and was ended", false);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        int code = process.exitValue();
        Optional<String> fault = fault();
        String how = code > FIRST_SIGNAL ? "ended by signal " + (code - FIRST_SIGNAL) : "ended with exit code " + code;
        return new Ended(how + fault.or(this::errors).map(text -> ": " + text).orElse(""),
                code > FIRST_SIGNAL || fault.isPresent());
    }

    /** The line of the JVM's fault report that names the signal. */
    private Optional<String> fault() {
        return firstLine(folder.resolve("fault"), "siginfo:").or(() -> firstLine(folder.resolve("fault"), "#  SIG"));
    }

    private Optional<String> errors() {
        return firstLine(folder.resolve("errors"), "");
    }

    private static Optional<String> firstLine(Path file, String start) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(start) && !line.isBlank() && !line.startsWith("WARNING"))
                    .findFirst().map(String::strip);
        } catch (IOException | UncheckedIOException _) {
            // A process that left no report is described by its exit code alone.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        } catch (IOException _) {
            // What is left lies in the temporary folder; the answers are known already.
            process.destroyForcibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
