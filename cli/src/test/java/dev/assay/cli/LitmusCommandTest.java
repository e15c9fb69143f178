package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LitmusCommandTest {
    private static final String SB = "X86_64 SB\n{ }\n P0 | P1 ;\n movl $1,(x) | movl $1,(y) ;\n movl (y),%eax | movl (x),%eax ;\n"
            + "exists (0:rax=0 /\\ 1:rax=0)\n";

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Assay.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private String test(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file.toString();
    }

    @Test
    void allowAnswersInTheHerdtoolsFormat() throws IOException {
        assertThat(run("litmus", "allow", test("SB.litmus", SB), "--format", "herd")).isEqualTo(Exit.FINE);
        assertThat(out.toString()).startsWith("Test SB Allowed\nStates 4\n").contains("Observation SB Sometimes 1 3");
    }

    @Test
    void allowAnswersInJsonAndTakesAUsersModel() throws IOException {
        String model = test("mine.cat", "\"mine\"\ninclude \"order.cat\"\nacyclic order as mine");
        test("order.cat", "let order = po | rf | fr | co");
        assertThat(run("litmus", "allow", test("SB.litmus", SB), "--format", "json", "--model", model, "--show"))
                .isEqualTo(Exit.FINE);
        JsonNode document = JsonMapper.builder().build().readTree(out.toString());
        assertThat(document.get("schema").asString()).isEqualTo("assay.litmus-model/1");
        JsonNode answer = document.get("tests").get(0);
        assertThat(answer.get("observation").asString()).isEqualTo("Never");
        assertThat(answer.get("explanation").asString()).contains("cycle:");
    }

    @Test
    void allowRefusesABadTestWithItsPlaceAndStillDecidesTheOthers() throws IOException {
        String bad = test("bad.litmus", SB.replace("movl $1,(x)", "bogus $1,(x)"));
        assertThat(run("litmus", "allow", bad, test("good.litmus", SB))).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("bad.litmus:4:2").contains("'bogus'");
        assertThat(out.toString()).contains("SB (X86_64, model x86-tso)");
    }

    @Test
    void allowRefusesABadModelWithItsPlace() throws IOException {
        String model = test("bad.cat", "acyclic po | (");
        assertThat(run("litmus", "allow", test("SB.litmus", SB), "--model", model)).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("bad.cat:1:");
    }

    @Test
    void allowDrawsTheExecution() throws IOException {
        assertThat(run("litmus", "allow", test("SB.litmus", SB), "--svg", folder.resolve("svg").toString()))
                .isEqualTo(Exit.FINE);
        assertThat(Files.readString(folder.resolve("svg/SB.svg"))).startsWith("<svg").contains("x86-tso allows this");
    }

    @Test
    void generateWritesTestsThatAllowReads() {
        Path tests = folder.resolve("tests");
        assertThat(run("litmus", "generate", "--arch", "aarch64", "--size", "4", "-o", tests.toString()))
                .isEqualTo(Exit.FINE);
        assertThat(run("litmus", "allow", tests.toString(), "--format", "markdown")).isEqualTo(Exit.FINE);
        assertThat(out.toString()).contains("| MP+dmb.sys | armv8 |");
    }

    @Test
    void generateRefusesAnUnknownStep() {
        assertThat(run("litmus", "generate", "--arch", "x86_64", "PodWW", "Rfx")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("'Rfx'");
    }
}
