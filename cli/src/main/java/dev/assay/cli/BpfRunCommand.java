package dev.assay.cli;

import dev.assay.bpf.Observation;
import dev.assay.bpf.Observer;
import dev.assay.bpf.ObserverKind;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Watches the running kernel. */
@Command(name = "run", mixinStandardHelpOptions = true, description = {
    "Watches the running kernel with a ready observer:",
    "runqlat, offcpu, syscalls, faults, futex, blockio, retransmits, oom.",
    "Needs root or CAP_BPF and CAP_PERFMON; without them all but futex fall back to what /proc counts."},
        footer = {"", "Examples:",
            "  assay bpf run runqlat --for 5s --format json", "  assay bpf run offcpu --pid 4711 --for 10s",
            "  assay bpf run oom --for 1h --exec 'systemctl restart app'"})
final class BpfRunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "OBSERVER", description = "What to watch.")
    private String name;

    @Option(names = "--for", paramLabel = "TIME", defaultValue = "5s", converter = Spans.class,
            description = "How long, such as 500ms, 5s or 1m. Default: ${DEFAULT-VALUE}.")
    private Duration time;

    @Option(names = "--pid", paramLabel = "PID", description = "Only this process. Default: all.")
    private Integer process;

    @Option(names = "--top", paramLabel = "N", defaultValue = "20",
            description = "Rows to show in tables; JSON has all. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Option(names = "--exec", paramLabel = "COMMAND",
            description = "With oom: run this by sh for each kill; ASSAY_OOM_PID is the process.")
    private String command;

    @Override
    public Integer call() {
        ObserverKind kind = ObserverKind.of(name).orElseThrow(() -> new CommandLine.ParameterException(spec
                .commandLine(),
                "there is no observer \"" + name + "\"; there are " + Arrays.stream(ObserverKind
                        .values()).map(ObserverKind::word).collect(Collectors.joining(", "))));
        check(kind);
        if (!output.quiet) {
            spec.commandLine().getErr().printf(Locale.ROOT, "watching %s for %.1f s%n", kind.question(), time.toMillis()
                    / 1000.0);
        }
        if (kind == ObserverKind.OOM) {
            return new BpfOomWatch(spec, output, time, command).run();
        }
        Observation seen;
        // Ctrl-C ends the watch early; what was seen until then is still told.
        try (Interruption _ = Interruption.of(Thread.currentThread()::interrupt)) {
            seen = Observer.observe(kind, process == null ? OptionalInt.empty() : OptionalInt.of(process), time);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            BpfOutput.json(out, BpfJson.observation(seen));
        } else {
            text(out, seen);
        }
        return Exit.FINE;
    }

    private void check(ObserverKind kind) {
        boolean oom = kind == ObserverKind.OOM;
        require(top >= 1, "--top shows at least 1 row, not " + top);
        require(command == null || oom, "--exec runs a command for each kill, which oom tells of and " + kind.word()
                + " does not");
        require(process == null || !oom, "oom tells of every process; --pid is for the other observers");
        require(process == null || process > 0 && Files.exists(Path.of("/proc/" + process)), "there is no process "
                + process + "; ps lists those that there are");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new CommandLine.ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void text(PrintWriter out, Observation seen) {
        out.printf(Locale.ROOT, "%s, %.1f s, from %s%n", seen.kind().question(), seen.seconds(), seen.source());
        seen.missing().forEach(m -> out.println("  missing: " + m));
        out.println("  " + (seen.lost() == 0 ? "nothing lost" : seen.lost() + " records lost: the table was full"));
        out.println();
        List<List<String>> rows = new ArrayList<>();
        for (Observation.Row row : seen.rows().stream().limit(top).toList()) {
            boolean histogram = !row.buckets().isEmpty();
            rows.add(List.of(row.process() + "/" + row.thread(), row.name(), row.role(), row.detail(), Long.toString(row
                    .count()), duration(row.sumNanos() / Math.max(1, row.count())), histogram
                            ? duration(row
                                    .quantileNanos(0.5))
                            : "-",
                    histogram ? duration(row.quantileNanos(0.99)) : "-", histogram
                            ? duration(row.quantileNanos(1))
                            : "-",
                    duration(row.sumNanos())));
        }
        BpfOutput.table(out, output.format, List.of("process/thread", "name", "role", seen.kind().detail(), "count",
                "mean", "p50", "p99", "max", "sum"), rows);
        if (seen.rows().size() > top) {
            out.println((seen.rows().size() - top) + " more; --top shows them");
        }
    }

    static String duration(long nanos) {
        return nanos < 1_000
                ? nanos + " ns"
                : nanos < 1_000_000
                        ? String.format(Locale.ROOT, "%.1f us", nanos / 1e3)
                        : nanos < 1_000_000_000
                                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
