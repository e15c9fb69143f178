package dev.assay.cli;

import dev.assay.experiments.Catalogue;
import dev.assay.lab.Experiment;
import dev.assay.lab.TrialArchive;
import dev.assay.machine.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code assay prepare}: what the launcher has made once per build. */
@Command(name = "prepare", hidden = true, mixinStandardHelpOptions = true,
        description = "Make the class-data archive that trials start from. The launcher calls this after a build.",
        footer = {"", "Example:", "  assay prepare"})
final class PrepareCommand implements Callable<Integer> {
    /** Through JMH, so that its classes are in the archive too. */
    private static final String TYPICAL = "runtime.syscalls";

    @Override
    public Integer call() {
        String file = System.getProperty(TrialArchive.PROPERTY, "");
        if (file.isEmpty()) {
            return Exit.FINE;
        }
        Experiment typical = Selection.of(List.of(TYPICAL), Catalogue.all()).getFirst();
        TrialArchive.make(typical, typical.variants(Machine.read()).getFirst(), Path.of(file));
        return Exit.FINE;
    }
}
