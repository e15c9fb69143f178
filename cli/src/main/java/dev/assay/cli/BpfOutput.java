package dev.assay.cli;

import dev.assay.bpf.Btf;
import dev.assay.bpf.BtfFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the bpf commands share: reading kernels, and printing JSON and tables. */
final class BpfOutput {
    /** Made only where JSON is asked for: it costs a cold virtual machine more than reading a kernel's types. */
    private static final class Json {
        private static final ObjectMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
                .build();
    }

    private BpfOutput() {}

    /** The types in {@code file}, or those of the running kernel where it is null. */
    static Btf kernel(Path file) {
        return file == null ? BtfFile.kernel() : BtfFile.read(file);
    }

    static void json(PrintWriter out, Object value) {
        out.println(Json.MAPPER.writeValueAsString(value));
    }

    /** Columns as wide as their widest cell, or a Markdown table. */
    static void table(PrintWriter out, Output.Format format, List<String> header, List<List<String>> rows) {
        if (format == Output.Format.markdown) {
            out.println("| " + String.join(" | ", header) + " |");
            out.println("|" + " --- |".repeat(header.size()));
            rows.forEach(row -> out.println("| " + String.join(" | ", row.stream().map(c -> c.replace("|", "\\|"))
                    .toList()) + " |"));
            return;
        }
        int[] widths = new int[header.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(header.get(i).length(), rows.stream().mapToInt(r -> r.get(column).length()).max()
                    .orElse(0));
        }
        line(out, header, widths);
        rows.forEach(row -> line(out, row, widths));
    }

    private static void line(PrintWriter out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
        }
        out.println(line.toString().stripTrailing());
    }
}
