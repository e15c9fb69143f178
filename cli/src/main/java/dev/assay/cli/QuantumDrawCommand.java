package dev.assay.cli;

import dev.assay.quantum.Circuit;
import dev.assay.quantum.Device;
import dev.assay.quantum.Devices;
import dev.assay.quantum.Pictures;
import dev.assay.quantum.Qasm;
import dev.assay.quantum.Schedule;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay quantum draw}. */
@Command(name = "draw", mixinStandardHelpOptions = true,
        description = "Draws a circuit, the swaps on a device, or a schedule: SVG into a file, else text.", footer = {
            "", "Example:", "  assay quantum draw mapped.qasm --what device --device device.json -o heat.svg"})
final class QuantumDrawCommand implements Callable<Integer> {
    enum Subject {
        circuit, device, schedule
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CIRCUIT", description = "A circuit; for device and schedule, a mapped one.")
    private Path circuit;

    @Option(names = "--what", defaultValue = "circuit",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Subject what;

    @Option(names = "--device", paramLabel = "DEVICE", description = "A coupling map (JSON file) or a shape.")
    private String device;

    @Option(names = {"-o",
        "--output"}, paramLabel = "FILE", description = "An SVG file. Default: text to the terminal.")
    private Path file;

    @Override
    public Integer call() {
        if (file != null) {
            WholeFile.check(file, circuit);
        }
        Circuit read = Qasm.read(circuit);
        if (what != Subject.circuit && device == null) {
            throw new ParameterException(spec.commandLine(), "--what " + what + " needs --device");
        }
        Device on = device == null ? null : Devices.named(device);
        boolean svg = file != null;
        String picture = switch (what) {
            case circuit -> svg ? Pictures.circuitSvg(read) : Pictures.circuitText(read);
            case device -> svg ? Pictures.deviceSvg(on, read) : Pictures.deviceText(on, read);
            case schedule -> svg
                    ? Pictures.scheduleSvg(Schedule.asap(read, on))
                    : Pictures.scheduleText(Schedule.asap(read, on));
        };
        WholeFile.writeOrPrint(file, picture, spec.commandLine().getOut());
        return Exit.FINE;
    }
}
