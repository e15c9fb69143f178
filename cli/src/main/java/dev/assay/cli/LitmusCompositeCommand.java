package dev.assay.cli;

import dev.assay.litmus.Composite;
import dev.assay.litmus.Composite.Candidate;
import dev.assay.litmus.CompositeJson;
import dev.assay.litmus.JavaComposite;
import dev.assay.litmus.LitmusRunner;
import dev.assay.report.LitmusReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Two locations that must change together. */
@Command(name = "composite", mixinStandardHelpOptions = true,
        description = "A map entry and its version number: which designs give a reader a torn pair?", footer = {
            "", "Examples:", "  assay litmus composite", "  assay litmus composite --for 5s --format json",
            "  assay litmus composite -o page/"})
final class LitmusCompositeCommand implements Callable<Integer> {
    @Option(names = "--for", paramLabel = "TIME", defaultValue = "1s",
            description = "How long each design runs. Default: ${DEFAULT-VALUE}.")
    private String time;

    @Mixin
    private LitmusJvm jvm;

    @Mixin
    private Output output;

    @Mixin
    private LitmusPage page;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        double seconds = Durations.seconds(time);
        PrintWriter err = spec.commandLine().getErr();
        List<JavaComposite.Candidate> inJava = JavaComposite.observe(jvm.command(), seconds, name -> {
            if (!output.quiet) {
                err.println("Java, " + name + ": runs for " + time);
                err.flush();
            }
        });
        List<Candidate> candidates;
        try (LitmusRunner runner = new LitmusRunner(
                new LitmusRunner.Settings(jvm.command(), seconds, Long.MAX_VALUE, 1, Optional.empty()))) {
            candidates = Composite.observe(runner);
        }
        page.write("litmus-composite.html", () -> LitmusReport.composite(inJava, candidates), err);
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format) {
            case json -> out.println(CompositeJson.of(inJava, candidates));
            case markdown -> {
                java(inJava, out);
                out.println();
                machine(candidates, out);
            }
            case table -> {
                java(inJava, out);
                inJava.forEach(c -> c.drawing().ifPresent(drawing -> {
                    out.println();
                    out.println("How the first pair was torn under \"" + c.name() + "\":");
                    out.print(drawing);
                }));
                out.println();
                machine(candidates, out);
                candidates.stream().filter(c -> c.tornAllowed() && c.drawing().isPresent()).findFirst().ifPresent(c -> {
                    out.println();
                    out.println("How the pair is torn (" + c.name() + "):");
                    out.println(c.drawing().get());
                });
            }
        }
        out.flush();
        return Exit.FINE;
    }

    private static void java(List<JavaComposite.Candidate> candidates, PrintWriter out) {
        out.println("| design in Java | torn pairs | of | read again | changes seen | holds |");
        out.println("|---|---:|---:|---:|---:|---|");
        candidates.forEach(c -> out.println("| " + c.name() + ": " + c.says() + " | " + c.torn() + " | " + c.tries()
                + " | " + c.again() + " | " + c.changes() + " | " + (c.holds() ? "yes" : "no") + " |"));
    }

    private static void machine(List<Candidate> candidates, PrintWriter out) {
        out.println("| design in machine code | model: torn pair | torn pairs seen | of | holds |");
        out.println("|---|---|---:|---:|---|");
        candidates.forEach(c -> out.println("| " + c.name() + ": " + c.says() + " | "
                + (c.tornAllowed() ? "allowed" : "forbidden") + " | " + c.torn() + " | " + c.observed().instances()
                + " | " + (c.holds() ? "yes" : "no") + " |"));
    }
}
