package dev.assay.cli;

import dev.assay.litmus.Composite;
import dev.assay.litmus.Composite.Candidate;
import dev.assay.litmus.LitmusRunner;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Two locations that must change together. */
@Command(name = "composite", mixinStandardHelpOptions = true,
        description = "A map entry and its version number: which designs give a reader a torn pair?", footer = {
            "", "Examples:", "  assay litmus composite", "  assay litmus composite --for 5s --format json"})
final class LitmusCompositeCommand implements Callable<Integer> {
    @Option(names = "--for", paramLabel = "TIME", defaultValue = "1s",
            description = "How long each design runs. Default: ${DEFAULT-VALUE}.")
    private String time;

    @Option(names = "--java", paramLabel = "COMMAND",
            description = "The command that starts the JVM to run in; an emulator may come first.")
    private Optional<String> java;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<String> command = java.map(c -> List.of(c.trim().split("\\s+"))).orElse(List.of());
        List<Candidate> candidates;
        try (LitmusRunner runner = new LitmusRunner(
                new LitmusRunner.Settings(command, Durations.seconds(time), Long.MAX_VALUE, 1, Optional.empty()))) {
            candidates = Composite.observe(runner);
        }
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format) {
            case json -> out.println(json(candidates));
            case markdown -> markdown(candidates, out);
            case table -> {
                markdown(candidates, out);
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

    private static void markdown(List<Candidate> candidates, PrintWriter out) {
        out.println("| design | model: torn pair | torn pairs seen | of | holds |");
        out.println("|---|---|---:|---:|---|");
        candidates.forEach(c -> out.println("| " + c.name() + ": " + c.says() + " | "
                + (c.tornAllowed() ? "allowed" : "forbidden") + " | " + c.torn() + " | " + c.observed().instances()
                + " | " + (c.holds() ? "yes" : "no") + " |"));
    }

    private static String json(List<Candidate> candidates) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", "assay.composite/1");
        document.put("designs", candidates.stream().map(c -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", c.name());
            entry.put("says", c.says());
            entry.put("model", c.tornAllowed() ? "allowed" : "forbidden");
            entry.put("torn", c.torn());
            entry.put("instances", c.observed().instances());
            entry.put("holds", c.holds());
            entry.put("doubts", c.observed().doubts());
            c.drawing().ifPresent(drawing -> entry.put("drawing", drawing));
            return entry;
        }).toList());
        return JsonMapper.builder().build().writeValueAsString(document);
    }
}
