package dev.assay.cli;

import dev.assay.quantum.Circuit;
import dev.assay.quantum.Device;
import dev.assay.quantum.Devices;
import dev.assay.quantum.KnownOptimum;
import dev.assay.quantum.Qasm;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay quantum generate}. */
@Command(name = "generate", mixinStandardHelpOptions = true,
        description = "Makes a circuit whose least number of swaps on a device is known and proven.", footer = {
            "", "Example:",
            "  assay quantum generate --device tokyo-20.json --swaps 10 --gates 300 --seed 1 -o known.qasm"})
final class QuantumGenerateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--device", required = true, paramLabel = "DEVICE",
            description = "A coupling map (JSON file) or a shape.")
    private String device;

    @Option(names = "--swaps", required = true, description = "How many swaps the circuit needs, no more and no fewer.")
    private int swaps;

    @Option(names = "--gates", defaultValue = "0", description = "How many two-qubit gates it has at least.")
    private int gates;

    @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = {"-o",
        "--output"}, paramLabel = "FILE", description = "Where the circuit goes. Default: the terminal.")
    private Path file;

    @Override
    public Integer call() {
        Device on = Devices.named(device);
        Circuit circuit = KnownOptimum.circuit(on, swaps, gates, seed);
        String text = "// needs exactly " + swaps + " swaps on " + on.name() + "\n" + Qasm.write2(circuit);
        WholeFile.writeOrPrint(file, text, spec.commandLine().getOut());
        return Exit.FINE;
    }
}
