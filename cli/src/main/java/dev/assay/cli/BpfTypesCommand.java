package dev.assay.cli;

import dev.assay.bpf.Btf;
import dev.assay.bpf.BtfFile;
import dev.assay.bpf.CPrinter;
import dev.assay.bpf.TypeLayout;
import dev.assay.bpf.TypeQuery;
import dev.assay.bpf.TypeText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A type of a kernel, drawn. */
@Command(name = "types", mixinStandardHelpOptions = true,
        description = "Shows a type or field of a kernel and what lies beside it.", footer = {
            "", "Examples:", "  assay bpf types task_struct.pid", "  assay bpf types 'union bpf_attr' --btf vmlinux",
            "  assay bpf types --format c > vmlinux.h"})
final class BpfTypesCommand implements Callable<Integer> {
    private static final int DRAWN_BYTES = 256;
    private static final int AROUND_BYTES = 16;

    /** C beside the usual formats. */
    enum Format {
        table, json, markdown, c
    }

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "TYPE[.field]",
            description = "The type, with a path to a field. All types, with --format c alone.")
    private String query;

    @Option(names = "--btf", paramLabel = "FILE",
            description = "A kernel's types: raw BTF, ELF, or either gzipped. Default: the running kernel.")
    private Path file;

    @Option(names = "--base", paramLabel = "FILE",
            description = "The BTF that --btf FILE continues, as a module's does its kernel's.")
    private Path base;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table",
            description = "How to answer: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = {"-q", "--quiet"}, description = "No progress, only the answer.")
    private boolean quiet;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (base != null && file == null) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "--base names what --btf FILE continues; name that file too");
        }
        Btf btf = base == null
                ? BpfOutput.kernel(file)
                : BtfFile.read(file, BtfFile.read(base));
        if (query == null) {
            if (format != Format.c) {
                throw new CommandLine.ParameterException(spec.commandLine(),
                        "which type? Name one (assay bpf types task_struct.pid), or print all with --format c");
            }
            out.print(CPrinter.header(btf));
            out.flush();
            return Exit.FINE;
        }
        List<TypeQuery.Answer> answers = TypeQuery.find(btf, query);
        switch (format) {
            case json -> BpfOutput.json(out, BpfJson.types(btf, query, answers));
            case c -> answers.forEach(a -> out.println(CPrinter.definition(btf, a.root()).strip()));
            case table, markdown -> answers.forEach(a -> text(out, btf, a, answers.size()));
        }
        return Exit.FINE;
    }

    private void text(PrintWriter out, Btf btf, TypeQuery.Answer answer, int all) {
        if (all > 1) {
            out.println("type " + answer.root() + " of " + all + " with this name");
        }
        boolean markdown = format == Format.markdown;
        if (answer.field().isPresent()) {
            field(out, btf, answer, answer.field().get(), markdown);
            return;
        }
        long bytes = btf.sizeOf(answer.root());
        out.println(btf.kind(answer.root()).words() + " " + btf.name(answer.root()) + ": " + bytes + " bytes");
        List<List<String>> rows = new ArrayList<>();
        for (TypeLayout.Row row : TypeLayout.rows(btf, answer.root())) {
            rows.add(row.enumerator() != null
                    ? List.of("", "", "= " + row.enumerator(), row.name())
                    : List.of(place(row.bitOffset()), width(row.bitSize()), "  ".repeat(row.depth()) + row
                            .declaration(), row.name()));
        }
        if (rows.isEmpty()) {
            out.println("  " + TypeText.of(btf, answer.root()));
            return;
        }
        out.println();
        BpfOutput.table(out, markdown ? Output.Format.markdown : Output.Format.table, List.of("byte", "size", "type",
                "field"), rows);
        if (bytes <= DRAWN_BYTES && rows.getFirst().get(2).charAt(0) != '=') {
            out.println();
            drawing(out, TypeLayout.draw(btf, answer.root(), 0, bytes), markdown);
        }
    }

    private static void field(PrintWriter out, Btf btf, TypeQuery.Answer answer, TypeQuery.Place field,
            boolean markdown) {
        out.println(answer.path() + ": " + TypeText.of(btf, field.type()) + ", " + TypeText
                .shape(btf, field.type()) + ", " + width(field.bitSize()) + " at byte " + place(field.bitOffset())
                + " of " + btf.sizeOf(answer.root()));
        out.println();
        long size = btf.sizeOf(answer.root());
        long from = Math.max(0, field.bitOffset() / 8 / 8 * 8 - AROUND_BYTES);
        long to = Math.min(size, field.bitOffset() / 8 + Math.min(64, Math.max(1, field.bitSize() / 8)) + AROUND_BYTES);
        drawing(out, TypeLayout.draw(btf, answer.root(), from, to), markdown);
    }

    private static void drawing(PrintWriter out, String drawing, boolean markdown) {
        out.print(markdown ? "```\n" + drawing + "```\n" : drawing);
        out.flush();
    }

    static String place(long bits) {
        return bits % 8 == 0 ? Long.toString(bits / 8) : bits / 8 + " bit " + bits % 8;
    }

    static String width(long bits) {
        return bits % 8 == 0 ? bits / 8 + (bits == 8 ? " byte" : " bytes") : bits + (bits == 1 ? " bit" : " bits");
    }
}
