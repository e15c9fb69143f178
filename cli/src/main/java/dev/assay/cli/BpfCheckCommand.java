package dev.assay.cli;

import dev.assay.bpf.Btf;
import dev.assay.bpf.BtfFile;
import dev.assay.bpf.CompatibilityCheck;
import dev.assay.bpf.Explanation;
import dev.assay.bpf.ObjectFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether objects fit kernels, record by record. */
@Command(name = "check", mixinStandardHelpOptions = true, description = {
    "Checks BPF objects against the types of kernels; nothing is loaded.",
    "Exit code 1 when an object would not load on one of them."},
        footer = {"", "Examples:",
            "  assay bpf check tracer.o",
            "  assay bpf check *.o --btf kernels/5.15.btf --btf kernels/6.8.btf.gz --format json",
            "  assay bpf check tracer.o --btf /sys/kernel/btf/nf_conntrack --base /sys/kernel/btf/vmlinux"})
final class BpfCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(arity = "1..*", paramLabel = "OBJ", description = "Compiled BPF objects (ELF).")
    private List<Path> objects;

    @Option(names = "--btf", paramLabel = "FILE",
            description = "A kernel's types, repeatable: raw BTF, ELF, or either gzipped. Default: the running kernel.")
    private List<Path> kernels = List.of();

    @Option(names = "--base", paramLabel = "FILE",
            description = "The kernel that every --btf FILE continues, as a module's types do.")
    private Path base;

    @Option(names = "--all", description = "Show the records that fit, too.")
    private boolean all;

    @Override
    public Integer call() {
        if (base != null && kernels.isEmpty()) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "--base names what --btf FILE continues; name that file too");
        }
        Btf under = base == null ? null : BtfFile.read(base);
        List<Btf> targets = kernels.isEmpty()
                ? List.of(BpfOutput.kernel(null))
                : kernels.stream().map(file -> BtfFile.read(file, under)).toList();
        List<CompatibilityCheck.Report> reports = new ArrayList<>();
        for (Path path : objects) {
            ObjectFile object = ObjectFile.read(path);
            targets.forEach(kernel -> reports.add(CompatibilityCheck.check(object, kernel)));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            BpfOutput.json(out, BpfJson.check(reports));
        } else {
            reports.forEach(r -> text(out, r));
            if (reports.size() > 1) {
                matrix(out, reports, targets);
            }
        }
        return reports.stream().allMatch(CompatibilityCheck.Report::loads) ? Exit.FINE : Exit.FINDING;
    }

    private void text(PrintWriter out, CompatibilityCheck.Report report) {
        out.println(report.path() + " on " + report.kernel() + ": " + (report.loads() ? "loads" : "does not load")
                + ", " + report.relocations().size() + " relocations, " + report.count(Explanation.Status.RESOLVED)
                + " resolved");
        report.problems().forEach(p -> out.println("  " + p));
        for (Explanation one : report.relocations()) {
            if (!all && one.status() == Explanation.Status.RESOLVED) {
                continue;
            }
            out.println("  " + one.status().word() + ": " + one.section() + ", instruction " + one.instruction() + ", "
                    + one.kind() + " of " + one.path());
            out.println("    " + one.says());
            one.source().ifPresent(s -> out.println("    at " + s));
        }
        out.println();
    }

    private void matrix(PrintWriter out, List<CompatibilityCheck.Report> reports, List<Btf> targets) {
        List<String> header = new ArrayList<>(List.of("object"));
        targets.forEach(t -> header.add(t.origin()));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < reports.size(); i += targets.size()) {
            List<String> row = new ArrayList<>(List.of(reports.get(i).path()));
            for (int j = 0; j < targets.size(); j++) {
                CompatibilityCheck.Report one = reports.get(i + j);
                long warnings = one.count(Explanation.Status.WARNING);
                row.add(!one.loads() ? "no" : warnings > 0 ? "yes, " + warnings + " warnings" : "yes");
            }
            rows.add(row);
        }
        BpfOutput.table(out, output.format, header, rows);
    }
}
