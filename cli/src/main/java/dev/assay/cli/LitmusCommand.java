package dev.assay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Litmus tests: read, decide, generate. */
@Command(name = "litmus", mixinStandardHelpOptions = true,
        description = "Small concurrent tests: what the memory model allows, what the processor does.",
        footer = {"", "Examples:", "  assay litmus allow SB.litmus", "  assay litmus run SB MP LB IRIW --for 5s",
            "  assay litmus java MP MP+release-acquire --for 5s"},
        subcommands = {
            LitmusAllowCommand.class,
            LitmusGenerateCommand.class,
            LitmusRunCommand.class,
            LitmusJavaCommand.class,
            LitmusTearingCommand.class,
            LitmusCompositeCommand.class})
final class LitmusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Exit.USAGE;
    }
}
