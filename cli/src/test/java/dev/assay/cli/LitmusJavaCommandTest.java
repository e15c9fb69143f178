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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java tests, pages, and what the commands answer in JSON. */
class LitmusJavaCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Assay.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    private void assertSchema(String name) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("..", "docs", "schemas", name)));
        assertThat(schema.validate(out.toString(), InputFormat.JSON)).isEmpty();
    }

    @Test
    void javaAnswersInJsonByTheSchemaOfRunsAndWritesAPage() throws IOException {
        assertThat(run("litmus", "java", "Counter+getAndAdd", "--quick", "--for", "300ms", "--format", "json", "-o",
                folder.toString())).isEqualTo(Exit.FINE);
        assertSchema("litmus-run.json");
        assertThat(out.toString()).contains("\"mixes\"").contains("\"interpreter\"");
        assertThat(Files.readString(folder.resolve("litmus-java.html"))).contains("Counter+getAndAdd")
                .contains("C2 | C2").contains("data:image/svg+xml").doesNotContain("<script");
    }

    @Test
    void whatContradictsTheModelIsAFindingAndKept() throws IOException {
        Path model = Files.writeString(folder.resolve("none.cat"), "\"none\"\nempty W as none\n");
        assertThat(run("litmus", "java", "CoWR", "--quick", "--for", "200ms", "--model", model.toString(), "--evidence",
                folder.resolve("kept").toString(), "-q")).isEqualTo(Exit.FINDING);
        assertThat(out.toString()).contains("FORBIDDEN");
        try (var kept = Files.walk(folder.resolve("kept"))) {
            assertThat(kept.map(p -> p.getFileName().toString())).contains("test.litmus", "observed.json");
        }
    }

    @Test
    void theTestsThatComeWithAssayAreListed() {
        assertThat(run("litmus", "java", "--list")).isEqualTo(Exit.FINE);
        assertThat(out.toString().lines()).contains("SB", "IRIW+volatiles", "Dekker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--corpus SB", "none"})
    void wrongUseIsTold(String arguments) {
        assertThat(run(("litmus java " + arguments).trim().split(" "))).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("assay: ").containsAnyOf("either tests or --corpus", "'none' is neither");
    }

    @Test
    void allowAnswersInJsonByItsSchemaAndWritesAPage() throws IOException {
        Path tests = folder.resolve("tests");
        assertThat(run("litmus", "generate", "--arch", "aarch64", "--size", "4", "-o", tests.toString()))
                .isEqualTo(Exit.FINE);
        out.getBuffer().setLength(0);
        assertThat(run("litmus", "allow", tests.toString(), "--format", "json", "-q", "-o", folder.toString()))
                .isEqualTo(Exit.FINE);
        assertSchema("litmus-model.json");
        assertThat(Files.readString(folder.resolve("litmus-allow.html"))).contains(">MP<").contains("forbidden");
    }

    @Test
    void compositeAnswersInJsonByItsSchema() throws IOException {
        assumeTrue(System.getProperty("os.arch").equals("amd64") && System.getProperty("os.name").equals("Linux"),
                "half of the designs are x86-64 machine code on Linux");
        assertThat(run("litmus", "composite", "--for", "50ms", "--format", "json", "-q", "-o", folder.toString()))
                .isEqualTo(Exit.FINE);
        assertSchema("litmus-composite.json");
        assertThat(folder.resolve("litmus-composite.html")).isRegularFile();
    }
}
