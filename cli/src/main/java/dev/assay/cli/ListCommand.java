package dev.assay.cli;

import dev.assay.experiments.Catalogue;
import dev.assay.lab.Card;
import dev.assay.lab.Experiment;
import dev.assay.lab.Requirement;
import dev.assay.machine.Machine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay list}: what exists, what can be tested here, and why the rest cannot. */
@Command(name = "list", mixinStandardHelpOptions = true,
        description = "List the experiments, whether they can be tested here, and if not, why.", footer = {
            "", "Examples:", "  assay list", "  assay list 'memory.*' --format json"})
final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "EXPERIMENT", arity = "0..*", description = "Ids, groups or globs. Default: all.")
    private List<String> named = new ArrayList<>();

    @Override
    public Integer call() {
        Machine machine = Machine.read();
        List<Experiment> experiments = Selection.of(named, Catalogue.all());
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format) {
            case json -> out.println(json(experiments, machine));
            case markdown -> markdown(experiments, machine, out);
            case table -> table(experiments, machine, out);
        }
        out.flush();
        return Exit.FINE;
    }

    private static Optional<String> missing(Card card, Machine machine) {
        return card.requirements().stream().map(r -> r.missing().apply(machine)).flatMap(Optional::stream).findFirst();
    }

    private static String json(List<Experiment> experiments, Machine machine) {
        List<Object> rows = new ArrayList<>();
        for (Experiment experiment : experiments) {
            Card card = experiment.card();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", card.id());
            row.put("question", card.question());
            row.put("metric", Map.of("name", card.metric().name(), "unit", card.metric().unit(), "better",
                    card.metric().better().toString()));
            Optional<String> missing = missing(card, machine);
            row.put("testable", missing.isEmpty());
            missing.ifPresent(reason -> row.put("reason", reason));
            row.put("requirements", card.requirements().stream().map(Requirement::says).toList());
            if (missing.isEmpty()) {
                row.put("variants", experiment.variants(machine).stream().map(v -> v.name()).toList());
            }
            rows.add(row);
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("schema", "assay.list/1");
        list.put("experiments", rows);
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(list);
    }

    private static void markdown(List<Experiment> experiments, Machine machine, PrintWriter out) {
        out.println("| experiment | question | here |");
        out.println("|---|---|---|");
        for (Experiment experiment : experiments) {
            out.println("| " + experiment.card().id() + " | " + experiment.card().question() + " | "
                    + missing(experiment.card(), machine).map(reason -> "no: " + reason).orElse("yes") + " |");
        }
    }

    private static void table(List<Experiment> experiments, Machine machine, PrintWriter out) {
        int width = experiments.stream().mapToInt(e -> e.card().id().length()).max().orElse(0);
        for (Experiment experiment : experiments) {
            Card card = experiment.card();
            out.printf("%-" + width + "s  %s%n", card.id(), card.question());
            Optional<String> missing = missing(card, machine);
            if (missing.isPresent()) {
                out.printf("%-" + width + "s  not here: %s%n", "", missing.get());
            } else {
                out.printf("%-" + width + "s  %s: %s%n", "", card.metric().name(),
                        String.join(", ", experiment.variants(machine).stream().map(v -> v.name()).toList()));
            }
        }
    }
}
