package dev.assay.cli;

import dev.assay.litmus.JavaCorpus;
import dev.assay.litmus.JavaObservation;
import dev.assay.litmus.JavaObservation.Seen;
import dev.assay.litmus.JavaObservationJson;
import dev.assay.litmus.JavaObserver;
import dev.assay.litmus.LitmusException;
import dev.assay.litmus.ObservedTest;
import dev.assay.report.LitmusReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
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

/** Runs Java litmus tests in every mix of interpreter and compilers. */
@Command(name = "java", mixinStandardHelpOptions = true,
        description = "Which outcomes does Java code show, in the interpreter, C1 and C2, and which does Java's model allow?",
        footer = {
            "", "Examples:", "  assay litmus java SB MP CoRR", "  assay litmus java --corpus --for 2s --format json",
            "  assay litmus java my-test.litmus --for 30s -o page/", "  assay litmus java --list",
            "Exits 1 when an outcome was seen that the model forbids; what was seen is then kept."})
final class LitmusJavaCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "TEST",
            description = "Names of tests that come with Assay (--list), test files, or folders of them.")
    private List<String> tests = List.of();

    @Option(names = "--corpus", description = "All tests that come with Assay.")
    private boolean corpus;

    @Option(names = "--list", description = "Show the names of the tests that come with Assay, and end.")
    private boolean list;

    @Option(names = "--for", paramLabel = "TIME", defaultValue = "5s",
            description = "How long each test runs in all mixes together, without starting and compiling."
                    + " Default: ${DEFAULT-VALUE}.")
    private String time;

    @Option(names = "--quick",
            description = "Only four mixes: all actors interpreted, in C1, in C2, and in C2 with a random order.")
    private boolean quick;

    @Option(names = "--model", paramLabel = "MODEL",
            description = "A .cat file, or one of sc, java. Default: java.")
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
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            JavaCorpus.names().forEach(out::println);
            out.flush();
            return Exit.FINE;
        }
        JavaObserver observer = new JavaObserver(
                new JavaObserver.Settings(jvm.command(), Durations.seconds(time), quick, seed, model));
        List<JavaObservation> observed = new ArrayList<>();
        for (String test : named()) {
            observed.add(observer.run(test, JavaObserver.text(test), (done, all) -> progress(test, done, all)));
            observed.getLast().whole().refusal().ifPresent(r -> err().println("assay: " + test + ": " + r));
            if (output.format == Output.Format.table) {
                table(observed.getLast(), out);
            }
        }
        print(observed, out);
        List<ObservedTest> whole = observed.stream().map(JavaObservation::whole).toList();
        page.write("litmus-java.html", () -> LitmusReport.java(observed, LitmusPage.explained(whole, model)), err());
        return evidence.exit(whole, i -> JavaObservationJson.of(List.of(observed.get(i))), err());
    }

    private List<String> named() {
        if (corpus == !tests.isEmpty()) {
            throw new LitmusException("give either tests or --corpus, not " + (corpus ? "both" : "neither")
                    + "; --list shows the names");
        }
        return corpus ? JavaCorpus.names() : LitmusNames.expanded(tests);
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private void progress(String test, int done, int all) {
        if (!output.quiet && done == all) {
            err().println(test + " ran in " + all + " mixes of interpreter, C1 and C2");
            err().flush();
        }
    }

    private void print(List<JavaObservation> observed, PrintWriter out) {
        switch (output.format) {
            case json -> out.println(JavaObservationJson.of(observed));
            case markdown -> {
                out.println("| test | outcome | count | model | most in |");
                out.println("|---|---|---:|---|---|");
                observed.forEach(test -> test.whole().outcomes()
                        .forEach(o -> out.println("| " + test.whole().name() + " | " + o.state() + " | " + o.count()
                                + " | " + (o.allowed() ? "allowed" : "**forbidden**")
                                + (o.interesting() ? ", interesting" : "") + " | "
                                + most(test, o.state()).replace("|", "\\|") + " |")));
            }
            case table -> {
            }
        }
        out.flush();
    }

    private static void table(JavaObservation test, PrintWriter out) {
        ObservedTest whole = test.whole();
        if (whole.refusal().isPresent()) {
            return;
        }
        out.println(whole.name() + " (Java, model " + whole.model() + "): " + whole.condition());
        out.println(String.format(Locale.ROOT, "  %,d instances in %.1f s, %d mixes", whole.instances(),
                whole.seconds(), test.mixes().size()));
        for (ObservedTest.Outcome outcome : whole.outcomes()) {
            out.println(String.format(Locale.ROOT, "  %s %,15d %8.4f %%  %-9s  %s%s", outcome.interesting() ? "*" : " ",
                    outcome.count(), 100.0 * outcome.count() / Math.max(1, whole.instances()),
                    outcome.allowed() ? "allowed" : "FORBIDDEN", outcome.state(),
                    outcome.interesting() && outcome.count() > 0
                            ? "   most in " + most(test, outcome.state())
                            : ""));
        }
        whole.doubts().forEach(
                doubt -> out.println("  doubt " + doubt.kind() + ": " + doubt.says() + "; " + doubt.remedy()));
        out.println();
        out.flush();
    }

    /** The mix that showed most of an outcome. */
    private static String most(JavaObservation test, String state) {
        return test.mixes().stream().filter(mix -> mix.counts().getOrDefault(state, 0L) > 0)
                .max(Comparator.comparingDouble(mix -> share(mix, state)))
                .map(mix -> String.format(Locale.ROOT, "%s (%.4f %%)", mix.mix().words(), 100 * share(mix, state)))
                .orElse("-");
    }

    private static double share(Seen mix, String state) {
        return mix.counts().getOrDefault(state, 0L) / (double) Math.max(1, mix.instances());
    }
}
