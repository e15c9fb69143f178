package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What users hand to {@code assay ab} that does not work. */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class AbInputTest {
    @TempDir
    Path folder;

    private static Invocation ab(String a, String b, String... more) {
        return Invocation.of(java.util.stream.Stream
                .of(new String[]{"ab", "--a", a, "--b", b, "--budget", "2s", "--quiet"}, more)
                .flatMap(java.util.Arrays::stream).toArray(String[]::new));
    }

    @Test
    void aCommandThatHangsIsEndedAtItsTimeoutAndIsExitTwo() {
        Invocation hangs = ab("true", "sleep 500", "--timeout", "200ms");
        assertThat(hangs.exit()).as(hangs.err()).isEqualTo(Exit.USAGE);
        assertThat(hangs.out()).contains("did not end within");
    }

    @Test
    void differentOutputOrExitCodeIsExitTwo() {
        Invocation output = ab("echo one", "echo two", "--same-output");
        assertThat(output.exit()).isEqualTo(Exit.USAGE);
        assertThat(output.out()).contains("prints what the first trial printed");
        Invocation code = ab("exit 3", "exit 4", "--expect-exit", "3");
        assertThat(code.exit()).isEqualTo(Exit.USAGE);
        assertThat(code.out()).contains("exit code 4");
    }

    @Test
    void zeroAndNotANumberAreExitTwo() {
        String[] printed = {"--metric-pattern", "took (\\S+)", "--unit", "ms"};
        assertThat(ab("echo took 0", "echo took 1", printed).out()).containsPattern("above 0 \\(it was\\s+0\\.0\\)");
        assertThat(ab("echo took NaN", "echo took 1", printed).exit()).isEqualTo(Exit.USAGE);
        assertThat(ab("echo took much", "echo took 1", printed).exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void aProgramThatDoesNotExistIsExitTwo() {
        Invocation absent = ab("true", "/nowhere/at-all");
        assertThat(absent.exit()).isEqualTo(Exit.USAGE);
        assertThat(absent.out()).contains("Cannot be run");
    }

    @Test
    void twoAssaysAtOnceDoubtEachOther() throws Exception {
        try (Program other = Program.start(folder.resolve("other"), List.of(), Map.of(), "ab", "--a", "sleep 0.02",
                "--b", "sleep 0.02", "--budget", "5m", "--threshold", "0.0001")) {
            other.awaitLine("block 1 ");
            Invocation second = ab("true", "true", "--format", "json");
            assertThat(second.out()).contains("\"another-assay\"");
            other.interrupt();
            other.await();
        }
    }

    @Test
    void aFullDiskLosesTheArchiveAndNotTheAnswer() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", small.toString())
                .redirectErrorStream(true).start();
        assumeTrue(mount.waitFor() == 0, "a tiny file system needs root and mount");
        try (Program program = Program.start(small, List.of(), Map.of(), "ab", "--a", "echo took 10", "--b",
                "echo took 12", "--metric-pattern", "took ([0-9.]+)", "--budget", "4s", "--quiet", "--junit",
                folder.resolve("junit.xml").toString())) {
            assertThat(program.await()).as(program.said()).isEqualTo(Exit.FAILED);
            assertThat(program.said()).contains("No space left on device").contains("free space");
            assertThat(folder.resolve("junit.xml")).as("the verdict").content().contains("slower");
        } finally {
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }
}
