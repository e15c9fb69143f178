package dev.assay.cli;

import dev.assay.bpf.OomWatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        try (OomWatch watch = new OomWatch()) {
            while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
                long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
                watch.poll(Duration.ofMillis(Math.min(left, STEP.toMillis())), this::killed);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("schema", "assay.bpf.oom/1");
            all.put("kills", kills);
            BpfOutput.json(out, all);
        } else if (kills.isEmpty()) {
            out.println("no process was ended for memory in " + time.toMillis() / 1000.0 + " s");
        } else {
            kills.forEach(k -> out.println("process " + k.get("process") + ", told after " + BpfRunCommand.duration(
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
        one.put("process", kill.process());
        one.put("delayNanos", kill.delay().toNanos());
        if (command != null) {
            long begin = System.nanoTime();
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).inheritIO();
            builder.environment().put("ASSAY_OOM_PID", Integer.toString(kill.process()));
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
