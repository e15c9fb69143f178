package dev.assay.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What kernels hold, whether an object fits them, and programs that watch the running one. */
@Command(name = "bpf", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Types of kernels, relocation of BPF objects with reasons, loading, observers.",
        footer = {"", "Examples:", "  assay bpf types task_struct.pid",
            "  assay bpf check program.o --btf vmlinux.btf"},
        subcommands = {
            BpfTypesCommand.class, BpfDiffCommand.class, BpfCheckCommand.class, BpfLoadCommand.class,
            BpfRunCommand.class,
            BpfProbeCommand.class, BpfShowCommand.class})
final class BpfCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "assay bpf needs a command: "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
