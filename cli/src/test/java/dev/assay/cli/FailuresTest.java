package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FailuresTest {
    @Test
    void anInputThatTheHeapCannotHoldIsNoFinding(@TempDir Path folder) throws Exception {
        Path large = folder.resolve("large.json");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(256 << 20); // sparse
        }
        try (Program program = Program.start(folder, List.of(), Map.of("JAVA_TOOL_OPTIONS", "-Xmx64m"), "litmus",
                "tearing",
                "--compare", large.toString(), large.toString())) {
            assertThat(program.await()).as(program.said()).isEqualTo(Exit.FAILED);
            assertThat(program.said()).contains("MiB is not enough for this input").contains("ASSAY_OPTS");
        }
    }
}
