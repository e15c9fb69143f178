package dev.assay.cli;

import dev.assay.decide.History;
import dev.assay.lab.RunStore;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay reindex}: the history, built anew from the archived runs. */
@Command(name = "reindex", mixinStandardHelpOptions = true,
        description = "Build the history of figures anew from the archived runs: SQLite beside them, or a shared store.",
        footer = {"", "Examples:", "  assay reindex", "  assay reindex --store 'jdbc:postgresql://db/assay?user=me'"})
final class ReindexCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--store", paramLabel = "URL", description = "Of JDBC. Default: SQLite beside the runs.")
    private String store;

    @Override
    public Integer call() {
        RunStore runs = RunStore.ofUser(System.getenv());
        String url = store == null ? History.beside(runs.folder("x").getParent()) : store;
        History.Rebuilt rebuilt;
        try (History history = History.open(url)) {
            rebuilt = history.rebuild(runs);
        }
        rebuilt.unread().forEach(reason -> spec.commandLine().getErr().println("assay: left out: " + reason));
        PrintWriter out = spec.commandLine().getOut();
        String says = rebuilt.runs() + " runs are in " + url.replaceAll("password=[^&]*", "password=…");
        out.println(switch (output.format) {
            case json -> JsonMapper.builder().build().writeValueAsString(
                    java.util.Map.of("schema", "assay.reindex/1", "runs", rebuilt.runs(), "unread", rebuilt.unread()));
            case table, markdown -> says;
        });
        out.flush();
        return Exit.FINE;
    }
}
