package dev.assay.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LaunchTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Launch.End run(String shell) {
        return new Launch(Launch.Program.quiet(List.of("/bin/sh", "-c", shell), folder)).run(LIMIT);
    }

    private static Launch.End.Exited exited(Launch.End end) {
        assertThat(end).isInstanceOf(Launch.End.Exited.class);
        return (Launch.End.Exited) end;
    }

    @Test
    void everyStartHasItsOwnAccount() {
        for (int i = 0; i < 50; i++) {
            assertThat(exited(run("exit 3"))).satisfies(end -> {
                assertThat(end.exit()).isEqualTo(3);
                assertThat(end.usage()).isPresent();
            });
        }
    }

    @Test
    void peakMemoryIsThatOfTheProgramAndNotOfTheLaboratory() {
        long small = exited(run("true")).usage().orElseThrow().peakResidentBytes();
        long large = exited(run("head -c 30000000 /dev/zero | tail -n 1 >/dev/null")).usage().orElseThrow()
                .peakResidentBytes();
        assertThat(small).isLessThan(10_000_000);
        assertThat(large).as("tail holds the one line").isGreaterThan(25_000_000);
    }

    @Test
    void processorTimeOfChildrenCounts() {
        var usage = exited(run("(i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done); true")).usage().orElseThrow();
        assertThat(usage.processor()).isPositive();
    }

    @Test
    void aSignalIsToldAsAShellTellsIt() {
        assertThat(exited(run("kill -9 $$")).exit()).isEqualTo(137);
    }

    @Test
    void inputOutputErrorsEnvironmentAndFolderAreThoseAskedFor() throws Exception {
        Path in = Files.writeString(folder.resolve("in"), "hello");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        new Launch(
                new Launch.Program(List.of("/bin/sh", "-c", "cat; echo \" $NAME\"; pwd >&2"), Map.of("NAME", "world"),
                        folder, in, out, err))
                .run(LIMIT);
        assertThat(out).hasContent("hello world\n");
        assertThat(Path.of(Files.readString(err).strip()).toRealPath()).isEqualTo(folder.toRealPath());
    }

    @Test
    void whatDoesNotEndIsEndedWithItsChildren() {
        Launch launch = new Launch(
                Launch.Program.quiet(List.of("/bin/sh", "-c", "sleep 987654 & sleep 987654"), folder));
        assertThat(launch.run(Duration.ofMillis(300))).isInstanceOf(Launch.End.Overran.class);
        assertThat(ProcessHandle.allProcesses()
                .filter(p -> p.info().arguments().map(a -> List.of(a).contains("987654")).orElse(false))).isEmpty();
    }

    @Test
    void whatIsEndedBeforeItBeganNeverRuns() {
        Launch launch = new Launch(Launch.Program.quiet(List.of("touch", "there"), folder));
        launch.end();
        launch.run(LIMIT);
        assertThat(folder.resolve("there")).doesNotExist();
    }

    @Test
    void aProgramThatDoesNotExistEndsAsInAShell() {
        assertThat(exited(new Launch(Launch.Program.quiet(List.of("no-such-program"), folder)).run(LIMIT)).exit())
                .isEqualTo(127);
    }

    @Test
    void plainWordsNeedNoShell() {
        assertThat(CommandLineWords.of("sort -n file.txt")).containsExactly("sort", "-n", "file.txt");
        assertThat(CommandLineWords.of("sort 'a b' | wc")).containsExactly("/bin/sh", "-c", "sort 'a b' | wc");
        assertThat(CommandLineWords.of("X=1 run")).startsWith("/bin/sh");
    }
}
