package dev.assay.cli;

import dev.assay.decide.Comparison;
import dev.assay.decide.DecideException;
import dev.assay.decide.Gate;
import dev.assay.decide.RunComparer;
import dev.assay.lab.Archive;
import dev.assay.lab.FileTrouble;
import dev.assay.lab.LabException;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
import dev.assay.lab.Settings;
import dev.assay.report.DecisionReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code assay gate}: may this pass? */
@Command(name = "gate", mixinStandardHelpOptions = true,
        description = "Hold a candidate against a baseline: two archived runs, two JMH jars that are measured here, or groups of"
                + " machines against each other.",
        footer = {"", "Examples:", "  assay gate baseline/run.json latest --limit memory=5%% --limit atomics.rmw=10%%",
            "  assay gate --group x86=runs/a --group arm=runs/b --gap 8.3%%",
            "  assay gate base head --annotate github",
            "  assay gate --jmh base.jar head.jar 'Parser.*' --limit sample.Parser=5%% --budget 5m --annotate github",
            "",
            "Exit codes: 0 passes; 1 blocked; 2 wrong input, or a benchmark cannot be run; 3 nothing could be measured;",
            "4 the run could not be archived."})
final class GateCommand implements Callable<Integer> {
    enum Annotate {
        none, github, gitlab, azure, teamcity
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "RUN", arity = "0..2",
            description = "Baseline and candidate. With --jmh: the candidate's jar and a pattern.")
    private List<String> named = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "NAME=SHARE",
            description = "How much slower (or larger) results may be whose name or metric begins so, such as 'peak memory';"
                    + " others have --threshold. May be repeated.")
    private Map<String, String> limits = new LinkedHashMap<>();

    @Option(names = "--jmh", paramLabel = "JAR",
            description = "A JMH jar of the baseline; the candidate's follows, and a pattern: measured here, fork by fork.")
    private Path jar;

    @Mixin
    private Times times;

    @Option(names = "-o", paramLabel = "DIR",
            description = "With --jmh: also write run.json, comparison.json and report.html there.")
    private Path directory;

    @Mixin
    private Rigour rigour;

    @Option(names = "--group", paramLabel = "NAME=RUN", description = "A run of a group of machines; may be repeated.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--gap", paramLabel = "SHARE", defaultValue = "0.083", converter = Shares.class,
            description = "The largest gap between groups that passes. Default: ${DEFAULT-VALUE}.")
    private double gap;

    @Option(names = "--annotate", paramLabel = "SYSTEM", defaultValue = "none",
            description = "Also annotate for ${COMPLETION-CANDIDATES}: GitLab in gl-code-quality-report.json, the others on standard output."
                    + " Default: ${DEFAULT-VALUE}.")
    private Annotate annotate;

    @Override
    public Integer call() {
        if (jar != null) {
            return ofJars();
        }
        Gate gate = gate(RunStore.ofUser(System.getenv()));
        print(gate, exit(gate));
        return exit(gate);
    }

    private static int exit(Gate gate) {
        return gate.passes() ? Exit.FINE : Exit.FINDING;
    }

    private int ofJars() {
        if (!groups.isEmpty()) {
            throw new LabException.Usage("a gate holds either jars (--jmh) or groups of runs (--group), not both");
        }
        try (Question question = Question.ofJars(List.of(jar), named, Question.Side.USUAL, Question.Side.USUAL,
                times.trial,
                false)) {
            Settings settings = new Settings(times.budget(question.pairs().size()), rigour.confidence, rigour.threshold,
                    rigour.seed(), false, false);
            Contest contest = Contest.of(question, settings, Typed.command(spec, rigour), false,
                    Optional.ofNullable(directory), new Progress(spec.commandLine().getErr(), output.quiet));
            Comparison comparison = contest.comparison();
            Gate gate = Gate.of(comparison, shares());
            comparison.failures().forEach(
                    f -> spec.commandLine().getErr().println("assay: cannot be run: " + f.name() + ": " + f.reason()));
            int measured = comparison.exit(false);
            int exit = measured == Exit.USAGE || measured == Exit.UNTESTABLE ? measured : exit(gate);
            print(gate, exit);
            return contest.lost() ? Exit.FAILED : exit;
        }
    }

    private void print(Gate gate, int exit) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(output.format == Output.Format.json ? DecisionReport.json(gate, exit) : DecisionReport.text(gate));
        switch (annotate) {
            case github -> out.println(DecisionReport.github(gate));
            case gitlab -> write(Path.of("gl-code-quality-report.json"), DecisionReport.gitlab(gate));
            case azure -> out.println(DecisionReport.azure(gate));
            case teamcity -> out.println(DecisionReport.teamcity(gate));
            case none -> {
            }
        }
        out.flush();
    }

    private Map<String, Double> shares() {
        Map<String, Double> shares = new LinkedHashMap<>();
        limits.forEach((name, share) -> {
            try {
                shares.put(name, new Shares().convert(share));
            } catch (TypeConversionException e) {
                throw new LabException.Usage("--limit " + name + ": " + e.getMessage());
            }
        });
        return shares;
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
                    "a gate needs a baseline and a candidate, groups or jars; give two runs, --group or --jmh");
        }
        return Gate.of(RunComparer.of(Archive.load(store.find(named.getFirst())),
                Archive.load(store.find(named.getLast())), rigour.threshold, rigour.confidence), shares());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new DecideException(file + " cannot be written: " + FileTrouble.of(e), e);
        }
    }
}
