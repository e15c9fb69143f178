package dev.assay.cli;

import dev.assay.bpf.Btf;
import dev.assay.bpf.BtfDiff;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What changed between two kernels. */
@Command(name = "diff", mixinStandardHelpOptions = true,
        description = "Compares the types of two kernels. Exit code 1 when they differ.", footer = {
            "", "Example:", "  assay bpf diff old/vmlinux /sys/kernel/btf/vmlinux task_struct"})
final class BpfDiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(index = "0", paramLabel = "KERNEL-A",
            description = "Types of the first kernel: raw BTF, ELF, or either gzipped.")
    private Path first;

    @Parameters(index = "1", paramLabel = "KERNEL-B", description = "Types of the second.")
    private Path second;

    @Parameters(index = "2", arity = "0..1", paramLabel = "TYPE", description = "Only this type. Default: all.")
    private String type;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Btf before = BpfOutput.kernel(first);
        Btf after = BpfOutput.kernel(second);
        List<BtfDiff.Difference> found = type == null ? BtfDiff.all(before, after) : BtfDiff.type(before, after, type);
        if (output.format == Output.Format.json) {
            BpfOutput.json(out, BpfJson.diff(before, after, found));
        } else if (found.isEmpty()) {
            out.println((type == null ? "all types" : type) + ": no difference");
        } else {
            BpfOutput.table(out, output.format, List.of("type", "field", "change", before.origin(), after.origin()),
                    found.stream().map(d -> List.of(d.type(), d.field(), BpfJson.word(d), d.before(), d.after()))
                            .toList());
        }
        return found.isEmpty() ? Exit.FINE : Exit.FINDING;
    }
}
