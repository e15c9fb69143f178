package dev.assay.lab;

import dev.assay.lab.Trial.Outcome;
import dev.assay.machine.Affinity;
import dev.assay.machine.MachineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The process of one trial, from its start to its answer. It always ends: by itself, at its time limit, or when the
 * session is interrupted; its children end with it.
 */
final class TrialProcess {
    /** Options of the environment that would change every trial behind the laboratory's back. */
    private static final List<String> FOREIGN_OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS");

    private final int number;
    private final String variant;
    private final Path desk;
    private final Duration limit;
    private final long started = System.nanoTime();
    private final Process process;
    private final Tail tail;
    private final IOException refusal;

    private TrialProcess(int number, String variant, Path desk, Duration limit, Process process, IOException refusal) {
        this.number = number;
        this.variant = variant;
        this.desk = desk;
        this.limit = limit;
        this.process = process;
        this.refusal = refusal;
        this.tail = process == null ? null : Tail.follow(process.getInputStream(), "tail of trial " + number);
    }

    /**
     * Starts a process.
     *
     * @param command its words
     * @param desk an empty folder of its own, where it answers and where a crash report goes
     * @param processors on which the whole process may run; all when empty
     */
    static TrialProcess start(int number, String variant, List<String> command, Path desk, Duration limit,
            Optional<BitSet> processors) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(desk.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of(nullDevice()).toFile()));
        FOREIGN_OPTIONS.forEach(builder.environment()::remove);
        builder.environment().put("ASSAY_OBSERVATION", answer(desk).toString());
        try {
            Process process = processors.isEmpty() ? builder.start() : startOn(builder, processors.get());
            return new TrialProcess(number, variant, desk, limit, process, null);
        } catch (IOException e) {
            return new TrialProcess(number, variant, desk, limit, null, e);
        }
    }

    private static String nullDevice() {
        return System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null";
    }

    /** A child inherits the affinity of the thread that forks it, and so do all threads that it will ever have. */
    private static Process startOn(ProcessBuilder builder, BitSet processors) throws IOException {
        Object[] result = new Object[1];
        Thread spawner = Thread.ofPlatform().name("spawner").start(() -> {
            try {
                Affinity.pin(processors);
                result[0] = builder.start();
            } catch (IOException e) {
                result[0] = e;
            } catch (MachineException e) {
                result[0] = new IOException(e.getMessage(), e);
            }
        });
        boolean interrupted = false;
        while (spawner.isAlive()) {
            try {
                spawner.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (result[0] instanceof IOException e) {
            throw e;
        }
        return (Process) result[0];
    }

    static Path answer(Path desk) {
        return desk.resolve("observation.txt");
    }

    static Path crashReport(Path desk) {
        return desk.resolve("hs_err.log");
    }

    /** Ends the process and all its children at once; {@link #await} then returns. */
    void end() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /**
     * Waits for the answer.
     *
     * @param keep where crash reports are moved to
     */
    Trial await(Path keep) {
        if (refusal != null) {
            return new Trial(number, variant, 0, Duration.ZERO, new Outcome.Unstarted(refusal.getMessage()));
        }
        boolean inTime = waitForExit();
        Duration wall = Duration.ofNanos(System.nanoTime() - started);
        Outcome outcome = inTime ? read(keep) : new Outcome.Overran(limit, tail.lastLines());
        return new Trial(number, variant, process.pid(), wall, outcome);
    }

    private boolean waitForExit() {
        try {
            if (process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            end();
            process.waitFor();
            return false;
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Outcome read(Path keep) {
        if (Thread.currentThread().isInterrupted()) {
            return new Outcome.Crashed(130, List.of("interrupted"), Optional.empty());
        }
        int exit = process.exitValue();
        Path answer = answer(desk);
        if (exit != 0 || !Files.exists(answer)) {
            List<String> lines = tail.lastLines();
            if (exit == 0) {
                lines = List.of("it ended without writing its observation");
            }
            return new Outcome.Crashed(exit, lines, keptReport(keep));
        }
        try {
            Observation observation = ObservationFile.read(answer);
            for (Observation.Check check : observation.checks()) {
                if (!check.kept()) {
                    return new Outcome.Broken(check.says(), observation);
                }
            }
            if (observation.values().isEmpty()) {
                return new Outcome.Broken("it reports at least one value", observation);
            }
            return new Outcome.Measured(observation);
        } catch (IOException e) {
            return new Outcome.Crashed(exit, List.of(e.getMessage()), Optional.empty());
        }
    }

    private Optional<Path> keptReport(Path keep) {
        Path report = crashReport(desk);
        if (!Files.exists(report)) {
            return Optional.empty();
        }
        Path kept = keep.resolve("hs_err-trial-" + number + ".log");
        try {
            return Optional.of(Files.move(report, kept, StandardCopyOption.REPLACE_EXISTING));
        } catch (IOException e) {
            throw new UncheckedIOException("the crash report " + report + " could not be kept at " + kept, e);
        }
    }
}
