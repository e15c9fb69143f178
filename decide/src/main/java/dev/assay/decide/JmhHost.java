package dev.assay.decide;

import dev.assay.machine.ProcessActivity;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The JMH of one jar under one JVM. Its host JVM, which only waits for forks, is started once and told to conduct one fork after the other: a trial
 * then costs the start of its fork and no more, which is half of what a JMH of its own costs. It is started anew when it has ended.
 */
final class JmhHost implements AutoCloseable {
    /** What came of an order. */
    sealed interface Answer {
        /** JMH says that it is done. */
        record Done() implements Answer {}

        /** JMH, or the host, ended it; what it printed says why. */
        record Failed(List<String> lines) implements Answer {}

        record Overran() implements Answer {}

        record Refused(String reason) implements Answer {}
    }

    /** A host that has ended says nothing more. */
    private static final String GONE = "\0";

    private record Running(Process process, BlockingQueue<String> lines, Path temporary) {}

    private final Path java;
    private final Path jar;
    private volatile Optional<Running> running = Optional.empty();
    private boolean closed;

    JmhHost(Path java, Path jar) {
        this.java = java;
        this.jar = jar;
    }

    Path java() {
        return java;
    }

    Path jar() {
        return jar;
    }

    /** The process that conducts, 0 when none runs. */
    long pid() {
        return running.map(r -> r.process.pid()).orElse(0L);
    }

    /** Processor time of the host that runs now and of its forks that have ended. */
    Duration processorTime() {
        return running.flatMap(r -> ProcessActivity.processorTimeSoFar(r.process.pid())).orElse(Duration.ZERO);
    }

    /**
     * Conducts what these options of JMH say.
     *
     * @param out a file for what JMH prints
     */
    Answer run(List<String> options, Path out, Duration limit) {
        List<String> words = new ArrayList<>(List.of(out.toString()));
        words.addAll(options);
        Running host;
        try {
            host = started();
            OutputStream orders = host.process.getOutputStream();
            String line = words.stream().map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
                    .collect(Collectors.joining(" "));
            orders.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
        } catch (IOException e) {
            end();
            return new Answer.Refused(java + " cannot be started: " + e.getMessage());
        }
        return answer(host, limit);
    }

    private Answer answer(Running host, Duration limit) {
        List<String> said = new ArrayList<>();
        long until = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                String line = host.lines.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                switch (line) {
                    case null -> {
                        end();
                        return new Answer.Overran();
                    }
                    case JmhTrial.DONE -> {
                        return new Answer.Done();
                    }
                    case JmhTrial.FAILED -> {
                        return new Answer.Failed(said);
                    }
                    case GONE -> {
                        end();
                        return new Answer.Failed(said);
                    }
                    default -> said.add(line);
                }
            }
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            return new Answer.Refused("interrupted");
        }
    }

    private synchronized Running started() throws IOException {
        if (closed) {
            throw new IOException("the comparison has ended");
        }
        if (running.isPresent() && running.get().process.isAlive()) {
            return running.get();
        }
        end();
        Path temporary = Files.createTempDirectory("assay-jmh-");
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-XX:-UsePerfData", "-Djmh.ignoreLock=true", "-Djava.io.tmpdir=" + temporary, "-cp",
                jar + File.pathSeparator + here(), JmhTrial.class.getName()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Running started = new Running(process, lines, temporary);
        running = Optional.of(started);
        Thread.ofPlatform().daemon().name("host " + process.pid()).start(() -> listen(process, lines));
        return started;
    }

    private static void listen(Process process, BlockingQueue<String> lines) {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            in.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // It was ended; that is all there is to say.
        }
        lines.add(GONE);
    }

    /** Where {@link JmhTrial} lies. */
    private static Path here() {
        try {
            return Path.of(JmhTrial.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path of files has files", e);
        }
    }

    /** Ends the host and its fork at once; the next order starts another. From any thread. */
    synchronized void end() {
        running.ifPresent(host -> {
            host.process.descendants().forEach(ProcessHandle::destroyForcibly);
            host.process.destroyForcibly();
            clear(host.temporary);
        });
        running = Optional.empty();
    }

    private static void clear(Path folder) {
        try (var inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // Something that was just ended still wrote there; the system's own clearing of temporary folders has it.
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        end();
    }
}
