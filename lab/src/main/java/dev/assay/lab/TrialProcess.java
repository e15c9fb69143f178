package dev.assay.lab;

import dev.assay.lab.Trial.Outcome;
import dev.assay.machine.Placement;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * The process of one trial, from its start to its answer. It always ends: by itself, at its time limit, or when the
 * session is interrupted; its children end with it.
 */
final class TrialProcess implements RunningTrial {
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
    private final List<Doubt> doubts;

    private TrialProcess(int number, String variant, Path desk, Duration limit, Process process, IOException refusal,
            List<Doubt> doubts) {
        this.number = number;
        this.variant = variant;
        this.desk = desk;
        this.limit = limit;
        this.process = process;
        this.refusal = refusal;
        this.doubts = doubts;
        this.tail = process == null ? null : Tail.follow(process.getInputStream(), "tail of trial " + number);
    }

    /**
     * Starts a process.
     *
     * @param command its words
     * @param desk an empty folder of its own, where it answers and where a crash report goes
     * @param placement of the whole process
     */
    static TrialProcess start(int number, String variant, List<String> command, Path desk, Duration limit,
            Placement placement) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(desk.toFile())
                .redirectInput(new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null"));
        FOREIGN_OPTIONS.forEach(builder.environment()::remove);
        builder.environment().put("ASSAY_OBSERVATION", answer(desk).toString());
        List<Doubt> doubts = new ArrayList<>();
        try {
            Process process = placement.equals(Placement.ANYWHERE)
                    ? builder.start()
                    : startPlaced(builder, placement, doubts);
            return new TrialProcess(number, variant, desk, limit, process, null, doubts);
        } catch (IOException e) {
            return new TrialProcess(number, variant, desk, limit, null, e, doubts);
        }
    }

    /** A child inherits the placement of the thread that forks it, and so do all threads that it will ever have. */
    private static Process startPlaced(ProcessBuilder builder, Placement placement, List<Doubt> doubts)
            throws IOException {
        Placement inherited = new Placement(placement.processors(), placement.numa(), placement.scheduling(), false);
        FutureTask<Process> start = new FutureTask<>(() -> {
            for (Placement.Outcome outcome : inherited.apply()) {
                if (outcome instanceof Placement.Refused(String what, String reason, String remedy)) {
                    doubts.add(new Doubt(Doubt.Kind.NOT_PLACED, what + " was refused: " + reason, remedy));
                }
            }
            return builder.start();
        });
        Thread.ofPlatform().name("spawner").start(start);
        try {
            return start.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
    }

    static Path answer(Path desk) {
        return desk.resolve("observation.txt");
    }

    static Path crashReport(Path desk) {
        return desk.resolve("hs_err.log");
    }

    @Override
    public void end() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public Trial await(Path keep) {
        if (refusal != null) {
            return new Trial(number, variant, 0, Duration.ZERO, new Outcome.Unstarted(refusal.getMessage()), doubts);
        }
        boolean inTime = waitForExit();
        Duration wall = Duration.ofNanos(System.nanoTime() - started);
        Outcome outcome = inTime ? read(keep) : new Outcome.Overran(limit, tail.lastLines());
        return new Trial(number, variant, process.pid(), wall, outcome, doubts);
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
            throw new LabException.Archive("the crash report " + report + " could not be kept at " + kept, e);
        }
    }
}
