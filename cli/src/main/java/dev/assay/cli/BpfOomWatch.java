package dev.assay.cli;

import dev.assay.bpf.OomWatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Runs the user's command for each process that the kernel ends for memory, and tells how late it came. */
final class BpfOomWatch {
    private static final Duration STEP = Duration.ofMillis(200);

    private final CommandSpec spec;
    private final Output output;
    private final Duration time;
    private final String command;
    private final List<Told> kills = new ArrayList<>();

    /**
     * A kill, and when the user's command was started for it.
     *
     * @param commandNanos from the kernel's decision to the command's start
     */
    record Told(Optional<Integer> process, long delayNanos, Optional<Long> commandNanos,
            Optional<String> commandFailed) {
        String text() {
            return process.map(p -> "process " + p).orElse("a process") + ", told after " + BpfRunCommand.duration(
                    delayNanos)
                    + commandNanos.map(n -> ", command started after " + BpfRunCommand.duration(n)).orElse(
                            commandFailed.map(f -> ", command failed: " + f).orElse(""));
        }
    }

    BpfOomWatch(CommandSpec spec, Output output, Duration time, String command) {
        this.spec = spec;
        this.output = output;
        this.time = time;
        this.command = command;
    }

    int run() {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        Optional<String> missing;
        try (OomWatch watch = OomWatch.start();
                Interruption _ = Interruption.of(Thread.currentThread()::interrupt)) {
            missing = watch.missing();
            while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
                long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
                watch.poll(Duration.ofMillis(Math.min(left, STEP.toMillis())), this::killed);
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            BpfOutput.json(out, BpfJson.oom(seconds, missing, kills));
            return kills.isEmpty() ? Exit.FINE : Exit.FINDING;
        }
        missing.ifPresent(m -> out.println("  missing: " + m));
        if (kills.isEmpty()) {
            out.printf(Locale.ROOT, "no process was ended for memory in %.1f s%n", seconds);
        }
        kills.forEach(k -> out.println(k.text()));
        return kills.isEmpty() ? Exit.FINE : Exit.FINDING;
    }

    private void killed(OomWatch.Kill kill) {
        Optional<Integer> process = kill.process().stream().boxed().findFirst();
        long delay = kill.delay().toNanos();
        if (command == null) {
            kills.add(new Told(process, delay, Optional.empty(), Optional.empty()));
            return;
        }
        long begin = System.nanoTime();
        // What the command prints is not the answer of this one, which a script may be reading.
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec 1>&2\n" + command).inheritIO();
        process.ifPresent(p -> builder.environment().put("ASSAY_OOM_PID", Integer.toString(p)));
        try {
            builder.start();
            kills.add(new Told(process, delay, Optional.of(delay + System.nanoTime() - begin), Optional.empty()));
        } catch (IOException e) {
            kills.add(new Told(process, delay, Optional.empty(), Optional.of(e.getMessage())));
        }
    }
}
