package dev.assay.cli;

import dev.assay.experiments.Catalogue;
import dev.assay.lab.Experiment;
import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
import dev.assay.lab.Settings;
import dev.assay.machine.Machine;
import dev.assay.report.Occasion;
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

/** {@code assay run}: the main job. */
@Command(name = "run", mixinStandardHelpOptions = true,
        description = "Run experiments on this machine and report what they show.", footer = {
            "", "Examples:", "  assay run                            all experiments, about 4 minutes",
            "  assay run --budget 60s memory.latency atomics.rmw -o out",
            "  assay run 'memory.*' --format json > memory.json", "",
            "Exit codes: 0 measured; 2 wrong input; 3 nothing can be tested here; 4 an experiment failed."})
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "EXPERIMENT", arity = "0..*",
            description = "Ids, groups or globs, such as memory.latency, memory or 'atomics.*'. Default: all.")
    private List<String> named = new ArrayList<>();

    @Option(names = "--budget", paramLabel = "TIME", defaultValue = "4m", converter = Spans.class,
            description = "Time for all of them together, such as 60s or 10m. Default: ${DEFAULT-VALUE}.")
    private Duration budget;

    @Mixin
    private Rigour rigour;

    @Option(names = "--duet", description = "Run the variants of a block at the same time, on processors of their own.")
    private boolean duet;

    @Option(names = "--aa", description = "Control: compare every variant with itself. Differences are false alarms.")
    private boolean control;

    @Option(names = "--jdk", paramLabel = "HOME", description = "Run trials on this JDK (25 or later).")
    private Path jdk;

    @Option(names = "--emulator", paramLabel = "PROGRAM",
            description = "Run trials under this emulator, such as /usr/bin/qemu-aarch64-static; needs --sysroot, --jdk.")
    private Path emulator;

    @Option(names = "--sysroot", paramLabel = "DIR", description = "Where the emulated JDK's libraries lie.")
    private Path sysroot;

    @Option(names = "-o", paramLabel = "DIR", description = "Also write run.json and report.html there.")
    private Path directory;

    @Override
    public Integer call() {
        List<Experiment> experiments = Selection.of(named, Catalogue.all());
        Settings settings = new Settings(budget, rigour.confidence, rigour.threshold, rigour.seed(), duet, control,
                ChosenPlatform.of(jdk, emulator, sysroot, "--emulator, --sysroot and --jdk"));
        if (directory != null) {
            Deposit.check(directory);
        }
        Progress progress = new Progress(spec.commandLine().getErr(), output.quiet);
        RunStore store = RunStore.ofUser(System.getenv());
        Machine machine = Machine.read();
        try (Keeping keeping = new Keeping(store, progress)) {
            Run run = Conduct.of(machine, experiments, settings, keeping, progress);
            Occasion occasion = new Occasion(Optional.of(machine.svg()), Optional.empty(), Optional.empty());
            keeping.finish(run, occasion);
            if (directory != null) {
                Deposit.write(run, directory, occasion);
            }
            print(run, keeping);
            return keeping.failed() ? Exit.FAILED : exitCode(run);
        }
    }

    private void print(Run run, Keeping keeping) {
        Answer.print(run, output, spec.commandLine().getOut());
        if (output.format == Output.Format.table) {
            keeping.where().ifPresent(folder -> spec.commandLine().getOut()
                    .println("Report: " + folder.resolve(Deposit.REPORT) + "  (assay open " + run.id() + ")"));
        }
        spec.commandLine().getOut().flush();
    }

    static int exitCode(Run run) {
        if (run.findings().stream().anyMatch(f -> f.status() == Finding.Status.FAILED)) {
            return Exit.FAILED;
        }
        boolean any = run.findings().stream().anyMatch(f -> f.status() == Finding.Status.MEASURED);
        return any ? Exit.FINE : Exit.UNTESTABLE;
    }
}
