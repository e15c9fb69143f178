package dev.assay.cli;

import dev.assay.quantum.Circuit;
import dev.assay.quantum.Device;
import dev.assay.quantum.Devices;
import dev.assay.quantum.Dispatcher;
import dev.assay.quantum.Qasm;
import dev.assay.quantum.Schedule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

/** {@code assay quantum dispatch}. */
@Command(name = "dispatch", mixinStandardHelpOptions = true,
        description = "Issues a mapped circuit's gates at their due times and measures how late they are. Exit code 1 when one is out of order.",
        footer = {
            "", "Example:",
            "  assay quantum dispatch mapped.qasm --device device.json --count 10000000 --rate 1000000"})
final class QuantumDispatchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "CIRCUIT", description = "A mapped circuit.")
    private Path circuit;

    @Option(names = "--device", required = true, paramLabel = "DEVICE",
            description = "A coupling map (JSON file) or a shape.")
    private String device;

    @Option(names = "--count", defaultValue = "1000000", description = "Gates to issue. Default: ${DEFAULT-VALUE}.")
    private long count;

    @Option(names = "--rate", defaultValue = "1000000", description = "Gates a second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--placement", split = ",", defaultValue = "default,pinned,real_time",
            description = "Where the issuing thread runs: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Dispatcher.Placement> placements;

    @Override
    public Integer call() {
        if (count < 1 || !(rate > 0) || Double.isInfinite(rate)) {
            throw new ParameterException(spec.commandLine(), "--count and --rate are above 0, not " + count + " and "
                    + rate);
        }
        Circuit read = Qasm.read(circuit);
        Device on = Devices.named(device);
        Dispatcher dispatcher = new Dispatcher(Schedule.asap(read, on), rate);
        List<Dispatcher.Report> reports = new ArrayList<>();
        for (Dispatcher.Placement placement : placements) {
            if (!output.quiet) {
                spec.commandLine().getErr().println(placement + ": about " + Math.round(count / rate) + " s");
            }
            reports.add(dispatcher.run(placement, count));
        }
        print(reports);
        if (reports.stream().anyMatch(r -> r.outOfOrder() > 0)) {
            return Exit.FINDING;
        }
        return reports.stream().allMatch(r -> r.problem() != null) ? Exit.UNTESTABLE : Exit.FINE;
    }

    private void print(List<Dispatcher.Report> reports) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            List<Map<String, Object>> all = new ArrayList<>();
            for (Dispatcher.Report report : reports) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("placement", report.placement().name().toLowerCase(Locale.ROOT));
                one.put("issued", report.issued());
                one.put("out_of_order", report.outOfOrder());
                if (report.problem() == null) {
                    one.put("lateness_ns", Map.of("p50", report.lateness().get(0), "p99", report.lateness().get(1),
                            "p99.9", report.lateness().get(2), "max", report.lateness().get(3)));
                } else {
                    one.put("problem", report.problem());
                }
                all.add(one);
            }
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of("schema", "assay.dispatch/1", "placements", all)));
            out.flush();
            return;
        }
        out.println("| placement | issued | out of order | p50 late (ns) | p99 | p99.9 | max |");
        out.println("|---|---|---|---|---|---|---|");
        for (Dispatcher.Report r : reports) {
            out.println(r.problem() != null
                    ? "| " + r.placement() + " | not tried: " + r.problem() + " | | | | | |"
                    : "| " + r.placement() + " | " + r.issued() + " | " + r.outOfOrder() + " | " + r.lateness().get(0)
                            + " | " + r.lateness().get(1) + " | " + r.lateness().get(2) + " | " + r.lateness().get(3)
                            + " |");
        }
        out.flush();
    }
}
