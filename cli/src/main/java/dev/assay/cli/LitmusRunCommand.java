package dev.assay.cli;

import dev.assay.litmus.LitmusRunner;
import dev.assay.litmus.ObservedTest;
import dev.assay.litmus.ObservedTestJson;
import dev.assay.report.LitmusReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs litmus tests on the processor. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Which outcomes does the processor show?",
        footer = {
            "", "Examples:", "  assay litmus run SB MP LB IRIW --for 5s",
            "  assay litmus run tests/MP.litmus --instances 100000000",
            "  assay litmus run SB --model sc",
            "Exits 1 when an outcome was seen that the model forbids; what was seen is then kept.",
            "Under an emulator (the sysroot holds a JDK for that processor):",
            "  assay litmus run MP --java \"qemu-aarch64-static -L ROOT ROOT/usr/lib/jvm/java-25-openjdk-arm64/bin/java\""})
final class LitmusRunCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "TEST",
            description = "Names of classic tests (SB, MP, LB, IRIW, ...), test files, or folders of them.")
    private List<String> tests;

    @Option(names = "--for", paramLabel = "TIME", defaultValue = "5s",
            description = "How long each test runs, for example 5s or 2m. Default: ${DEFAULT-VALUE}.")
    private String time;

    @Option(names = "--instances", paramLabel = "N",
            description = "Stop a test after so many instances, though --for is not over.")
    private Optional<Long> instances;

    @Option(names = "--model", paramLabel = "MODEL",
            description = "A .cat file, or one of sc, x86-tso, armv8. Default: the architecture's own.")
    private Optional<String> model;

    @Mixin
    private LitmusJvm jvm;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Of everything random. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private LitmusEvidence evidence;

    @Mixin
    private Output output;

    @Mixin
    private LitmusPage page;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        double seconds = Durations.seconds(time);
        long most = instances.orElse(Long.MAX_VALUE);
        List<ObservedTest> observed = new ArrayList<>();
        try (LitmusRunner runner = new LitmusRunner(
                new LitmusRunner.Settings(jvm.command(), seconds, most, seed, model))) {
            for (String test : LitmusNames.expanded(tests)) {
                String text = runner.text(test);
                progress(test, seconds);
                observed.add(runner.run(test, text));
                observed.getLast().refusal().ifPresent(reason -> err().println("assay: " + test + ": " + reason));
                if (output.format == Output.Format.table) {
                    table(observed.getLast());
                }
            }
        }
        print(observed);
        page.write("litmus-run.html", () -> LitmusReport.observed(observed, LitmusPage.explained(observed, model)),
                err());
        return evidence.exit(observed, i -> ObservedTestJson.of(List.of(observed.get(i))), err());
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private void progress(String test, double seconds) {
        if (!output.quiet) {
            err().println(String.format(Locale.ROOT, "%s runs for %.0f s at most", test, Math.ceil(seconds)));
            err().flush();
        }
    }

    private void print(List<ObservedTest> observed) {
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format) {
            case json -> out.println(ObservedTestJson.of(observed));
            case markdown -> {
                out.println("| test | instances | million/s | outcome | count | model |");
                out.println("|---|---:|---:|---|---:|---|");
                observed.forEach(test -> test.outcomes()
                        .forEach(outcome -> out.println("| " + test.name() + " | " + test.instances() + " | "
                                + rate(test) + " | " + outcome.state() + " | " + outcome.count() + " | "
                                + (outcome.allowed() ? "allowed" : "forbidden")
                                + (outcome.interesting() ? ", interesting" : "") + " |")));
            }
            case table -> {
            }
        }
        out.flush();
    }

    private static String rate(ObservedTest test) {
        return String.format(Locale.ROOT, "%.1f", test.seconds() > 0 ? test.instances() / test.seconds() / 1e6 : 0);
    }

    private void table(ObservedTest test) {
        PrintWriter out = spec.commandLine().getOut();
        if (test.refusal().isPresent()) {
            return;
        }
        out.println(test.name() + " (" + test.architecture() + ", model " + test.model() + "): " + test.condition());
        out.println(
                String.format(Locale.ROOT, "  %,d instances in %.1f s, %s million/s", test.instances(), test.seconds(),
                        rate(test)));
        for (ObservedTest.Outcome outcome : test.outcomes()) {
            out.println(String.format(Locale.ROOT, "  %s %,15d %8.4f %%  %-9s  %s", outcome.interesting() ? "*" : " ",
                    outcome.count(), 100.0 * outcome.count() / Math.max(1, test.instances()),
                    outcome.allowed() ? "allowed" : "FORBIDDEN", outcome.state()));
        }
        test.doubts().forEach(
                doubt -> out.println("  doubt " + doubt.kind() + ": " + doubt.says() + "; " + doubt.remedy()));
        out.println();
        out.flush();
    }
}
