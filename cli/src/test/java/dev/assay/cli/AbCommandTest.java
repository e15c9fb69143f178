package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@EnabledOnOs(OS.LINUX)
class AbCommandTest {
    private static final String[] PRINTED = {"--metric-pattern", "took ([0-9.]+)", "--unit", "ms", "--budget", "4s",
        "--quiet"};

    @TempDir
    Path folder;

    private static Invocation ab(String a, String b, String... more) {
        String[] all = java.util.stream.Stream
                .of(new String[]{"ab", "--a", a, "--b", b}, PRINTED, more).flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
        return Invocation.of(all);
    }

    static void fits(String schema, String json) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "schemas", schema));
        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON).validate(json, InputFormat.JSON);
        assertThat(errors).as(json).isEmpty();
    }

    @Test
    void slowerIsExitOneAndJsonKeepsItsContract() throws IOException {
        Invocation slower = ab("echo took 10", "echo took 12", "--format", "json");
        assertThat(slower.exit()).as(slower.err()).isEqualTo(Exit.FINDING);
        fits("comparison.json", slower.out());
        assertThat(slower.out()).contains("\"verdict\" : \"slower\"").contains("\"exit\" : 1");
    }

    @Test
    void fasterIsExitZeroAndMarkdownSaysSo() {
        Invocation faster = ab("echo took 12", "echo took 10", "--format", "markdown");
        assertThat(faster.exit()).isZero();
        assertThat(faster.out()).startsWith("### Assay: B is faster than A").contains("| **▾ faster**");
    }

    @Test
    void aSubjectThatCannotBeRunIsExitTwoInEveryForm() throws Exception {
        Path junit = folder.resolve("junit.xml");
        Invocation broken = ab("echo took 1", "exit 3", "--junit", junit.toString(), "-o", folder.toString());
        assertThat(broken.exit()).isEqualTo(Exit.USAGE);
        assertThat(broken.out()).contains("Cannot be run").contains("exit code 3");
        var suite = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(junit.toFile())
                .getDocumentElement();
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        fits("comparison.json", Files.readString(folder.resolve("comparison.json")));
        fits("run.json", Files.readString(folder.resolve("run.json")));
        assertThat(folder.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void wrongUsageIsASentence() {
        assertThat(Invocation.of("ab")).satisfies(i -> {
            assertThat(i.exit()).isEqualTo(Exit.USAGE);
            assertThat(i.err()).contains("nothing to compare");
        });
        assertThat(Invocation.of("ab", "--a", "true").err()).contains("--b is missing");
        assertThat(Invocation.of("ab", "--a", "true", "--b", "true", "stray").err()).contains("quote each command");
        assertThat(Invocation.of("ab", "--jmh", "absent.jar", "other.jar").err())
                .contains("there is no jar absent.jar");
        assertThat(Invocation.of("ab", "--a", "true", "--b", "true", "--threshold", "many").err())
                .contains("not a share");
        assertThat(Invocation.of("ab", "--jvm-a", "/nowhere", "--", "-version").exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void oneCommandUnderTwoOptionSetsRuns() {
        Invocation sets = Invocation.of("ab", "--options-a=-Xmx64m", "--options-b=-Xmx80m", "--budget", "6s", "--quiet",
                "--", "-version");
        assertThat(sets.exit()).as(sets.err() + sets.out()).isIn(Exit.FINE, Exit.FINDING);
        assertThat(sets.out()).contains("wall time").contains("peak memory");
    }

    @Test
    void interruptedItReportsWhatItHas() throws Exception {
        try (Program program = Program.start(folder, List.of(), Map.of(), "ab", "--a", "sleep 0.01", "--b",
                "sleep 0.01", "--budget", "5m", "--threshold", "0.0001")) {
            program.awaitLine("block 2 ");
            program.interrupt();
            assertThat(program.await()).isEqualTo(130);
            assertThat(program.answered()).as("the partial verdict").contains("Cannot tell");
        }
        try (var runs = Files.list(folder.resolve("assay/runs"))) {
            Path run = runs.toList().getFirst();
            assertThat(Files.readString(run.resolve("run.json"))).contains("cut-short");
            assertThat(run.resolve("report.html")).isNotEmptyFile();
        }
    }
}
