package dev.assay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code assay quantum}: circuits onto hardware. */
@Command(name = "quantum", mixinStandardHelpOptions = true,
        description = "Quantum circuits onto hardware: mapped, routed, timed and verified.", subcommands = {
            QuantumMapCommand.class, QuantumVerifyCommand.class, QuantumBenchCommand.class,
            QuantumScheduleCommand.class,
            QuantumDrawCommand.class, QuantumGenerateCommand.class, QuantumDispatchCommand.class},
        footer = {"", "Example:",
            "  assay quantum map circuit.qasm --device device.json --seed 1 --time 10s -o mapped.qasm"})
final class QuantumCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Exit.USAGE;
    }
}
