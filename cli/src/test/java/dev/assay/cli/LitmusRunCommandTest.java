package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LitmusRunCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void onX86Only() {
        assumeTrue(System.getProperty("os.arch").equals("amd64") && System.getProperty("os.name").equals("Linux"),
                "these tests are x86-64 machine code on Linux");
    }

    private int run(String... arguments) {
        return Assay.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    void runAnswersInJsonByItsSchema() throws IOException {
        assertThat(run("litmus", "run", "SB", "--for", "200ms", "--format", "json")).isEqualTo(Exit.FINE);
        fits("litmus-run.json", out.toString());
        JsonNode test = JsonMapper.builder().build().readTree(out.toString()).get("tests").get(0);
        assertThat(test.get("name").asString()).isEqualTo("SB");
        assertThat(test.get("instances").asLong()).isPositive();
        assertThat(err.toString()).contains("SB runs for");
    }

    @Test
    void whatContradictsTheModelIsAFindingAndKept() throws IOException {
        Path model = Files.writeString(folder.resolve("none.cat"), "\"none\"\nempty W as none\n");
        assertThat(run("litmus", "run", "MP", "--for", "100ms", "--model", model.toString(), "--evidence",
                folder.resolve("kept").toString(), "-q")).isEqualTo(Exit.FINDING);
        assertThat(out.toString()).contains("FORBIDDEN");
        try (var kept = Files.walk(folder.resolve("kept"))) {
            assertThat(kept.map(p -> p.getFileName().toString())).contains("test.litmus", "observed.json");
        }
    }

    @Test
    void anUnknownTestAndABadTimeAreUsageErrors() {
        assertThat(run("litmus", "run", "NOPE")).isEqualTo(Exit.USAGE);
        assertThat(run("litmus", "run", "SB", "--for", "soon")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("'NOPE'").contains("5s, but 'soon'");
    }

    @Test
    void tearingAnswersByItsSchemaAndIsCompared() throws IOException {
        assertThat(run("litmus", "tearing", "--memory", "heap-array", "--bits", "16", "--each", "1", "--format", "json",
                "-q")).isEqualTo(Exit.FINE);
        String here = out.toString();
        fits("tearing.json", here);
        Path file = Files.writeString(folder.resolve("here.json"), here);
        Path other = Files.writeString(folder.resolve("there.json"), here.replace("not seen to tear", "tears")
                .replace("saw no change", "tears"));
        out.getBuffer().setLength(0);
        assertThat(run("litmus", "tearing", "--compare", file.toString(), other.toString())).isEqualTo(Exit.FINDING);
        assertThat(out.toString()).contains("| heap array | 16 | plain | C2 | aligned |").contains("different");
        out.getBuffer().setLength(0);
        assertThat(run("litmus", "tearing", "--compare", file.toString(), file.toString(), "--format", "json"))
                .isEqualTo(Exit.FINE);
        fits("tearing-comparison.json", out.toString());
    }

    @Test
    void whatTearingIsNotAskedRightIsAUsageError() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{}");
        assertThat(run("litmus", "tearing", "--compare", other.toString(), other.toString())).isEqualTo(Exit.USAGE);
        assertThat(run("litmus", "tearing", "--memory", "stack")).isEqualTo(Exit.USAGE);
        assertThat(run("litmus", "tearing", "--bits", "24")).isEqualTo(Exit.USAGE);
        assertThat(run("litmus", "tearing", "--compare", "missing.json")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("other.json holds no answer").contains("'stack'").contains("but was 24")
                .contains("missing.json cannot be read");
    }

    private static void fits(String schema, String json) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "schemas", schema));
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
        assertThat(compiled.validate(json, InputFormat.JSON)).isEmpty();
    }
}
