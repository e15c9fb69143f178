package dev.assay.cli;

import dev.assay.decide.DecideException;
import dev.assay.decide.Gate;
import dev.assay.decide.RunComparer;
import dev.assay.lab.Archive;
import dev.assay.lab.LabException;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
import dev.assay.report.DecisionReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay gate}: may this pass? */
@Command(name = "gate", mixinStandardHelpOptions = true,
        description = "Hold a candidate run against a baseline run, or groups of machines against each other.",
        footer = {"", "Examples:", "  assay gate baseline/run.json latest --limit memory=5%% --limit atomics.rmw=10%%",
            "  assay gate --group x86=runs/a --group arm=runs/b --gap 8.3%%",
            "  assay gate base head --annotate github", "",
            "For jars of two branches on one runner, assay ab --jmh is the sharper gate.",
            "Exit codes: 0 passes; 1 blocked; 2 wrong input."})
final class GateCommand implements Callable<Integer> {
    enum Annotate {
        none, github, gitlab
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "RUN", arity = "0..2", description = "Baseline and candidate.")
    private List<String> named = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "NAME=SHARE",
            description = "How much slower results whose name begins so may be; may be repeated.")
    private Map<String, String> limits = new LinkedHashMap<>();

    @Option(names = "--threshold", paramLabel = "SHARE", defaultValue = "0.01", converter = Shares.class,
            description = "The limit of all others. Default: ${DEFAULT-VALUE}.")
    private double threshold;

    @Option(names = "--confidence", paramLabel = "SHARE", defaultValue = "0.95", converter = Shares.class,
            description = "Of every interval. Default: ${DEFAULT-VALUE}.")
    private double confidence;

    @Option(names = "--group", paramLabel = "NAME=RUN", description = "A run of a group of machines; may be repeated.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--gap", paramLabel = "SHARE", defaultValue = "0.083", converter = Shares.class,
            description = "The largest gap between groups that passes. Default: ${DEFAULT-VALUE}.")
    private double gap;

    @Option(names = "--annotate", paramLabel = "SYSTEM", defaultValue = "none",
            description = "Also annotate for ${COMPLETION-CANDIDATES}: GitHub on standard output, GitLab in"
                    + " gl-code-quality-report.json. Default: ${DEFAULT-VALUE}.")
    private Annotate annotate;

    @Override
    public Integer call() {
        Gate gate = gate(RunStore.ofUser(System.getenv()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(output.format == Output.Format.json ? DecisionReport.json(gate) : DecisionReport.text(gate));
        switch (annotate) {
            case github -> out.println(DecisionReport.github(gate));
            case gitlab -> write(Path.of("gl-code-quality-report.json"), DecisionReport.gitlab(gate));
            case none -> {
            }
        }
        out.flush();
        return gate.passes() ? Exit.FINE : Exit.FINDING;
    }

    private Gate gate(RunStore store) {
        if (!groups.isEmpty()) {
            Map<String, List<Run>> runs = new LinkedHashMap<>();
            for (String group : groups) {
                String[] sides = group.split("=", 2);
                if (sides.length != 2 || sides[0].isBlank()) {
                    throw new LabException.Usage("a group is written NAME=RUN, not '" + group + "'");
                }
                runs.computeIfAbsent(sides[0], _ -> new ArrayList<>()).add(Archive.load(store.find(sides[1])));
            }
            return Gate.ofGroups(runs, gap);
        }
        if (named.size() != 2) {
            throw new LabException.Usage(
                    "a gate needs a baseline and a candidate, or groups; give two runs or --group");
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        limits.forEach((name, share) -> shares.put(name, new Shares().convert(share)));
        return Gate.of(RunComparer.of(Archive.load(store.find(named.getFirst())),
                Archive.load(store.find(named.getLast())), threshold, confidence), shares);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new DecideException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
