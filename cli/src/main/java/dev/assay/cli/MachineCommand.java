package dev.assay.cli;

import dev.assay.machine.Advice;
import dev.assay.machine.Machine;
import dev.assay.machine.Reading;
import dev.assay.machine.Root;
import dev.assay.machine.Toolchain;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Prints the machine sheet. */
@Command(name = "machine", mixinStandardHelpOptions = true,
        description = "What this computer is: processor, topology, memory, kernel, limits; and what in it hurts measurement.",
        footer = {
            "", "Examples:", "  assay machine", "  assay machine --svg topology.svg",
            "  assay machine --tools --format json",
            "  assay machine --save server.txt          (there)", "  assay machine --root server.txt          (here)"})
final class MachineCommand implements Callable<Integer> {
    private static final int WIDTH = 110;

    @Mixin
    private Output output;

    @Option(names = "--root", paramLabel = "PATH",
            description = "Read a saved machine instead: a file written by --save, or a directory laid out like /.")
    private Path root;

    @Option(names = "--svg", paramLabel = "FILE", description = "Write the topology as a drawing, too.")
    private Path svg;

    @Option(names = "--save", paramLabel = "FILE",
            description = "Save this machine to be read elsewhere with --root; print nothing.")
    private Path save;

    @Option(names = "--tools",
            description = "Run the developer's tools on PATH for their versions (all at once, 2 s at most).")
    private boolean tools;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (save != null && root != null) {
            throw usage("--save saves this machine and --root reads another; give one of them");
        }
        if (save != null) {
            write(save, Root.save());
            return Exit.FINE;
        }
        Machine machine = Machine.read(root == null ? Root.live() : saved());
        if (svg != null) {
            write(svg, machine.svg());
        }
        Optional<Toolchain> toolchain = root != null
                ? Optional.empty()
                : Optional.of(tools ? Toolchain.asking() : Toolchain.read());
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format) {
            case table -> table(out, machine, toolchain);
            case json -> json(out, machine, toolchain);
            case markdown -> markdown(out, machine, toolchain);
        }
        out.flush();
        return Exit.FINE;
    }

    private Root saved() {
        try {
            return Root.at(root);
        } catch (dev.assay.machine.MachineException e) {
            throw usage(e.getMessage());
        }
    }

    private RuntimeException usage(String says) {
        return new picocli.CommandLine.ParameterException(spec.commandLine(), says);
    }

    private void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw usage(file + " cannot be written (" + e.getClass().getSimpleName()
                    + "); name a file in a directory that you may write to");
        }
    }

    private static List<Advice> advice(Machine machine, Optional<Toolchain> toolchain) {
        List<Advice> all = new ArrayList<>(machine.advice());
        toolchain.ifPresent(found -> all.addAll(found.advice()));
        all.sort(java.util.Comparator.comparing(Advice::weight));
        return all;
    }

    private static String tools(Toolchain toolchain) {
        return String.join(", ", toolchain.tools().stream().map(tool -> tool.name() + tool.version().map(v -> " " + v)
                .orElse("") + " "
                + (tool.architecture() instanceof Reading.Known<String>(String set, String _)
                        ? set
                        : "(script)"))
                .toList());
    }

    private static void table(PrintWriter out, Machine machine, Optional<Toolchain> toolchain) {
        Map<String, List<String>> sections = new LinkedHashMap<>(machine.sections());
        toolchain.ifPresent(found -> sections.put("tools", List.of(tools(found))));
        sections.forEach((label, lines) -> {
            String left = String.format(Locale.ROOT, "%-9s", label);
            for (String line : lines) {
                for (String part : wrapped(line, WIDTH - 10)) {
                    out.println((left + " " + part).stripTrailing());
                    left = " ".repeat(9);
                }
            }
        });
        out.println();
        out.print(machine.drawing());
        List<Advice> advice = advice(machine, toolchain);
        out.println();
        out.println(advice.isEmpty() ? "Nothing was found that hurts measurement." : "What hurts measurement here:");
        for (Advice one : advice) {
            String mark = switch (one.weight()) {
                case SPOILS -> "!!";
                case DISTURBS -> "! ";
                case NOTE -> "- ";
            };
            for (String part : wrapped(one.finding() + ": " + one.why() + ". → " + one.remedy(), WIDTH - 3)) {
                out.println(mark + " " + part);
                mark = "  ";
            }
        }
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static void json(PrintWriter out, Machine machine, Optional<Toolchain> toolchain) {
        Map<String, Object> sheet = new LinkedHashMap<>(machine.sheet());
        toolchain.ifPresent(found -> sheet.put("toolchain", found.sheet()));
        // Written token by token: a mapper's class graph would triple the time that the command takes.
        try (JsonGenerator json = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build()
                .createGenerator(new ObjectWriteContext.Base() {
                    @Override
                    public PrettyPrinter getPrettyPrinter() {
                        return new DefaultPrettyPrinter();
                    }
                }, out)) {
            write(json, sheet);
        }
        out.println();
    }

    private static void write(JsonGenerator json, Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach((name, member) -> {
                    json.writeName(String.valueOf(name));
                    write(json, member);
                });
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(member -> write(json, member));
                json.writeEndArray();
            }
            case Boolean bool -> json.writeBoolean(bool);
            case Double number -> json.writeNumber(number);
            case Number number -> json.writeNumber(number.longValue());
            default -> json.writeString(String.valueOf(value));
        }
    }

    private static void markdown(PrintWriter out, Machine machine, Optional<Toolchain> toolchain) {
        Map<String, List<String>> sections = new LinkedHashMap<>(machine.sections());
        toolchain.ifPresent(found -> sections.put("tools", List.of(tools(found))));
        out.println("# Machine");
        out.println();
        out.println("| what | is |");
        out.println("|---|---|");
        sections.forEach((label, lines) -> out.println("| " + label + " | " + String.join("<br>", lines)
                .replace("|", "\\|") + " |"));
        out.println();
        out.println("```");
        out.print(machine.drawing());
        out.println("```");
        out.println();
        out.println("## What hurts measurement");
        out.println();
        for (Advice one : advice(machine, toolchain)) {
            out.println("- **" + one.finding() + "** (" + one.weight().name().toLowerCase(Locale.ROOT) + "): " + one
                    .why() + ". Remedy: " + one.remedy());
        }
    }
}
