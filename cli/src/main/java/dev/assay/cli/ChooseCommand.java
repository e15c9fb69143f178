package dev.assay.cli;

import dev.assay.decide.Choice;
import dev.assay.decide.ProfileFile;
import dev.assay.lab.RunStore;
import dev.assay.report.DecisionReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay choose}: which machine for this workload? */
@Command(name = "choose", mixinStandardHelpOptions = true,
        description = "Rank machines for a workload: hard requirements, measured criteria with weights, price.",
        footer = {"", "A profile:", "  machines:", "    - { name: small, run: 20260101-120000-ab12, price: 0.08 }",
            "    - { name: large, run: results/large, price: 0.31 }",
            "  requirements: { architecture: aarch64, processors: 4 }", "  criteria:",
            "    - { experiment: memory.latency, weight: 3 }",
            "    - { experiment: memory.bandwidth, variant: bulk copy, weight: 1 }", "  price: { weight: 2 }", "",
            "Example:",
            "  assay choose profile.yaml --format markdown"})
final class ChooseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "PROFILE", description = "In YAML.")
    private Path file;

    @Override
    public Integer call() {
        ProfileFile profile = ProfileFile.read(file, RunStore.ofUser(System.getenv()));
        Choice choice = Choice.of(profile.profile(), profile.candidates());
        PrintWriter out = spec.commandLine().getOut();
        out.println(switch (output.format) {
            case json -> DecisionReport.json(choice);
            case markdown -> DecisionReport.text(choice, true);
            case table -> DecisionReport.text(choice, false);
        });
        out.flush();
        return Exit.FINE;
    }
}
