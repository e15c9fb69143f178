package dev.assay.cli;

import dev.assay.decide.Checker;
import dev.assay.decide.Claim;
import dev.assay.decide.ClaimFile;
import dev.assay.decide.ClaimVerdict;
import dev.assay.experiments.Catalogue;
import dev.assay.lab.Archive;
import dev.assay.lab.Experiment;
import dev.assay.lab.LabException;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
import dev.assay.lab.Settings;
import dev.assay.machine.Machine;
import dev.assay.report.Occasion;
import dev.assay.report.VerdictsReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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

/** {@code assay check}: which claims does this machine bear out? */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = "Test claims on this machine: those of the claim book, or those in YAML files of yours.",
        footer = {"", "Examples:", "  assay check", "  assay check promises.yaml --budget 2m --format json",
            "  assay check --run latest", "",
            "Exit codes: 0 nothing is refuted; 1 something is; 2 a claim file is wrong; 3 nothing could be tested."})
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Claims in YAML. Default: the claim book.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--only", paramLabel = "PREFIX", description = "Only claims whose id begins so.")
    private String only = "";

    @Option(names = "--budget", paramLabel = "TIME", defaultValue = "4m", converter = Spans.class,
            description = "For all that must be run. Default: ${DEFAULT-VALUE}.")
    private Duration budget;

    @Mixin
    private Rigour rigour;

    @Option(names = "--run", paramLabel = "RUN", description = "Measure nothing; judge by this run.")
    private String named;

    @Option(names = "--list", description = "Measure nothing; list the claims.")
    private boolean list;

    @Override
    public Integer call() {
        List<Claim> claims = (files.isEmpty()
                ? ClaimFile.book()
                : files.stream().flatMap(file -> ClaimFile.read(file).stream()).toList()).stream()
                .filter(claim -> claim.id().startsWith(only)).toList();
        if (claims.isEmpty()) {
            throw new LabException.Usage("no claim's id begins with '" + only + "'; assay check --list shows all");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            out.println(VerdictsReport.book(claims));
            out.flush();
            return Exit.FINE;
        }
        Machine machine = Machine.read();
        List<ClaimVerdict> verdicts = verdicts(claims, machine);
        out.println(switch (output.format) {
            case json -> VerdictsReport.json(verdicts);
            case markdown -> VerdictsReport.markdown(verdicts);
            case table -> VerdictsReport.table(verdicts, Terminal.columns());
        });
        out.flush();
        return ClaimVerdict.exit(verdicts);
    }

    private List<ClaimVerdict> verdicts(List<Claim> claims, Machine machine) {
        try (Checker checker = new Checker(claims, Catalogue.all(), machine)) {
            return checker.verdicts(named == null
                    ? measured(checker, machine)
                    : Optional.of(Archive.load(RunStore.ofUser(System.getenv()).find(named))));
        }
    }

    private Optional<Run> measured(Checker checker, Machine machine) {
        List<Experiment> needed = checker.needed();
        if (needed.isEmpty()) {
            return Optional.empty();
        }
        Settings settings = new Settings(budget, rigour.confidence, rigour.threshold, rigour.seed(), false,
                false);
        Progress progress = new Progress(spec.commandLine().getErr(), output.quiet);
        try (Keeping keeping = new Keeping(RunStore.ofUser(System.getenv()), progress)) {
            Run run = Conduct.of(machine, needed, settings, keeping, progress, checker::answered);
            keeping.finish(run, new Occasion(Optional.of(machine.svg()), Optional.of(Typed.command(spec, rigour)),
                    Optional.empty()));
            return Optional.of(run);
        }
    }
}
