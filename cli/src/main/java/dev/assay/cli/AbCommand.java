package dev.assay.cli;

import dev.assay.decide.CommandPairs;
import dev.assay.decide.CommandSettings;
import dev.assay.decide.Comparison;
import dev.assay.decide.DecideException;
import dev.assay.decide.Measure;
import dev.assay.lab.FileTrouble;
import dev.assay.lab.LabException;
import dev.assay.lab.Metric;
import dev.assay.lab.Settings;
import dev.assay.report.ComparisonJUnit;
import dev.assay.report.ComparisonJson;
import dev.assay.report.ComparisonMarkdown;
import dev.assay.report.ComparisonTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay ab}: is B slower than A, really? */
@Command(name = "ab", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Compare two programs of yours: two commands, two JMH jars, or one command under two JVMs.",
        footer = {"", "Examples:", "  assay ab --a 'sort -n big.txt' --b 'sort -n --parallel=2 big.txt'",
            "  assay ab --a './old' --b './new' --metric memory --budget 30s --format json",
            "  assay ab --jmh base.jar head.jar 'Parser.*' --budget 5m --format markdown --junit ab.xml",
            "  assay ab --options-a=-XX:+UseSerialGC --options-b=-XX:+UseParallelGC -- -jar app.jar",
            "  assay ab --jvm-b arm/jdk --emulator-b qemu-aarch64-static --sysroot-b arm -- -jar app.jar", "",
            "Exit codes: 0 B is faster, equivalent or it cannot be told; 1 B is slower by more than the threshold; 2 a"
                    + " subject cannot be run, or wrong usage; 3 the budget reached nothing."})
final class AbCommand implements Callable<Integer> {
    enum FailOn {
        slower, inconclusive
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--a", paramLabel = "CMD", description = "The command that is there now.")
    private String a;

    @Option(names = "--b", paramLabel = "CMD", description = "The command that is to replace it.")
    private String b;

    @Option(names = "--jmh", arity = "1..2", paramLabel = "JAR",
            description = "Two JMH jars, old and new (one with --jvm or --options); then PATTERN chooses benchmarks as JMH does.")
    private List<Path> jars;

    @Mixin
    private JvmSides jvms;

