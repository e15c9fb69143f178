package dev.assay.cli;

import dev.assay.experiments.Catalogue;
import dev.assay.lab.Experiment;
import dev.assay.lab.TrialArchive;
import dev.assay.machine.Machine;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay prepare}: what the launcher has made once per build. */
@Command(name = "prepare", hidden = true, mixinStandardHelpOptions = true,
        description = "Make the class-data archive that trials start from. The launcher calls this after a build.",
        footer = {"", "Example:", "  assay prepare"})
final class PrepareCommand implements Callable<Integer> {
    /** Through JMH, so that its classes are in the archive too. */
    private static final String TYPICAL = "runtime.syscalls";

    @Option(names = "--rehearse", paramLabel = "FOLDER",
            description = "Instead, run typical commands, scanning this folder; the JVM records what they load.")
    private Path rehearsal;

    @Override
    public Integer call() {
        if (rehearsal != null) {
            rehearse("machine");
            rehearse("scan", rehearsal.toString(), "--no-cache", "-q", "--format", "json", "--threads", "2");
            return Exit.FINE;
        }
        String file = System.getProperty(TrialArchive.PROPERTY, "");
        if (file.isEmpty()) {
            return Exit.FINE;
        }
        Experiment typical = Selection.of(List.of(TYPICAL), Catalogue.all()).getFirst();
        TrialArchive.make(typical, typical.variants(Machine.read()).getFirst(), Path.of(file));
        return Exit.FINE;
    }

    private static void rehearse(String... command) {
        Assay.commandLine().setOut(new PrintWriter(Writer.nullWriter())).setErr(new PrintWriter(Writer.nullWriter()))
                .execute(command);
    }
}
