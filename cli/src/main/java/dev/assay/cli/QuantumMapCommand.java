package dev.assay.cli;

import dev.assay.quantum.Devices;
import dev.assay.quantum.MappedText;
import dev.assay.quantum.Mapper;
import dev.assay.quantum.Mapping;
import dev.assay.quantum.MappingOptions;
import dev.assay.quantum.Qasm;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay quantum map}. */
@Command(name = "map", mixinStandardHelpOptions = true,
        description = "Puts a circuit onto a device: lays out, routes, verifies.", footer = {
            "", "Example:", "  assay quantum map circuit.qasm --device grid:4x5 --seed 1 --time 10s -o mapped.qasm"})
final class QuantumMapCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "CIRCUIT", description = "An OpenQASM 2.0 or 3 file.")
    private Path circuit;

    @Option(names = "--device", required = true, paramLabel = "DEVICE",
            description = "A coupling map (JSON file) or a shape: line:5, ring:8, grid:4x5, full:6, heavy-hex:7, sycamore:9x6.")
    private String device;

    @Option(names = "--seed", defaultValue = "1",
            description = "Same seed, same result, for any number of threads. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--time", defaultValue = "10s", paramLabel = "TIME", converter = ShortDuration.class,
            description = "How much of one core's time the search may take. Default: ${DEFAULT-VALUE}.")
    private Duration time;

    @Option(names = "--threads", defaultValue = "0", description = "Threads that search. Default: all processors.")
    private int threads;

    @Option(names = "--objective", defaultValue = "swaps",
            description = {
                "What to make best: ${COMPLETION-CANDIDATES}. All but swaps take half of the time for a search of their",
                "own. Default: ${DEFAULT-VALUE}."})
    private MappingOptions.Objective objective;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Where the mapped circuit goes.")
    private Path file;

    @Override
    public Integer call() {
        if (file != null) {
            WholeFile.check(file, circuit);
        }
        int workers = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        MappingOptions options = new MappingOptions(seed, time, workers, objective);
        Mapping mapping = Mapper.map(Qasm.read(circuit), Devices.named(device), options);
        if (file != null) {
            WholeFile.write(file, MappedText.of(mapping));
        }
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format) {
            case json -> out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter()
                    .writeValueAsString(json(mapping)));
            case table -> rows(mapping).forEach((name, value) -> out.printf(Locale.ROOT, "%-16s %s%n", name, value));
            case markdown -> {
                out.println("| what | value |");
                out.println("|---|---|");
                rows(mapping).forEach((name, value) -> out.println("| " + name + " | " + value + " |"));
            }
        }
        out.flush();
        return Exit.FINE;
    }

    private Map<String, Object> json(Mapping mapping) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", "assay.routing/1");
        json.put("swaps", mapping.swaps());
        json.put("depth", mapping.depth());
        json.put("duration", mapping.durationNanos());
        json.put("millis", mapping.millis());
        json.put("initial_layout", mapping.initialLayout());
        json.put("final_layout", mapping.finalLayout());
        json.put("verified", mapping.verification().holds());
        json.put("simulated", mapping.verification().simulated());
        json.put("minimal", mapping.provenMinimal());
        json.put("success", mapping.success());
        json.put("seed", seed);
        json.put("doubts", mapping.doubts());
        return json;
    }

    private Map<String, String> rows(Mapping mapping) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("swaps", mapping.swaps() + (mapping.provenMinimal() ? " (fewer are impossible)" : ""));
        rows.put("depth", Integer.toString(mapping.depth()));
        rows.put("duration", String.format(Locale.ROOT, "%.0f ns", mapping.durationNanos()));
        rows.put("initial layout", Arrays.toString(mapping.initialLayout()));
        rows.put("final layout", Arrays.toString(mapping.finalLayout()));
        rows.put("verified", mapping.verification().simulated() ? "yes, and simulated" : "yes");
        rows.put("time", mapping.millis() + " ms");
        for (String doubt : mapping.doubts()) {
            rows.put("doubt", doubt);
        }
        return rows;
    }
}
