package dev.assay.cli;

import dev.assay.lab.Archive;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay show}: an archived run again. */
@Command(name = "show", mixinStandardHelpOptions = true,
        description = "Show an archived run; without one, list the runs.", footer = {
            "", "Examples:", "  assay show", "  assay show latest", "  assay show 20260131-1200 --format markdown",
            "  assay show out/run.json"})
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "RUN", arity = "0..1",
            description = "An id or its beginning, 'latest', a folder or a run.json.")
    private String named;

    @Override
    public Integer call() {
        RunStore store = RunStore.ofUser(System.getenv());
        PrintWriter out = spec.commandLine().getOut();
        if (named == null) {
            List<String> ids = store.ids();
            ids.forEach(out::println);
            if (ids.isEmpty()) {
                spec.commandLine().getErr().println("assay: there are no runs yet; `assay run` makes one");
            }
            out.flush();
            return Exit.FINE;
        }
        Run run = Archive.load(store.find(named));
        Answer.print(run, output, out);
        return Exit.FINE;
    }
}
