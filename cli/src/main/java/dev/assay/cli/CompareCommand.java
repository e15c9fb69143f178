package dev.assay.cli;

import dev.assay.decide.Comparison;
import dev.assay.decide.RunComparer;
import dev.assay.lab.Archive;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
import dev.assay.report.ComparisonJson;
import dev.assay.report.ComparisonMarkdown;
import dev.assay.report.ComparisonTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay compare}: archived runs side by side. */
@Command(name = "compare", mixinStandardHelpOptions = true,
        description = "Compare archived runs with the first of them: machines, JDKs or dates.",
        footer = {"", "Examples:", "  assay compare 20260101-12 latest",
            "  assay compare x86/run.json arm/run.json --format markdown", "",
            "Exit codes: 0 nothing is slower; 1 something is; 2 the runs cannot be compared."})
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "RUN", arity = "2..*",
            description = "An id or its beginning, 'latest', a folder or a run.json.")
    private List<String> named;

    @Mixin
    private Certainty certainty;

    @Override
    public Integer call() {
        RunStore store = RunStore.ofUser(System.getenv());
        List<Run> runs = named.stream().map(name -> Archive.load(store.find(name))).toList();
        List<Comparison> comparisons = runs.subList(1, runs.size()).stream()
                .map(other -> RunComparer.of(runs.getFirst(), other, certainty.threshold, certainty.confidence))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        String between = System.lineSeparator() + System.lineSeparator();
        out.println(switch (output.format) {
            case table -> String.join(between, comparisons.stream()
                    .map(c -> ComparisonTable.of(c, Terminal.columns(), Terminal.colour())).toList());
            case json -> comparisons.size() == 1
                    ? ComparisonJson.of(comparisons.getFirst(), false)
                    : ComparisonJson.of(comparisons);
            case markdown -> String.join(between, comparisons.stream().map(ComparisonMarkdown::of).toList());
        });
        out.flush();
        return comparisons.stream().mapToInt(c -> c.exit(false)).max().orElse(Exit.FINE);
    }
}
