package dev.assay.cli;

import dev.assay.bpf.OomWatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Runs the user's command for each process that the kernel ends for memory, and tells how late it came. */
final class BpfOomWatch {
    private static final Duration STEP = Duration.ofMillis(200);

    private final CommandSpec spec;
    private final Output output;
    private final Duration time;
    private final String command;
    private final List<Map<String, Object>> kills = new ArrayList<>();

    BpfOomWatch(CommandSpec spec, Output output, Duration time, String command) {
        this.spec = spec;
        this.output = output;
        this.time = time;
        this.command = command;
    }

    int run() {
        long end = System.nanoTime() + time.toNanos();
        Optional<String> missing;
        try (OomWatch watch = OomWatch.start()) {
            missing = watch.missing();
            while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
                long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
                watch.poll(Duration.ofMillis(Math.min(left, STEP.toMillis())), this::killed);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("schema", "assay.bpf.oom/1");
            all.put("missing", missing.stream().toList());
            all.put("kills", kills);
            BpfOutput.json(out, all);
            return kills.isEmpty() ? Exit.FINE : Exit.FINDING;
        }
        missing.ifPresent(m -> out.println("  missing: " + m));
        if (kills.isEmpty()) {
            out.println("no process was ended for memory in " + time.toMillis() / 1000.0 + " s");
        } else {
            kills.forEach(k -> out.println((k.containsKey("process") ? "process " + k.get("process") : "a process")
                    + ", told after " + BpfRunCommand.duration(
                    (Long) k.get("delayNanos"))
                    + (k.containsKey("commandNanos")
                            ? ", command started after "
                                    + BpfRunCommand.duration((Long) k.get("commandNanos"))
                            : "")));
        }
        return kills.isEmpty() ? Exit.FINE : Exit.FINDING;
    }

    private void killed(OomWatch.Kill kill) {
        Map<String, Object> one = new LinkedHashMap<>();
        kill.process().ifPresent(p -> one.put("process", p));
        one.put("delayNanos", kill.delay().toNanos());
        if (command != null) {
            long begin = System.nanoTime();
            // What the command prints is not the answer of this one, which a script may be reading.
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec 1>&2\n" + command).inheritIO();
            kill.process().ifPresent(p -> builder.environment().put("ASSAY_OOM_PID", Integer.toString(p)));
            try {
                builder.start();
                one.put("commandNanos", kill.delay().toNanos() + System.nanoTime() - begin);
            } catch (IOException e) {
                one.put("commandFailed", e.getMessage());
            }
        }
        kills.add(one);
    }
}
