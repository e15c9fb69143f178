package dev.assay.cli;

import dev.assay.bpf.Probe;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What this kernel allows. */
@Command(name = "probe", mixinStandardHelpOptions = true,
        description = "Tries every way to attach a program on this kernel, with the reason where one does not work.",
        footer = {
            "", "Example:", "  assay bpf probe"})
final class BpfProbeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        List<Probe.Answer> answers = Probe.all();
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            BpfOutput.json(out, BpfJson.probe(answers));
        } else {
            BpfOutput.table(out, output.format, List.of("way", "answer", "reason"), answers.stream().map(a -> List.of(a
                    .way(), BpfJson.word(a), a.says())).toList());
        }
        return answers.stream().anyMatch(a -> a instanceof Probe.Answer.Supported) ? Exit.FINE : Exit.UNTESTABLE;
    }
}
