package dev.assay.cli;

import dev.assay.bpf.Observation;
import dev.assay.bpf.Observer;
import dev.assay.bpf.ObserverKind;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    "Needs root or CAP_BPF and CAP_PERFMON; runqlat falls back to /proc without them."},
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

    @Option(names = "--for", paramLabel = "TIME", defaultValue = "5s", converter = DurationConverter.class,
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
        if (!output.quiet) {
            spec.commandLine().getErr().println("watching " + kind.question() + " for " + time.toMillis() / 1000.0
                    + " s");
        }
        if (kind == ObserverKind.OOM) {
            return new BpfOomWatch(spec, output, time, command).run();
        }
        Observation seen = Observer.observe(kind, process == null ? OptionalInt.empty() : OptionalInt.of(process),
                time);
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            BpfOutput.json(out, json(seen));
        } else {
            text(out, seen);
        }
        return Exit.FINE;
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

    private static Map<String, Object> json(Observation seen) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", "assay.bpf.observation/1");
        all.put("observer", seen.kind().word());
        all.put("question", seen.kind().question());
        all.put("source", seen.source());
        all.put("seconds", seen.seconds());
        all.put("lost", seen.lost());
        all.put("missing", seen.missing());
        all.put("threads", seen.rows().stream().map(r -> row(seen.kind(), r)).toList());
        return all;
    }

    private static Map<String, Object> row(ObserverKind kind, Observation.Row row) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("process", row.process());
        one.put("thread", row.thread());
        one.put("name", row.name());
        if (!row.role().isEmpty()) {
            one.put("role", row.role());
        }
        if (!kind.detail().isEmpty()) {
            one.put("detail", row.detail());
        }
        one.put("count", row.count());
        one.put("sumNanos", row.sumNanos());
        if (!row.buckets().isEmpty()) {
            one.put("p50Nanos", row.quantileNanos(0.5));
            one.put("p99Nanos", row.quantileNanos(0.99));
            one.put("maxNanos", row.quantileNanos(1));
            one.put("histogram", row.buckets().stream().map(b -> Map.of("fromNanos", b.fromNanos(), "toNanos", b
                    .toNanos(), "count", b.count())).toList());
        }
        return one;
    }
}
