package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Runs enter the history by themselves; reindex, drift, model and choose over it, end to end. */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class HistoryCommandsTest {
    /** Nobody else's runs have this experiment, nor have those of earlier builds that share the store. */
    private static final String CLAIM = "history-" + ProcessHandle.current().pid();

    @TempDir
    static Path folder;
    private static Path index;

    @BeforeAll
    static void sixRunsAtOneLevelAndSixAtAnother() throws IOException {
        index = Path.of(System.getenv("XDG_DATA_HOME"), "assay", "index.db");
        for (int i = 0; i < 12; i++) {
            // The noise wraps round quickly: 10.$$ itself would jump from 10.9999 to 10.10000 where process numbers gain a digit.
            Path claims = Files.writeString(folder.resolve("c.yaml"), """
                    - id: %s
                      says: it is what it is
                      ab: { a: "echo took %d.$(( $$ %% 9 ))", b: "echo took 30.$(( $$ %% 9 ))", metric-pattern: 'took ([0-9.]+)', unit: ms }
                      expect: { ratio: { at-most: 5 } }
                    """.formatted(CLAIM, i < 6 ? 10 : 14));
            Invocation check = Invocation.of("check", claims.toString(), "--budget", "4s", "--quiet");
            assertThat(check.exit()).as(check.err() + check.out()).isZero();
        }
    }

    private static String experiment() {
        return "ab." + CLAIM + "-1";
    }

    @Test
    void driftReadsTheHistoryThatRunsEnteredByThemselves() throws IOException {
        Invocation drift = Invocation.of("drift", experiment(), "--store", "jdbc:sqlite:" + index, "--format", "json");
        assertThat(drift.exit()).as(drift.err() + drift.out()).isIn(Exit.FINE, Exit.FINDING);
        AbCommandTest.fits("drift.json", drift.out());
        var changes = JsonMapper.builder().build().readTree(drift.out()).path("changes");
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).path("before").asDouble()).isBetween(10.0, 11.0);
        assertThat(changes.get(0).path("after").asDouble()).isBetween(14.0, 15.0);
        assertThat(drift.exit()).isEqualTo(Exit.FINDING);
        Invocation folders = Invocation.of("drift", experiment(), "--format", "json");
        assertThat(folders.out()).as("folders and index tell the same").isEqualTo(drift.out());
        assertThat(Invocation.of("drift", experiment()).out()).contains("stability index");
    }

    @Test
    void driftRefusesWhatItCannotRead() {
        assertThat(Invocation.of("drift", experiment(), "--store", "mysql:x")).satisfies(i -> {
            assertThat(i.exit()).isEqualTo(Exit.USAGE);
            assertThat(i.err()).contains("jdbc:sqlite:FILE");
        });
        assertThat(Invocation.of("drift", experiment(), "--variant", "none")).satisfies(i -> {
            assertThat(i.exit()).isEqualTo(Exit.USAGE);
            assertThat(i.err()).contains("drift needs at least 4 runs");
        });
        assertThat(Invocation.of("drift").exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void reindexBuildsTheSameAnew() throws IOException {
        Path other = folder.resolve("other.db");
        Invocation rebuilt = Invocation.of("reindex", "--store", "jdbc:sqlite:" + other, "--format", "json");
        assertThat(rebuilt.exit()).as(rebuilt.err()).isZero();
        AbCommandTest.fits("reindex.json", rebuilt.out());
        Invocation own = Invocation.of("drift", experiment(), "--store", "jdbc:sqlite:" + index, "--format", "json");
        Invocation anew = Invocation.of("drift", experiment(), "--store", "jdbc:sqlite:" + other, "--format", "json");
        assertThat(anew.out()).isEqualTo(own.out());
        assertThat(Invocation.of("reindex", "--store", "nonsense").exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void aStoreThatIsNotAsItShouldBeIsWarnedOfAndTheRunIsFine() throws Exception {
        Files.createDirectories(folder.resolve("blocked/assay/index.db"));
        Files.writeString(folder.resolve("blocked/assay/calibration.json"), "{ cut off");
        Files.createFile(Files.createDirectories(folder.resolve("blocked/assay/runs/20990101-000000-0000"))
                .resolve("run.json"));
        try (Program program = Program.start(folder.resolve("blocked"), List.of(), Map.of(), "ab", "--a",
                "echo took 10", "--b", "echo took 10", "--metric-pattern", "took ([0-9.]+)", "--budget", "4s",
                "--quiet")) {
            assertThat(program.await()).as(program.said()).isZero();
            assertThat(program.said()).contains("warning: the run is kept but not in the history",
                    "calibration.json is not a whole calibration");
            assertThat(program.answered()).as("a run of a later date").contains("clock was set back");
        }
    }

    @Test
    void modelsAreFittedFromTables() throws IOException {
        StringBuilder knee = new StringBuilder("x,y\n");
        StringBuilder decay = new StringBuilder("x,rate\n");
        StringBuilder pause = new StringBuilder("heap,live,pause\n");
        for (int i = 1; i <= 24; i++) {
            double wobble = 0.01 * (i % 3 - 1);
            knee.append(i).append(',').append((i < 12 ? i : 12 + 5 * (i - 12)) + wobble).append('\n');
            decay.append(i).append(',').append(0.2 + 0.7 * Math.exp(-i / 6.0) + wobble / 10).append('\n');
            pause.append(i * 1e9).append(',').append((i % 5 + 1) * 1e8).append(',')
                    .append(0.001 + i * 1e9 / 20e9 + (i % 5 + 1) * 1e8 / 2e9 + wobble / 100).append('\n');
        }
        for (var table : Map.of("knee", knee, "decay", decay, "pause", pause).entrySet()) {
            Path file = Files.writeString(folder.resolve(table.getKey() + ".csv"), table.getValue());
            Invocation fitted = Invocation.of("model", table.getKey(), file.toString(), "--format", "json");
            assertThat(fitted.exit()).as(fitted.err()).isZero();
            AbCommandTest.fits("model.json", fitted.out());
            assertThat(Invocation.of("model", table.getKey(), file.toString()).out()).isNotBlank();
        }
        Path wrong = Files.writeString(folder.resolve("wrong.csv"), "a,b\n1,many\n");
        assertThat(Invocation.of("model", "knee", wrong.toString()).exit()).isEqualTo(Exit.USAGE);
        assertThat(Invocation.of("model", "knee", folder.resolve("absent.csv").toString()).exit())
                .isEqualTo(Exit.USAGE);
        assertThat(Invocation.of("model", "bend", wrong.toString()).exit()).isEqualTo(Exit.USAGE);
    }
}
