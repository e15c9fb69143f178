package dev.assay.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.lab.Metric;
import dev.assay.lab.Run;
import dev.assay.lab.Session;
import dev.assay.lab.Settings;
import dev.assay.machine.Machine;
import dev.assay.statistics.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands through real sessions; what decides is what they print, so that no verdict depends on the machine. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class CommandPairsTest {
    private static final Measure TOOK = Measure.printed("took ([0-9.eNa-]+) ms", "ms", Metric.Better.LOWER);

    @TempDir
    Path folder;

    private CommandSettings settings(Measure measure, String setup, String teardown, boolean sameOutput) {
        return new CommandSettings(measure, folder, Optional.empty(), Map.of(), Optional.ofNullable(setup),
                Optional.ofNullable(teardown), 0, 0, sameOutput, Duration.ofSeconds(1));
    }

    private Comparison compare(String a, String b, CommandSettings how) {
        Pair pair = CommandPairs.of(a, b, how);
        Settings settings = new Settings(Duration.ofSeconds(4), 0.95, 0.01, 7, false, false);
        try (Session session = new Session(Machine.read(), List.of(pair), settings, folder, new Comparer(1))) {
            while (session.hasNext()) {
                session.next();
            }
            Run run = session.run();
            return Comparer.of(run, List.of(pair), List.of(a, b), List.of(), List.of());
        }
    }

    private Comparison compare(String a, String b) {
        return compare(a, b, settings(TOOK, null, null, false));
    }

    @Test
    void aPrintedMetricDecides() {
        Comparison comparison = compare("echo took 12 ms", "echo took 15 ms");
        assertThat(comparison.with(Verdict.SLOWER)).singleElement()
                .satisfies(r -> assertThat(r.ratio()).isEqualTo(1.25));
        assertThat(comparison.exit(false)).isEqualTo(1);
        assertThat(compare("echo took 15 ms", "echo took 12 ms").exit(false)).isZero();
        assertThat(compare("echo took 15 ms", "echo took 15 ms").with(Verdict.EQUIVALENT)).hasSize(1);
    }

    @Test
    void moreIsSlowerOnlyWhereLessIsBetter() {
        Measure rate = Measure.printed("took ([0-9.]+)", "1/s", Metric.Better.HIGHER);
        assertThat(
                compare("echo took 12 ms", "echo took 15 ms", settings(rate, null, null, false)).with(Verdict.FASTER))
                .singleElement().satisfies(r -> assertThat(r.ratio()).isEqualTo(0.8));
    }

    @Test
    void theKernelsFiguresStandBesideAndDoNotDecide() {
        Comparison comparison = compare("echo took 1 ms", "echo took 1 ms");
        assertThat(comparison.results()).filteredOn(r -> !r.decides()).extracting(r -> r.metric().name())
                .contains("wall time", "processor time", "peak memory");
    }

    @Test
    void aCommandThatFailsCannotBeCompared() {
        Comparison comparison = compare("echo took 1 ms", "echo broken >&2; exit 9");
        assertThat(comparison.exit(false)).isEqualTo(2);
        assertThat(comparison.failures()).singleElement()
                .satisfies(f -> assertThat(f.reason()).contains("B: ").contains("exit code 9").contains("broken"));
    }

    @Test
    void aCommandThatHangsIsEndedAndSaid() {
        assertThat(compare("sleep 600", "echo took 1 ms").failures()).singleElement()
                .satisfies(f -> assertThat(f.reason()).contains("did not end within 1 s"));
    }

    @Test
    void zeroNotANumberAndSilenceAreNoMeasurements() {
        assertThat(compare("echo took 0 ms", "echo took 1 ms").failures()).singleElement()
                .satisfies(f -> assertThat(f.reason()).contains("above 0 (it was 0.0)"));
        assertThat(compare("echo took NaN ms", "echo took 1 ms").exit(false)).isEqualTo(2);
        assertThat(compare("echo nothing", "echo took 1 ms").failures()).singleElement()
                .satisfies(f -> assertThat(f.reason()).contains("nothing in the output matches"));
    }

    @Test
    void differentOutputIsFoundOnRequest() {
        CommandSettings same = settings(Measure.Account.WALL, null, null, true);
        assertThat(compare("echo one", "echo two", same).failures()).singleElement()
                .satisfies(f -> assertThat(f.reason()).contains("prints what the first trial printed"));
        assertThat(compare("echo one", "echo one", same).failures()).isEmpty();
    }

    @Test
    void setupAndTeardownSurroundEveryTrial() {
        Comparison comparison = compare("cat n", "cat n",
                settings(Measure.printed("([0-9]+)", "n", Metric.Better.LOWER), "test ! -e n && echo 5 > n", "rm n",
                        false));
        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.with(Verdict.EQUIVALENT)).hasSize(1);
        assertThat(folder.resolve("n")).doesNotExist();
    }

    @Test
    void aSetupThatFailsIsNamed() {
        assertThat(compare("true", "true", settings(Measure.Account.WALL, "exit 4", null, false)).failures())
                .singleElement().satisfies(f -> assertThat(f.reason()).contains("setup command failed"));
    }

    @Test
    void wrongSettingsAreRefusedBeforeAnythingRuns() throws Exception {
        assertThatThrownBy(() -> CommandPairs.of(" ", "true", settings(TOOK, null, null, false)))
                .isInstanceOf(DecideException.class).hasMessageContaining("at least one word");
        assertThatThrownBy(() -> Measure.named("speed")).hasMessageContaining("wall, cpu");
        assertThatThrownBy(() -> Measure.printed("took", "ms", Metric.Better.LOWER))
                .hasMessageContaining("exactly one group");
        assertThatThrownBy(() -> Measure.printed("took (", "ms", Metric.Better.LOWER))
                .hasMessageContaining("not a regular expression");
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> new CommandSettings(TOOK, folder, Optional.of(absent), Map.of(), Optional.empty(),
                Optional.empty(), 0, 0, false, Duration.ofSeconds(1)))
                .hasMessageContaining("cannot be read".substring(7));
        assertThat(Files.exists(absent)).isFalse();
    }
}
