package dev.assay.cli;

import dev.assay.litmus.Answer;
import dev.assay.litmus.AnswerJson;
import dev.assay.litmus.LitmusException;
import dev.assay.litmus.ModelChecker;
import dev.assay.report.LitmusReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Decides litmus tests by a memory model. */
@Command(name = "allow", mixinStandardHelpOptions = true, description = "Which outcomes does the memory model allow?",
        footer = {
            "", "Examples:", "  assay litmus allow SB.litmus", "  assay litmus allow tests/ --format herd > log",
            "  assay litmus allow MP.litmus --model sc --show",
            "  assay litmus allow MP.litmus --model my.cat --svg graphs/", "  assay litmus allow tests/ -o page/"})
final class LitmusAllowCommand implements Callable<Integer> {
    enum Format {
        table, json, markdown, herd
    }

    @Parameters(arity = "1..*", paramLabel = "TEST", description = "Test files, or folders with .litmus files.")
    private List<Path> paths;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table",
            description = "How to answer: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = {"-q", "--quiet"}, description = "No progress, only the answer.")
    private boolean quiet;

    @Option(names = "--model", paramLabel = "MODEL",
            description = "A .cat file, or one of sc, x86-tso, armv8, rvwmo, java. Default: the architecture's own.")
    private Optional<String> model;

    @Option(names = "--unroll", paramLabel = "N", defaultValue = "2",
            description = "How often a loop goes round at most. Default: ${DEFAULT-VALUE}.")
    private int unroll;

    @Option(names = "--workers", paramLabel = "N",
            description = "How many tests to decide at a time. Default: one per processor.")
    private Optional<Integer> workers;

    @Option(names = "--show", description = "Show an execution that explains the answer, as text.")
    private boolean show;

    @Option(names = "--svg", paramLabel = "DIR", description = "Draw that execution into DIR/TEST.svg.")
    private Optional<Path> svg;

    @Mixin
    private LitmusPage page;

    @Spec
    private CommandSpec spec;

    private int refused;
    private int done;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ModelChecker checker = new ModelChecker(
                new ModelChecker.Settings(model, unroll, show || svg.isPresent() || page.wanted()));
        List<Path> files = ModelChecker.tests(paths);
        List<Answer> answers = new ArrayList<>();
        int processors = Math.max(1, workers.orElse(Runtime.getRuntime().availableProcessors()));
        if (format == Format.markdown) {
            out.println("| test | model | condition | observation | states |");
            out.println("|---|---|---|---|---|");
        }
        checker.decideAll(files, processors, result -> {
            result.refusal().ifPresent(this::refuse);
            result.answer().ifPresent(answer -> {
                print(answer, out);
                draw(answer);
                if (format == Format.json || page.wanted()) {
                    answers.add(answer);
                }
            });
            progress(files.size());
        });
        if (format == Format.json) {
            out.println(AnswerJson.of(answers));
        }
        out.flush();
        page.write("litmus-allow.html", () -> LitmusReport.allowed(answers), spec.commandLine().getErr());
        return refused == 0 ? Exit.FINE : Exit.USAGE;
    }

    private void refuse(String reason) {
        refused++;
        spec.commandLine().getErr().println("assay: " + reason);
    }

    private void print(Answer answer, PrintWriter out) {
        switch (format) {
            case herd -> out.print(answer.herd());
            case markdown -> out.println(
                    "| " + answer.test() + " | " + answer.model() + " | " + answer.condition().replace("|", "\\|")
                            + " | " + answer.observation() + (answer.holds() ? "" : " (does not hold)") + " | "
                            + String.join("<br>", answer.states().keySet()) + " |");
            case table -> table(answer, out);
            case json -> {
            }
        }
        if (show && format != Format.json) {
            answer.graphText().ifPresent(out::println);
        }
    }

    private static void table(Answer answer, PrintWriter out) {
        out.println(answer.test() + " (" + answer.architecture() + ", model " + answer.model() + "): "
                + answer.condition());
        for (Map.Entry<String, Boolean> state : answer.states().entrySet()) {
            out.println("  " + (state.getValue() ? "* " : "  ") + state.getKey());
        }
        out.println("  " + (answer.holds() ? "holds" : "does not hold") + "; the marked outcome is "
                + switch (answer.observation()) {
                    case "Never" -> "never allowed";
                    case "Always" -> "the only one";
                    default -> "allowed";
                });
        for (String doubt : answer.doubts()) {
            out.println("  doubt: " + doubt);
        }
        out.println();
    }

    private void draw(Answer answer) {
        if (svg.isEmpty() || answer.graphSvg().isEmpty()) {
            return;
        }
        Path file = svg.get().resolve(answer.test().replaceAll("[^A-Za-z0-9._+-]", "_") + ".svg");
        try {
            Files.createDirectories(svg.get());
            Files.writeString(file, answer.graphSvg().get());
        } catch (IOException e) {
            throw new LitmusException(file + " cannot be written: " + e.getMessage());
        }
    }

    private void progress(int total) {
        done++;
        if (!quiet && total > 1000 && done % 1000 == 0) {
            spec.commandLine().getErr().println(done + " of " + total + " tests decided");
        }
    }
}
