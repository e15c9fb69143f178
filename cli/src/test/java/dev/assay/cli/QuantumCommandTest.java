package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QuantumCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path circuit;
    private Path mapped;

    @BeforeEach
    void circuit() throws IOException {
        circuit = folder.resolve("triangle.qasm");
        mapped = folder.resolve("mapped.qasm");
        Files.writeString(circuit, """
                OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; creg c[3];
                h q[0]; cx q[0],q[1]; cx q[1],q[2]; cx q[0],q[2]; measure q -> c;
                """);
    }

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Assay.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] words = new String[arguments.length + 1];
        words[0] = "quantum";
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].toString();
        }
        return line.execute(words);
    }

    private int map() {
        return run("map", circuit, "--device", "line:4", "--seed", 1, "--time", "300ms", "-o", mapped, "--format",
                "json");
    }

    @Test
    void mapAnswersWithTheContractAndVerifyAgrees() throws IOException {
        assertThat(map()).as(err.toString()).isEqualTo(Exit.FINE);
        AbCommandTest.fits("routing-1.schema.json", out.toString());
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.path("schema").asString()).isEqualTo("assay.routing/1");
        assertThat(json.path("swaps").asInt()).isEqualTo(1);
        assertThat(json.path("verified").asBoolean()).isTrue();
        assertThat(json.path("initial_layout").size()).isEqualTo(3);
        assertThat(json.path("final_layout").size()).isEqualTo(3);
        assertThat(json.has("depth") && json.has("duration") && json.has("millis")).isTrue();
        assertThat(run("verify", circuit, mapped, "--device", "line:4")).as(out.toString()).isEqualTo(Exit.FINE);
        assertThat(run("verify", circuit, circuit, "--device", "line:4")).isEqualTo(Exit.FINDING);
    }

    @Test
    void benchComparesAndResumes() throws IOException {
        Path baselines = folder.resolve("baselines.csv");
        Files.writeString(baselines, "circuit,device,sabre_swaps\ntriangle,line-4,2\n");
        Object[] bench = {"bench", "--circuits", folder, "--devices", "line:4", "--baselines", baselines, "--time",
            "500ms", "--threads", 1, "--store", folder.resolve("store.jsonl"), "--csv", folder.resolve("all.csv"),
            "--format", "json"};
        assertThat(run(bench)).as(err.toString()).isEqualTo(Exit.FINE);
        AbCommandTest.fits("routing-bench-1.schema.json", out.toString());
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.path("cases").get(0).path("verdict").asString()).isEqualTo("better");
        assertThat(json.path("totals").path("all").asInt()).isEqualTo(1);
        assertThat(err.toString()).contains("[1/1]");
        assertThat(run(bench)).isEqualTo(Exit.FINE);
        assertThat(err.toString()).doesNotContain("[1/1]");
        assertThat(folder.resolve("all.csv")).content().contains("triangle,line-4,1,2,better");
    }

    @Test
    void scheduleDrawGenerateAndDispatchAnswer() {
        assertThat(map()).isEqualTo(Exit.FINE);
        assertThat(run("schedule", mapped, "--device", "line:4", "--policy", "alap", "-o", folder.resolve("t.qasm"),
                "--format", "json")).isEqualTo(Exit.FINE);
        assertThat(JsonMapper.shared().readTree(out.toString()).path("makespan_ns").asDouble()).isPositive();
        assertThat(folder.resolve("t.qasm")).content().startsWith("OPENQASM 3;");
        assertThat(run("draw", mapped)).isEqualTo(Exit.FINE);
        assertThat(out.toString()).contains("swap");
        assertThat(run("draw", mapped, "--what", "device", "--device", "line:4", "-o", folder.resolve("d.svg")))
                .isEqualTo(Exit.FINE);
        assertThat(folder.resolve("d.svg")).content().startsWith("<svg");
        assertThat(run("generate", "--device", "grid:2x3", "--swaps", 2, "--gates", 20)).isEqualTo(Exit.FINE);
        assertThat(out.toString()).contains("needs exactly 2 swaps");
        assertThat(run("dispatch", mapped, "--device", "line:4", "--count", 2000, "--placement", "default", "--format",
                "json")).isEqualTo(Exit.FINE);
        assertThat(out.toString()).contains("\"out_of_order\" : 0");
    }

    @Test
    void wrongInputIsASentenceAndNothingIsWritten() throws IOException {
        Files.writeString(circuit, "OPENQASM 2.0;\nqreg q[2];\nfoo q[0];\n");
        assertThat(map()).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("triangle.qasm:3:1: the gate 'foo' is not known").doesNotContain("\tat ");
        assertThat(mapped).doesNotExist();
        assertThat(run("map", circuit, "--device", "line:4", "--time", "soon")).isEqualTo(Exit.USAGE);
        assertThat(run("map", folder.resolve("none.qasm"), "--device", "line:4")).isEqualTo(Exit.USAGE);
    }

    @Test
    void whereTheAnswerCannotGoIsSaidBeforeTheSearch() throws IOException {
        String before = Files.readString(circuit);
        assertThat(run("map", circuit, "--device", "line:4", "-o", circuit)).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("it is the file that is read");
        assertThat(circuit).content().isEqualTo(before);
        assertThat(run("map", circuit, "--device", "line:4", "-o", folder)).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("it is a folder");
        assertThat(run("draw", circuit, "-o", folder.resolve("none/x.svg"))).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("there is no folder");
        assertThat(run("schedule", circuit, "--device", "line:4")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("is not on a coupling of line-4; map the circuit first");
    }

    @Test
    void aResultThatWasCutShortIsRunAgainAndTheNextOneIsKept() throws IOException {
        Path store = folder.resolve("store.jsonl");
        Object[] bench = {"bench", "--circuits", folder, "--devices", "line:4", "--time", "300ms", "--store", store};
        assertThat(run(bench)).isEqualTo(Exit.FINE);
        String whole = Files.readString(store);
        Files.writeString(store, whole.substring(0, whole.length() / 2));
        assertThat(run(bench)).isEqualTo(Exit.FINE);
        assertThat(err.toString()).contains("is not a result", "[1/1]");
        assertThat(run(bench)).isEqualTo(Exit.FINE);
        assertThat(err.toString()).doesNotContain("[1/1]");
    }

    @Test
    void everyVerbHelpsWithAnExample() {
        for (String verb : new String[]{"map", "verify", "bench", "schedule", "draw", "generate", "dispatch"}) {
            assertThat(run(verb, "--help")).isEqualTo(Exit.FINE);
            assertThat(out.toString()).contains("Example:", "assay quantum " + verb);
        }
    }
}
