package dev.assay.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: finds the command, runs it, turns what goes wrong into a sentence and an exit code. */
@Command(name = "assay", mixinStandardHelpOptions = true, version = "assay 0.1.0",
        description = "What does this machine really do to a program?", synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            ListCommand.class,
            ShowCommand.class,
            OpenCommand.class,
            MachineCommand.class,
            AbCommand.class,
            CalibrateCommand.class,
            CheckCommand.class,
            CompareCommand.class,
            GateCommand.class,
            DriftCommand.class,
            ChooseCommand.class,
            ModelCommand.class,
            ReindexCommand.class,
            LitmusCommand.class,
            ScanCommand.class,
            QuantumCommand.class,
            BpfCommand.class,
            PrepareCommand.class,
            CommandLine.HelpCommand.class})
public final class Assay implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        int code;
        try {
            code = commandLine().execute(arguments);
        } catch (OutOfMemoryError e) {
            // The JVM's own exit code of an error that nobody caught is 1, which means a finding here.
            code = Failures.report(e);
        }
        // After Ctrl-C the JVM's end waits for this thread to end; to ask it to end once more would wait for itself.
        if (!Interruption.begun()) {
            System.exit(code);
        }
    }

    /** The whole command line, ready to execute; its return value is the exit code. */
    static CommandLine commandLine() {
        return new CommandLine(new Assay()).setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(Failures::exitCode).setExecutionExceptionHandler(Failures::report);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
        return Exit.USAGE;
    }
}
