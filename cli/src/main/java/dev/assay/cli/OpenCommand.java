package dev.assay.cli;

import dev.assay.lab.Archive;
import dev.assay.lab.LabException;
import dev.assay.lab.RunStore;
import dev.assay.report.Occasion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay open}: a run's page in the browser. */
@Command(name = "open", mixinStandardHelpOptions = true,
        description = "Open the report of an archived run in a browser.", footer = {
            "", "Examples:", "  assay open", "  assay open out/run.json", "  assay open latest --print"})
final class OpenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", arity = "0..1", defaultValue = "latest",
            description = "An id or its beginning, 'latest', a folder or a run.json. Default: ${DEFAULT-VALUE}.")
    private String named;

    @Option(names = "--print", description = "Only print where the page is.")
    private boolean print;

    @Override
    public Integer call() {
        Path folder = RunStore.ofUser(System.getenv()).find(named);
        Path page = folder.resolve(Deposit.REPORT).toAbsolutePath();
        if (!Files.exists(page)) {
            Deposit.write(Archive.load(folder), folder, Occasion.UNKNOWN);
        }
        spec.commandLine().getOut().println(page);
        spec.commandLine().getOut().flush();
        if (!print) {
            browse(page);
        }
        return Exit.FINE;
    }

    private static void browse(Path page) {
        String system = System.getProperty("os.name");
        List<String> opener = system.startsWith("Mac")
                ? List.of("open", page.toString())
                : system.startsWith("Windows")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", page.toString())
                        : List.of("xdg-open", page.toString());
        try {
            new ProcessBuilder(opener).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new LabException.Usage("no browser can be started here (" + opener.getFirst()
                    + " is missing); open the page above by hand");
        }
    }
}
