package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay machine} from end to end. */
class MachineCommandTest {
    private static final Path MACHINES = Path.of("../machine/src/test/resources/machines");
    @TempDir
    private Path directory;

    private record Ran(int exit, String out, String err) {}

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Assay.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        int exit = line.execute(arguments);
        return new Ran(exit, out.toString(), err.toString());
    }

    static Stream<Path> machines() throws Exception {
        return Files.list(MACHINES).sorted();
    }

    private static List<Error> against(String json) throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(
                        Path.of("../docs/schemas/machine.json")));
        return schema.validate(json, InputFormat.JSON);
    }

    @Test
    void theSheetIsReadInAMinute() {
        Ran ran = run("machine");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines()).hasSizeLessThan(90).allMatch(line -> line.length() <= 112);
        assertThat(ran.out()).contains("machine  ", "cores  ", "caches  ", "memory  ", "kernel  ", "limits  ");
    }

    @Test
    void theJsonOfThisMachineKeepsItsSchema() throws Exception {
        Ran ran = run("machine", "--format", "json");
        assertThat(ran.exit()).isZero();
        assertThat(against(ran.out())).isEmpty();
        JsonNode sheet = JsonMapper.shared().readTree(ran.out());
        assertThat(sheet.get("schema").asString()).isEqualTo("assay.machine/1");
        assertThat(sheet.get("toolchain").get("tools").isArray()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void theJsonOfEverySavedMachineKeepsItsSchema(Path machine) throws Exception {
        Ran ran = run("machine", "--root", machine.toString(), "--format", "json");
        assertThat(ran.exit()).isZero();
        assertThat(against(ran.out())).isEmpty();
        assertThat(JsonMapper.shared().readTree(ran.out()).has("toolchain")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void theJsonOfADamagedMachineKeepsItsSchemaToo(Path machine) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] noise = {"-1", "0", "99999999999999999999", "abc", "", "9223372036854775807", "NaN", "max"};
        String damaged = Files.readAllLines(machine.resolve("machine.txt")).stream().map(line -> line.startsWith("== ")
                || line.contains("Windows") || line.contains("macOS") || random.nextInt(8) > 0
                        ? line
                        : line.replaceAll("[0-9]+", noise[random.nextInt(noise.length)]))
                .collect(Collectors.joining(
                        "\n"));
        Ran ran = run("machine", "--format", "json", "--root", Files.writeString(directory.resolve("m.txt"), damaged
                .replaceAll("(?m)^(== .*) hex$", "$1")).toString());
        assertThat(ran.exit()).as("seed %d: %s", seed, ran.err()).isZero();
        assertThat(against(ran.out())).as("seed %d", seed).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatIsNoSheet() throws Exception {
        assertThat(against("{\"schema\":\"assay.machine/1\"}")).isNotEmpty();
        String json = run("machine", "--root", MACHINES.resolve("riscv").toString(), "--format", "json").out();
        assertThat(against(json.replace("\"uniform\"", "\"fast\""))).isNotEmpty();
        assertThat(against(json.replace("\"lineBytes\" : 64", "\"lineBytes\" : null"))).isNotEmpty();
    }

    @Test
    void markdownHasATableAndTheDrawing() {
        Ran ran = run("machine", "--root", MACHINES.resolve("laptop-hybrid").toString(), "--format", "markdown");
        assertThat(ran.out()).contains("| cores | 14 cores", "6 × L2 1.25 MiB", "**it runs on battery 80 %**");
    }

    @Test
    void theDrawingIsWritten() throws Exception {
        Path svg = directory.resolve("topology.svg");
        assertThat(run("machine", "--svg", svg.toString()).exit()).isZero();
        assertThat(Files.readString(svg)).startsWith("<svg ").endsWith("</svg>\n");
    }

    @Test
    void aMachineThatWasSavedIsReadElsewhere() {
        String file = directory.resolve("here.txt").toString();
        Ran saved = run("machine", "--save", file);
        assertThat(saved.exit()).isZero();
        assertThat(saved.out()).isEmpty();
        Ran read = run("machine", "--root", file);
        assertThat(read.exit()).isZero();
        assertThat(read.out().lines().filter(line -> line.startsWith("caches")).toList()).isEqualTo(run("machine").out()
                .lines().filter(line -> line.startsWith("caches")).toList());
    }

    @Test
    void whatCannotBeReadOrWrittenIsASentenceAndExitCodeTwo() throws Exception {
        Path garbage = Files.writeString(directory.resolve("garbage.txt"), "\u0000\u0001 not a machine");
        for (String[] arguments : new String[][]{{"machine", "--root", directory.resolve("absent").toString()},
            {"machine", "--root", directory.toString()}, {"machine", "--root", garbage.toString()},
            {"machine", "--svg", "/no/such/directory/x.svg"}, {"machine", "--save", "/no/such/directory/x"},
            {"machine", "--save", "x", "--root", "y"}, {"machine", "--format", "yaml"}}) {
            Ran ran = run(arguments);
            assertThat(ran.exit()).as(String.join(" ", arguments)).isEqualTo(Exit.USAGE);
            assertThat(ran.err()).isNotBlank().doesNotContain("\tat ");
        }
    }

    @Test
    void helpShowsAnExample() {
        assertThat(run("machine", "--help").out()).contains("Examples:", "--svg topology.svg");
    }
}
