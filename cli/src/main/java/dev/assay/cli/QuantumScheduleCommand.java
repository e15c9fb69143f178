package dev.assay.cli;

import dev.assay.quantum.Circuit;
import dev.assay.quantum.Device;
import dev.assay.quantum.Devices;
import dev.assay.quantum.Pictures;
import dev.assay.quantum.Qasm;
import dev.assay.quantum.Schedule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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

/** {@code assay quantum schedule}. */
@Command(name = "schedule", mixinStandardHelpOptions = true,
        description = "When each step of a mapped circuit begins; lists idle times for dynamical decoupling.",
        footer = {
            "", "Example:", "  assay quantum schedule mapped.qasm --device device.json --policy alap -o timed.qasm"})
final class QuantumScheduleCommand implements Callable<Integer> {
    enum Policy {
        asap, alap
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "CIRCUIT", description = "A mapped circuit.")
    private Path circuit;

    @Option(names = "--device", required = true, paramLabel = "DEVICE",
            description = "A coupling map (JSON file) or a shape; its durations_ns and alignment_ns count.")
    private String device;

    @Option(names = "--policy", defaultValue = "asap",
            description = "As soon or as late as possible: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Policy policy;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "The circuit with delays, as OpenQASM 3.")
    private Path file;

    @Override
    public Integer call() {
        if (file != null) {
            WholeFile.check(file, circuit);
        }
        Circuit read = Qasm.read(circuit);
        Device on = Devices.named(device);
        Schedule schedule = policy == Policy.asap ? Schedule.asap(read, on) : Schedule.alap(read, on);
        if (file != null) {
            WholeFile.write(file, Qasm.write3(schedule.withDelays()));
        }
        PrintWriter out = spec.commandLine().getOut();
        List<Schedule.Idle> idle = schedule.idle();
        switch (output.format) {
            case json -> {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("schema", "assay.schedule/1");
                json.put("policy", policy.name());
                json.put("makespan_ns", schedule.makespanNanos());
                json.put("start_ns", schedule.startNanos());
                json.put("end_ns", schedule.endNanos());
                json.put("idle", idle.stream().map(i -> Map.of("qubit", i.qubit(), "from_ns", i.fromNanos(), "to_ns",
                        i.toNanos())).toList());
                out.println(JsonMapper.shared().writeValueAsString(json));
            }
            case table -> {
                out.print(Pictures.scheduleText(schedule));
                out.printf(Locale.ROOT, "makespan %.0f ns; %d idle times, %.0f ns together%n", schedule.makespanNanos(),
                        idle.size(), idle.stream().mapToDouble(Schedule.Idle::nanos).sum());
            }
            case markdown -> {
                out.println("| qubit | idle from (ns) | to (ns) |\n|---|---|---|");
                idle.forEach(i -> out.printf(Locale.ROOT, "| %d | %.0f | %.0f |%n", i.qubit(), i.fromNanos(),
                        i.toNanos()));
            }
        }
        out.flush();
        return Exit.FINE;
    }
}
