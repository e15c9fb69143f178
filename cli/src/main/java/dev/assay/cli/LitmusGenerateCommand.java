package dev.assay.cli;

import dev.assay.litmus.LitmusException;
import dev.assay.litmus.TestGenerator;
import dev.assay.litmus.TestGenerator.GeneratedTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Makes litmus tests from cycles. */
@Command(name = "generate", mixinStandardHelpOptions = true,
        description = "Makes tests: of one cycle, or of all critical cycles up to a size.", footer = {
            "", "Examples:", "  assay litmus generate --arch aarch64 --size 4 -o tests/",
            "  assay litmus generate --arch x86_64 PodWW Rfe PodRR Fre",
            "  assay litmus generate --arch aarch64 PodWW L Rfe A PodRR Fre -o tests/",
            "  assay litmus generate --arch aarch64 --size 5 --edges Rfe,Fre,Coe,PodWW,PodRR,LxSx,Amo.Swp -o tests/"})
final class LitmusGenerateCommand implements Callable<Integer> {
    @Option(names = "--arch", required = true, paramLabel = "ARCH", description = "X86_64, AArch64, RISCV or Java.")
    private String architecture;

    @Option(names = "--size", paramLabel = "N", description = "All critical cycles of at most N steps.")
    private Optional<Integer> size;

    @Option(names = "--edges", split = ",", paramLabel = "STEP", description = "With --size: only these steps.")
    private List<String> edges = List.of();

    @Option(names = "-o", paramLabel = "DIR",
            description = "Write the tests into files of this folder. Default: show them.")
    private Optional<Path> folder;

    @Parameters(paramLabel = "STEP", description = "The steps of one cycle, for example PodWW Rfe PodRR Fre.")
    private List<String> cycle = List.of();

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (size.isPresent() == !cycle.isEmpty()) {
            throw new LitmusException(
                    "give either the steps of a cycle or --size, not " + (cycle.isEmpty() ? "neither" : "both"));
        }
        TestGenerator generator = new TestGenerator(architecture, edges);
        List<GeneratedTest> tests = size.isPresent()
                ? generator.upTo(size.get())
                : List.of(generator.test(String.join(" ", cycle)));
        folder.ifPresent(f -> write(f, tests));
        print(tests);
        return Exit.FINE;
    }

    private void print(List<GeneratedTest> tests) {
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format) {
            case json -> out.println(JsonMapper.builder().build().writeValueAsString(
                    java.util.Map.of("schema", "assay.litmus-generated/1", "tests", tests)));
            case markdown -> {
                out.println("| test |");
                out.println("|---|");
                tests.forEach(test -> out.println("| " + test.name() + " |"));
            }
            case table -> {
                if (folder.isPresent()) {
                    out.println(tests.size() + " tests written to " + folder.get());
                } else {
                    tests.forEach(test -> out.println(test.text()));
                }
            }
        }
        out.flush();
    }

    private static void write(Path folder, List<GeneratedTest> tests) {
        try {
            Files.createDirectories(folder);
            for (GeneratedTest test : tests) {
                Files.writeString(folder.resolve(test.name() + ".litmus"), test.text());
            }
        } catch (IOException e) {
            throw new LitmusException(folder + " cannot be written: " + e.getMessage());
        }
    }
}
