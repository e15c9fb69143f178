package dev.assay.cli;

import dev.assay.decide.Drift;
import dev.assay.decide.History;
import dev.assay.lab.Archive;
import dev.assay.lab.LabException;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
import dev.assay.report.DecisionReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay drift}: has a metric moved over time? */
@Command(name = "drift", mixinStandardHelpOptions = true,
        description = "How a metric moved over the archived runs: stability index, two-sample test, changes with their date.",
        footer = {"", "Examples:", "  assay drift memory.latency",
            "  assay drift atomics.rmw --variant 'CAS loop' --reference 20", "",
            "Exit codes: 0 no alarm; 1 it has drifted; 2 too few runs, or wrong input."})
final class DriftCommand implements Callable<Integer> {
    private static final long SEED = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "EXPERIMENT", description = "Whose history.")
    private String experiment;

    @Option(names = "--variant", paramLabel = "NAME", description = "Default: the baseline.")
    private String variant;

    @Option(names = "--machine", paramLabel = "NAME",
            description = "A part of the machine's name. Default: the machine of the latest run; runs of others are left out.")
    private String machine;

    @Option(names = "--reference", paramLabel = "RUNS",
            description = "How many of the first runs are the reference. Default: half.")
    private Integer reference;

    @Option(names = "--limit", paramLabel = "INDEX", defaultValue = "0.15",
            description = "Of the stability index. Default: ${DEFAULT-VALUE}.")
    private double limit;

    @Option(names = "--store", paramLabel = "URL",
            description = "Read a store (jdbc:postgresql://…, jdbc:sqlite:…) that assay reindex fills, not the run folders.")
    private String store;

    @Override
    public Integer call() {
        Drift drift = drift();
        PrintWriter out = spec.commandLine().getOut();
        out.println(output.format == Output.Format.json ? DecisionReport.json(drift) : DecisionReport.text(drift));
        out.flush();
        return drift.alarm() ? Exit.FINDING : Exit.FINE;
    }

    private Drift drift() {
        Drift.Query query = new Drift.Query(experiment, Optional.ofNullable(variant), Optional.ofNullable(machine),
                Optional.ofNullable(reference));
        if (store != null) {
            try (History history = History.open(store)) {
                return Drift.of(history, query, limit, SEED);
            }
        }
        RunStore archive = RunStore.ofUser(System.getenv());
        List<Run> runs = new ArrayList<>();
        for (String id : archive.ids()) {
            try {
                runs.add(Archive.load(archive.folder(id)));
            } catch (LabException.Usage e) {
                spec.commandLine().getErr().println("assay: left out: " + e.getMessage());
            }
        }
        return Drift.of(runs, query, limit, SEED);
    }
}
