package dev.assay.cli;

import dev.assay.bpf.Disassembler;
import dev.assay.bpf.ObjectFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The instructions of an object. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Disassembles an object, with its source lines.",
        footer = {
            "", "Example:", "  assay bpf show tracer.o"})
final class BpfShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "OBJ", description = "A compiled BPF object (ELF).")
    private Path path;

    @Override
    public Integer call() {
        String text = Disassembler.of(ObjectFile.read(path));
        var out = spec.commandLine().getOut();
        switch (output.format) {
            case table -> out.println(text.stripTrailing());
            case markdown -> out.println("```\n" + text + "```");
            case json ->
                BpfOutput.json(out, BpfJson.show(path.toString(), text));
        }
        return Exit.FINE;
    }
}
