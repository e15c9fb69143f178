package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** check, calibrate, compare, gate, drift and choose, from their arguments to their exit codes. */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class DecideCommandsTest {
    @TempDir
    Path folder;

    /** A run that holds one comparison of commands, archived in a folder of its own. */
    private Path run(String name, String value) {
        Path to = folder.resolve(name);
        Invocation made = Invocation.of("ab", "--a", "echo took 10", "--b", "echo took " + value, "--metric-pattern",
                "took ([0-9.]+)", "--unit", "ms", "--budget", "4s", "--quiet", "-o", to.toString());
        assertThat(made.exit()).as(made.err()).isIn(Exit.FINE, Exit.FINDING);
        return to;
    }

    private Path claims(String yaml) throws IOException {
        return Files.writeString(folder.resolve("claims.yaml"), yaml);
    }

    @Test
    void checkJudgesPromisesAboutCommands() throws IOException {
        Path file = claims("""
                - id: kept
                  says: b prints no more than a
                  ab: { a: echo took 10, b: echo took 10, metric-pattern: 'took ([0-9.]+)', unit: ms }
                  expect: { ratio: { at-most: 1.0 } }
                - id: broken
                  says: b prints half
                  ab: { a: echo took 10, b: echo took 9, metric-pattern: 'took ([0-9.]+)', unit: ms }
                  expect: { ratio: { at-most: 0.5 } }
                - id: alone
                  says: it prints less than 20 ms
                  ab: { b: 'echo took $TOOK', metric-pattern: 'took ([0-9.]+)', unit: ms, env: { TOOK: 10 }, teardown: 'true' }
                  expect: { value: { at-most: 0.02, unit: s } }
                """);
        AbCommandTest.fits("claims.json", tools.jackson.databind.json.JsonMapper.builder().build().writeValueAsString(
                tools.jackson.dataformat.yaml.YAMLMapper.builder().build().readValue(Files.readString(file),
                        Object.class)));
        Invocation check = Invocation.of("check", file.toString(), "--budget", "8s", "--quiet", "--format", "json");
        assertThat(check.exit()).as(check.err() + check.out()).isEqualTo(Exit.FINDING);
        AbCommandTest.fits("verdicts.json", check.out());
        assertThat(check.out()).contains("\"refuted\"")
                .contains("value in s 0.01000 (0.01000 to 0.01000), expected at most 0.02");
        assertThat(check.out().split("\"supported\"", -1)).hasSize(3);
    }

    @Test
    void checkNamesFileAndLineOfWhatIsWrongAndNothingTestableIsExitThree() throws IOException {
        Path wrong = claims("- id: a\n  says: b\n  experiment: no.such\n  expect: { ratio: { at-most: 1 } }\n");
        Invocation refused = Invocation.of("check", wrong.toString());
        assertThat(refused.exit()).isEqualTo(Exit.USAGE);
        assertThat(refused.err()).contains("claims.yaml:1: a: there is no experiment 'no.such'");
        Path none = claims("- id: a\n  says: b\n  untestable: because\n");
        assertThat(Invocation.of("check", none.toString()).exit()).isEqualTo(Exit.UNTESTABLE);
    }

    @Test
    void theClaimBookFitsItsSchemaAndItsPageIsCurrent() throws IOException {
        Object book = tools.jackson.dataformat.yaml.YAMLMapper.builder().build()
                .readValue(Files.readString(Path.of("..", "claims", "catalogue.yaml")), Object.class);
        AbCommandTest.fits("claims.json",
                tools.jackson.databind.json.JsonMapper.builder().build().writeValueAsString(book));
        Invocation page = Invocation.of("check", "--list", "--format", "markdown");
        assertThat(Path.of("..", "docs", "claims.md"))
                .as("stale; assay check --list --format markdown > docs/claims.md").hasContent(page.out());
    }

    @Test
    void runsAreComparedAndGated() throws IOException {
        Path base = run("base", "10");
        Path same = run("same", "10");
        Path slow = run("slow", "12");
        Invocation compare = Invocation.of("compare", base.toString(), slow.toString(), "--format", "json");
        assertThat(compare.exit()).as(compare.err()).isEqualTo(Exit.FINDING);
        AbCommandTest.fits("comparison.json", compare.out());
        Invocation several = Invocation.of("compare", base.toString(), same.toString(), slow.toString(), "--format",
                "json");
        assertThat(several.exit()).as(several.err()).isEqualTo(Exit.FINDING);
        AbCommandTest.fits("comparisons.json", several.out());
        assertThat(Invocation.of("gate", base.toString(), same.toString()).exit()).isZero();
        Invocation blocked = Invocation.of("gate", base.toString(), slow.toString(), "--annotate", "github");
        assertThat(blocked.exit()).isEqualTo(Exit.FINDING);
        assertThat(blocked.out()).contains("Blocked: 1 breach").contains("::error title=Assay%3A ab.commands");
        assertThat(Invocation.of("gate", base.toString(), slow.toString(), "--annotate", "azure").out())
                .contains("##vso[task.logissue type=error]Assay: ab.commands").contains(" %AZP25 worse");
        assertThat(Invocation.of("gate", base.toString(), slow.toString(), "--annotate", "teamcity").out())
                .contains("##teamcity[buildProblem description='Assay: ab.commands");
        assertThat(Invocation.of("gate", base.toString(), slow.toString(), "--limit", "ab=30%").exit()).isZero();
        assertThat(Invocation.of("gate", base.toString(), slow.toString(), "--limit", "ab=much").err())
                .contains("--limit ab: 'much' is not a share");
        Invocation groups = Invocation.of("gate", "--group", "x=" + base, "--group", "y=" + slow, "--format", "json");
        assertThat(groups.exit()).isEqualTo(Exit.FINDING);
        AbCommandTest.fits("gate.json", groups.out());
        assertThat(Invocation.of("gate", base.toString()).err()).contains("a baseline and a candidate");
    }

    @Test
    void aMachineIsChosenByAProfile() throws IOException {
        run("fast", "10");
        Path profile = Files.writeString(folder.resolve("profile.yaml"), """
                machines:
                  - { name: fast, run: %s/fast, price: 2 }
                  - { name: again, run: %s/fast, price: 1 }
                criteria:
                  - { experiment: ab.commands, variant: B, weight: 1 }
                price: { weight: 1 }
                """.formatted(folder, folder));
        Invocation choose = Invocation.of("choose", profile.toString());
        assertThat(choose.exit()).as(choose.err()).isZero();
        assertThat(choose.out()).contains("Best for this profile: again");
        AbCommandTest.fits("choice.json", Invocation.of("choose", profile.toString(), "--format", "json").out());
        assertThat(Invocation.of("choose", profile.toString(), "--format", "markdown").out()).contains("| machine |");
        assertThat(Invocation.of("choose", folder.resolve("absent.yaml").toString()).exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void aCalibrationFitsItsSchemaAndIsShownAgain() throws IOException {
        Invocation calibrate = Invocation.of("calibrate", "--budget", "8s", "--each", "1s", "--seed", "3", "--quiet",
                "--format", "json", "-o", folder.toString());
        assertThat(calibrate.exit()).as(calibrate.err()).isZero();
        AbCommandTest.fits("calibration.json", calibrate.out());
        AbCommandTest.fits("calibration.json", Files.readString(folder.resolve("calibration.json")));
        assertThat(folder.resolve("calibration.html")).isNotEmptyFile();
        assertThat(Invocation.of("calibrate", "--show", "--format", "json").out()).isEqualTo(calibrate.out());
    }

    @Test
    void driftWithoutHistoryAndCalibrationWithoutTimeSaySo() {
        assertThat(Invocation.of("drift", "no.such-experiment").err()).contains("drift needs at least 4 runs");
        Invocation calibrate = Invocation.of("calibrate", "--budget", "3s");
        assertThat(calibrate.exit()).isEqualTo(Exit.USAGE);
        assertThat(calibrate.err()).contains("raise --budget");
    }
}
