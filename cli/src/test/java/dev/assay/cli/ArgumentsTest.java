package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.Card;
import dev.assay.lab.Evidence;
import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.lab.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ArgumentsTest {
    static Stream<String> commands() {
        return Assay.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHelpsWithAnExample(String command) {
        if (command.equals("help")) {
            return;
        }
        Invocation help = Invocation.of(command, "--help");
        assertThat(help.exit()).isEqualTo(Exit.FINE);
        assertThat(help.out()).contains("Usage: assay " + command).containsPattern("Examples?:");
    }

    @Test
    void noCommandShowsTheCommands() {
        Invocation none = Invocation.of();
        assertThat(none.exit()).isEqualTo(Exit.USAGE);
        assertThat(none.out()).contains("run", "list");
    }

    @Test
    void anUnknownExperimentSuggestsTheNearest() {
        Invocation unknown = Invocation.of("run", "layout.false-shring");
        assertThat(unknown.exit()).isEqualTo(Exit.USAGE);
        assertThat(unknown.err()).contains("layout.false-sharing", "assay list").doesNotContain("\tat ");
    }

    @Test
    void aBudgetTooSmallIsRefusedWithTheTimeNeeded() {
        Invocation small = Invocation.of("run", "layout.false-sharing", "--budget", "1s");
        assertThat(small.exit()).isEqualTo(Exit.USAGE);
        assertThat(small.err()).contains("too small", "raise --budget");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-4s", "1e9", "", "99999999999999999999s"})
    void aBudgetThatIsNoTimeIsRefused(String budget) {
        assertThat(Invocation.of("run", "--budget=" + budget).exit()).isEqualTo(Exit.USAGE);
    }

    @ParameterizedTest
    @CsvSource({"60s,60000", "60,60000", "4m,240000", "1h30m,5400000", "500ms,500", "1.5s,1500", "2m5s,125000"})
    void timesReadAsUsersWriteThem(String text, long millis) {
        assertThat(new Spans().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aConfidenceOutOfRangeIsRefusedBeforeAnythingRuns() {
        Invocation wrong = Invocation.of("run", "--confidence", "1.5");
        assertThat(wrong.exit()).isEqualTo(Exit.USAGE);
        assertThat(wrong.err()).contains("1.5");
    }

    @Test
    void anOutputThatCannotBeWrittenIsRefusedBeforeAnythingRuns(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Invocation refused = Invocation.of("run", "layout.false-sharing", "-o", file.resolve("out").toString());
        assertThat(refused.exit()).isEqualTo(Exit.USAGE);
        assertThat(refused.err()).contains("cannot be written").contains("-o");
    }

    @Test
    void aPlatformThatCannotRunTrialsIsRefused(@TempDir Path folder) throws Exception {
        Invocation absent = Invocation.of("run", "layout.false-sharing", "--jdk", folder.toString());
        assertThat(absent.exit()).isEqualTo(Exit.USAGE);
        assertThat(absent.err()).contains("cannot run on this platform", folder.toString());
        assertThat(Invocation.of("run", "--emulator", "/usr/bin/true").exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void theExitCodeOfARunSaysWhetherAnythingWasMeasured() {
        assertThat(RunCommand.exitCode(run(Finding.Status.MEASURED, Finding.Status.UNTESTABLE))).isEqualTo(0);
        assertThat(RunCommand.exitCode(run(Finding.Status.UNTESTABLE))).isEqualTo(3);
        assertThat(RunCommand.exitCode(run(Finding.Status.MEASURED, Finding.Status.FAILED))).isEqualTo(4);
    }

    private static Run run(Finding.Status... statuses) {
        Evidence none = new Evidence(Card.of("test.exit"), List.of(), List.of());
        List<Finding> findings = Stream.of(statuses).map(status -> new Finding("test.exit", status, Optional.empty(), 0,
                List.of(), List.of(), List.of(), List.of(), none)).toList();
        return new Run("id", Instant.EPOCH, 1, new Settings(Duration.ofSeconds(1), 0.95, 0.01, 1, false, false),
                Map.of(), findings, List.of());
    }

    @Test
    void anUnknownRunIsRefused() {
        Invocation unknown = Invocation.of("show", "19700101-000000");
        assertThat(unknown.exit()).isEqualTo(Exit.USAGE);
        assertThat(unknown.err()).contains("there is no run '19700101-000000'");
    }

    @Test
    void aTruncatedRunAndANewerOneAreRefused(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("run.json");
        Files.writeString(file, "{\"schema\":\"assay.run/1\",\"run\":");
        Invocation truncated = Invocation.of("show", file.toString());
        assertThat(truncated.exit()).isEqualTo(Exit.USAGE);
        assertThat(truncated.err()).contains("breaks off");
        Files.writeString(file, "{\"schema\":\"assay.run/99\"}");
        Invocation newer = Invocation.of("show", file.toString());
        assertThat(newer.exit()).isEqualTo(Exit.USAGE);
        assertThat(newer.err()).contains("assay.run/99", "update");
    }

    @Test
    void theWidthComesFromTheTerminalWhenItTells() {
        assertThat(Terminal.columns(Map.of("COLUMNS", "132"))).isEqualTo(132);
        assertThat(Terminal.columns(Map.of("COLUMNS", "wide"))).isEqualTo(100);
        assertThat(Terminal.columns(Map.of())).isEqualTo(100);
    }

    @Test
    void everyExitCodeOfAKnownFailureIsTheContracts() {
        assertThat(Failures.exitCode(new CommandLine.ParameterException(Assay.commandLine(), "x"))).isEqualTo(2);
        assertThat(Failures.exitCode(new dev.assay.lab.LabException.Usage("x"))).isEqualTo(2);
        assertThat(Failures.exitCode(new dev.assay.machine.MachineException("x"))).isEqualTo(3);
        assertThat(Failures.exitCode(new dev.assay.lab.LabException.Archive("x", null))).isEqualTo(4);
        assertThat(Failures.exitCode(new IllegalStateException("x"))).isEqualTo(4);
    }
}