    @Parameters(paramLabel = "WORD", arity = "0..*",
            description = "With --jmh: a pattern. With --jvm or --options: what java is to run.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private Times times;

    @Mixin
    private Rigour rigour;

    @Option(names = "--fail-on", paramLabel = "VERDICT", defaultValue = "slower",
            description = "Exit with 1 on: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private FailOn failOn;

    @ArgGroup(exclusive = false, heading = "%nOf commands:%n")
    private Commands commands = new Commands();

    /** How commands are run. */
    static final class Commands {
        @Option(names = "--metric", paramLabel = "METRIC", defaultValue = "wall",
                description = "What is compared: wall, cpu, user, system or memory. Default: ${DEFAULT-VALUE}.")
        private String metric = "wall";

        @Option(names = "--metric-pattern", paramLabel = "REGEX",
                description = "Compare a number that the command prints; the group is the number.")
        private String pattern;

        @Option(names = "--unit", paramLabel = "UNIT", defaultValue = "", description = "Of that number, such as ms.")
        private String unit = "";

        @Option(names = "--better", paramLabel = "WAY", defaultValue = "lower",
                description = "Which way that number is good: lower or higher. Default: ${DEFAULT-VALUE}.")
        private Metric.Better better = Metric.Better.LOWER;

        @Option(names = "--setup", paramLabel = "CMD", description = "Run before every trial, not timed.")
        private String setup;

        @Option(names = "--teardown", paramLabel = "CMD", description = "Run after every trial, not timed.")
        private String teardown;

        @Option(names = "--input", paramLabel = "FILE", description = "What the commands read. Default: nothing.")
        private Path input;

        @Option(names = "--env", paramLabel = "NAME=VALUE", description = "Added to the environment; may be repeated.")
        private Map<String, String> environment = new LinkedHashMap<>();

        @Option(names = "--cwd", paramLabel = "DIR", description = "Where the commands run. Default: here.")
        private Path directory = Path.of("");

        @Option(names = "--warmup", paramLabel = "RUNS", defaultValue = "1",
                description = "Runs of each that are thrown away first. Default: ${DEFAULT-VALUE}.")
        private int warmups = 1;

        @Option(names = "--expect-exit", paramLabel = "CODE", defaultValue = "0",
                description = "The exit code that means success. Default: ${DEFAULT-VALUE}.")
        private int expectedExit;

        @Option(names = "--same-output", description = "Both must print the same, every time.")
        private boolean sameOutput;

        @Option(names = "--timeout", paramLabel = "TIME", converter = Spans.class,
                description = "A trial that takes longer hangs. Default: half of the budget.")
        private Duration timeout;
    }

    @Option(names = "--aa", description = "Control: compare A with itself. Whatever differs is a false alarm.")
    private boolean control;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write JUnit XML there.")
    private Path junit;

    @Option(names = "-o", paramLabel = "DIR",
            description = "Also write run.json, comparison.json and report.html there.")
    private Path directory;

    @Override
    public Integer call() {
        if (junit != null) {
            write(junit, ""); // before minutes are spent on measuring
        }
        try (Question question = question()) {
            Question asked = control ? question.control() : question;
            Settings settings = new Settings(times.budget(asked.pairs().size()), rigour.confidence, rigour.threshold,
                    rigour.seed(), false, false);
            boolean strict = failOn == FailOn.inconclusive;
            Contest contest = Contest.of(asked, settings, Typed.command(spec, rigour), strict,
                    Optional.ofNullable(directory), new Progress(spec.commandLine().getErr(), output.quiet));
            print(contest, strict);
            if (junit != null) {
                write(junit, ComparisonJUnit.of(contest.comparison(), strict));
            }
            return contest.lost() ? Exit.FAILED : contest.comparison().exit(strict);
        }
    }

    /** What is asked, from whichever of the three forms was used. */
    private Question question() {
        boolean byCommands = a != null || b != null;
        boolean byJvms = jvms.given();
        if (jars != null && byCommands) {
            throw new LabException.Usage("compare either two commands (--a, --b) or two jars (--jmh), not both");
        }
        Question.Side one = jvms.a();
        Question.Side other = jvms.b();
        if (jars != null) {
            return Question.ofJars(jars, words, one, other, times.trial, control);
        }
        if (byCommands && byJvms) {
            throw new LabException.Usage("--jvm-… and --options-… are for one java command given after --; with --a and"
                    + " --b, write the JVM and its options into the commands");
        }
        if (byCommands) {
            return ofCommands();
        }
        if (byJvms) {
            return Question.ofJvms(CommandPairs.ofJvms(one.start(), other.start(), words, settings()), one, other);
        }
        throw new LabException.Usage(
                "nothing to compare; give --a 'CMD' --b 'CMD', --jmh old.jar new.jar, or --options-a"
                        + " and --options-b with what java is to run after --");
    }

    private Question ofCommands() {
        if (a == null || b == null) {
            throw new LabException.Usage("a comparison needs both commands; " + (a == null ? "--a" : "--b")
                    + " is missing");
        }
        if (!words.isEmpty()) {
            throw new LabException.Usage("'" + words.getFirst()
                    + "' stands alone; quote each command whole: --a 'CMD' --b 'CMD'");
        }
        return Question.of(CommandPairs.of(a, b, settings()), a, b);
    }

    private CommandSettings settings() {
        Measure measure = commands.pattern == null
                ? Measure.named(commands.metric)
                : Measure.printed(commands.pattern, commands.unit, commands.better);
        Duration limit = commands.timeout != null ? commands.timeout : times.budget(1).dividedBy(2);
        return new CommandSettings(measure, commands.directory.toAbsolutePath().normalize(),
                Optional.ofNullable(commands.input).map(Path::toAbsolutePath), commands.environment,
                Optional.ofNullable(commands.setup), Optional.ofNullable(commands.teardown), commands.warmups,
                commands.expectedExit, commands.sameOutput, limit);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new DecideException(file + " cannot be written: " + FileTrouble.of(e) + "; name another file", e);
        }
    }

    private void print(Contest contest, boolean strict) {
        PrintWriter out = spec.commandLine().getOut();
        Comparison comparison = contest.comparison();
        out.println(switch (output.format) {
            case table -> ComparisonTable.of(comparison, Terminal.columns(), Terminal.colour());
            case json -> ComparisonJson.of(comparison, strict);
            case markdown -> ComparisonMarkdown.of(comparison);
        });
        if (output.format == Output.Format.table) {
            contest.kept().ifPresent(folder -> out.println("Evidence: " + folder.resolve(Deposit.REPORT)));
        }
        out.flush();
    }
}
