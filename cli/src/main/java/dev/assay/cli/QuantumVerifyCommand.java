package dev.assay.cli;

import dev.assay.quantum.Circuit;
import dev.assay.quantum.Device;
import dev.assay.quantum.Devices;
import dev.assay.quantum.MappedText;
import dev.assay.quantum.Qasm;
import dev.assay.quantum.Verification;
import dev.assay.quantum.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay quantum verify}. */
@Command(name = "verify", mixinStandardHelpOptions = true,
        description = "Checks that a mapped circuit keeps to the device and does what the original does. Exit code 1 when not.",
        footer = {
            "", "Example:", "  assay quantum verify circuit.qasm mapped.qasm --device device.json"})
final class QuantumVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(index = "0", paramLabel = "ORIGINAL", description = "The circuit before mapping.")
    private Path original;

    @Parameters(index = "1", paramLabel = "MAPPED", description = "The circuit after mapping.")
    private Path mapped;

    @Option(names = "--device", required = true, paramLabel = "DEVICE",
            description = "A coupling map (JSON file) or a shape.")
    private String device;

    @Option(names = "--layout", split = ",", paramLabel = "P",
            description = "The physical qubit of each logical one at the beginning. Default: what the mapped file's comment says, else 0,1,2,...")
    private List<Integer> layout;

    @Override
    public Integer call() {
        Circuit before = Qasm.read(original);
        Circuit after = Qasm.read(mapped);
        Device on = Devices.named(device);
        Verification verification = Verifier.verify(before, after, on, layout(before));
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format) {
            case json -> {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("schema", "assay.routing-check/1");
                json.put("verified", verification.holds());
                json.put("simulated", verification.simulated());
                json.put("swaps", verification.swaps());
                json.put("final_layout", verification.finalLayout());
                json.put("violations", verification.violations());
                out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json));
            }
            case table, markdown -> {
                out.println(verification.holds()
                        ? "verified: every gate on a coupling, every step in order"
                                + (verification.simulated() ? ", states equal" : "") + "; " + verification.swaps()
                                + " swaps"
                        : "not verified:");
                verification.violations().forEach(v -> out.println("- " + v));
            }
        }
        out.flush();
        return verification.holds() ? Exit.FINE : Exit.FINDING;
    }

    private int[] layout(Circuit before) {
        if (layout != null) {
            if (layout.stream().anyMatch(p -> p == null)) {
                throw new ParameterException(spec.commandLine(), "--layout takes one number per logical qubit");
            }
            return layout.stream().mapToInt(Integer::intValue).toArray();
        }
        try {
            return MappedText.initialLayout(Files.readString(mapped))
                    .orElseGet(() -> java.util.stream.IntStream.range(0, before.qubits()).toArray());
        } catch (IOException e) {
            throw new UncheckedIOException("the mapped circuit cannot be read: " + e.getMessage(), e);
        }
    }
}
