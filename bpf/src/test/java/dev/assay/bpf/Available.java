package dev.assay.bpf;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this machine has; tests that need more are skipped with the reason. */
final class Available {
    private Available() {}

    static void kernelTypes() {
        assumeTrue(BtfFile.kernelAvailable(), "this kernel shows no types (/sys/kernel/btf/vmlinux)");
    }

    static void loading() {
        kernelTypes();
        try (BpfMap map = BpfMap.create(new BpfMap.Definition("probe", BpfMap.ARRAY, 4, 4, 1, 0))) {
            assumeTrue(map.descriptor() >= 0, "a map was created");
        } catch (BpfException.Refused e) {
            assumeTrue(false, "programs may not be loaded here: " + e.getMessage());
        }
    }

    static void command(String name) {
        boolean there = Stream.of(System.getenv("PATH").split(":")).anyMatch(d -> Files.isExecutable(Path.of(d, name)));
        assumeTrue(there || Files.isExecutable(Path.of("/usr/sbin", name)), name + " is not installed");
    }

    record Output(int exit, String text) {}

    /** Runs a command and returns all that it printed. */
    static Output run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("assay-bpf", ".out");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile())
                    .start();
            int exit = process.waitFor();
            return new Output(exit, new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1));
        } finally {
            Files.delete(out);
        }
    }
}
