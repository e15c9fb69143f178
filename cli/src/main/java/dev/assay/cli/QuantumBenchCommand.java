package dev.assay.cli;

import dev.assay.quantum.Baselines;
import dev.assay.quantum.Bench;
import dev.assay.quantum.Circuit;
import dev.assay.quantum.Device;
import dev.assay.quantum.Devices;
import dev.assay.quantum.Qasm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay quantum bench}. */
@Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Maps a folder of circuits onto devices and compares with baselines. Exit code 1 when a case fails or totals are worse.",
        footer = {
            "", "Example:",
            "  assay quantum bench --circuits circuits --devices tokyo-20.json,heron-156.json --baselines baselines.csv"
                    + " --time 15m"})
final class QuantumBenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--circuits", required = true, paramLabel = "DIR", description = "A folder of .qasm files.")
    private Path circuits;

    @Option(names = "--devices", required = true, split = ",", paramLabel = "DEVICE",
            description = "Coupling maps or shapes, separated by commas.")
    private List<String> devices;

    @Option(names = "--baselines", paramLabel = "CSV",
            description = "What other routers need: columns circuit, device and NAME_swaps.")
    private Path baselines;

    @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--time", defaultValue = "60s", paramLabel = "TIME", converter = ShortDuration.class,
            description = "For all cases together. Default: ${DEFAULT-VALUE}.")
    private Duration time;

    @Option(names = "--threads", defaultValue = "0", description = "Cases at a time. Default: all processors.")
    private int threads;

    @Option(names = "--store", paramLabel = "FILE",
            description = "Results go here as they come (JSON, one per line); what is there already for this seed and time is not run again.")
    private Path store;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also write a CSV file.")
    private Path csv;

    @Override
    public Integer call() {
        Stream.of(store, csv).filter(Objects::nonNull).forEach(WholeFile::check);
        Map<String, Device> on = new TreeMap<>();
        for (String name : devices) {
            Device device = Devices.named(name);
            on.put(device.name(), device);
        }
        int workers = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        Bench bench = new Bench(read(), on, seed, time, workers);
        List<Bench.Result> earlier = earlier();
        int all = bench.shares().size();
        long began = System.nanoTime();
        AtomicInteger done = new AtomicInteger();
        List<Bench.Result> results = bench.run(earlier, result -> {
            keep(result);
            if (!output.quiet) {
                long seconds = (System.nanoTime() - began) / 1_000_000_000;
                spec.commandLine().getErr().println("[" + done.incrementAndGet() + "/" + all + "] " + result.circuit()
                        + " on " + result.device() + ": "
                        + (result.problem() == null ? result.swaps() + " swaps" : result.problem()) + " ("
                        + result.millis() + " ms; at most " + Math.max(0, time.toSeconds() - seconds) + " s left)");
            }
        });
        Baselines known = baselines == null ? Baselines.none() : Baselines.read(baselines);
        QuantumBenchTable table = new QuantumBenchTable(results, known, (System.nanoTime() - began) / 1_000_000);
        if (csv != null) {
            WholeFile.write(csv, table.csv());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(switch (output.format) {
            case json -> JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(table.json()) + "\n";
            case table -> table.text();
            case markdown -> table.markdown();
        });
        out.flush();
        return table.fine() ? Exit.FINE : Exit.FINDING;
    }

    private Map<String, Circuit> read() {
        Map<String, Circuit> read = new TreeMap<>();
        try (Stream<Path> files = Files.list(circuits)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".qasm")).sorted().toList()) {
                read.put(file.getFileName().toString().replaceFirst("\\.qasm$", ""), Qasm.read(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of circuits " + circuits + " cannot be read: " + e, e);
        }
        if (read.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there are no .qasm files in " + circuits);
        }
        return read;
    }

    private List<Bench.Result> earlier() {
        List<Bench.Result> earlier = new ArrayList<>();
        if (store == null || !Files.exists(store)) {
            return earlier;
        }
        try {
            String text = Files.readString(store);
            if (!text.isEmpty() && !text.endsWith("\n")) {
                // An interruption cut the last line short: the next result must not be added to it.
                Files.writeString(store, "\n", StandardOpenOption.APPEND);
            }
            for (String line : text.lines().toList()) {
                try {
                    earlier.add(JsonMapper.shared().readValue(line, Bench.Result.class));
                } catch (JacksonException e) {
                    spec.commandLine().getErr()
                            .println("assay: a line of " + store + " is not a result and is left out");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the results in " + store + " cannot be read: " + e, e);
        }
        return earlier;
    }

    private void keep(Bench.Result result) {
        if (store == null) {
            return;
        }
        try {
            Files.writeString(store, JsonMapper.shared().writeValueAsString(result) + "\n", StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the result cannot be added to " + store + ": " + e, e);
        }
    }
}
