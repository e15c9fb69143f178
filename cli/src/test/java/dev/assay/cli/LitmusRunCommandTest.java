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
        String schema = Files.readString(Path.of("..", "docs", "schemas", "litmus-run.json"));
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
        assertThat(compiled.validate(out.toString(), InputFormat.JSON)).isEmpty();
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
}
