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
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class BpfCommandTest {
    private static final String OBJECTS = "../bpf/src/test/resources/objects/";
    private final StringWriter out = new StringWriter();

    @org.junit.jupiter.api.io.TempDir
    private Path folder;
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Assay.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private static void needsKernelTypes() {
        assumeTrue(Files.isReadable(Path.of("/sys/kernel/btf/vmlinux")), "this kernel shows no types");
    }

    /** Where programs may not be loaded, exit code 3 says so, and the test is skipped. */
    private static void needsLoading(int exit, StringWriter err) {
        assumeTrue(exit != Exit.UNTESTABLE, "programs may not be loaded here: " + err);
    }

    /** The answer keeps the contract that {@code docs/schemas} states, and the contract refuses an empty one. */
    private JsonNode valid(String schema) throws IOException {
        assertThat(schema(schema).validate(out.toString(), InputFormat.JSON)).as(out.toString()).isEmpty();
        assertThat(schema(schema).validate("{\"schema\":\"assay.bpf/0\"}", InputFormat.JSON)).isNotEmpty();
        return new ObjectMapper().readTree(out.toString());
    }

    private static Schema schema(String name) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(Files.readString(Path.of(
                "../docs/schemas", name)), InputFormat.JSON);
    }

    @Test
    void typesShowsAFieldAndItsNeighbours() {
        needsKernelTypes();
        assertThat(run("bpf", "types", "task_struct.pid")).isZero();
        assertThat(out.toString()).contains("pid_t, signed int, 4 bytes").contains("| pid ").contains("| tgid ");
    }

    @Test
    void typesReadsAnObjectAndAnswersInJsonAndC() throws IOException {
        assertThat(run("bpf", "types", "task_struct.tgid", "--btf", OBJECTS + "fits.el.o", "--format", "json"))
                .isZero();
        JsonNode type = valid("bpf-types.schema.json").get("types").get(0);
        assertThat(type.get("field").get("offsetBits").asInt()).isEqualTo(32);
        assertThat(type.get("field").get("kind").asString()).isEqualTo("signed int");
        assertThat(run("bpf", "types", "task_struct", "--btf", OBJECTS + "fits.el.o", "--format", "c")).isZero();
        assertThat(out.toString()).contains("struct task_struct {\n").contains("char comm[16];");
    }

    @Test
    void aMisspeltFieldIsAnsweredWithTheNearestAndExitCodeTwo() {
        assertThat(run("bpf", "types", "task_struct.tgit", "--btf", OBJECTS + "fits.el.o")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("the nearest name is tgid").doesNotContain("\tat ");
    }

    @Test
    void aFileThatIsNoObjectIsASentenceNotAStackTrace() {
        assertThat(run("bpf", "check", OBJECTS + "core.h", "--btf", OBJECTS + "fits.el.o")).isEqualTo(Exit.USAGE);
        assertThat(run("bpf", "check", OBJECTS + "absent.o", "--btf", OBJECTS + "fits.el.o")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("is not an ELF file").contains("absent.o cannot be read").doesNotContain(
                "\tat ");
    }

    @Test
    void diffProbeAndShowKeepTheirSchemas() throws IOException {
        assertThat(run("bpf", "diff", OBJECTS + "fits.el.o", OBJECTS + "glued.el.o", "--format", "json")).isEqualTo(
                Exit.FINDING);
        assertThat(valid("bpf-diff.schema.json").get("differences")).isNotEmpty();
        out.getBuffer().setLength(0);
        run("bpf", "probe", "--format", "json");
        assertThat(valid("bpf-probe.schema.json").get("ways")).hasSizeGreaterThan(10);
        out.getBuffer().setLength(0);
        run("bpf", "show", OBJECTS + "glued.el.o", "--format", "json");
        valid("bpf-show.schema.json");
    }

    @Test
    void aHeaderIsTheSameTheShortWayAndTheLong() {
        String[] arguments = {"bpf", "types", "--format", "c", "--btf", OBJECTS + "fits.el.o"};
        assertThat(run(arguments)).isZero();
        var bytes = new java.io.ByteArrayOutputStream();
        assertThat(BpfHeader.print(arguments, bytes)).isZero();
        assertThat(out.toString()).isEqualTo(bytes.toString(java.nio.charset.StandardCharsets.ISO_8859_1));
        bytes.reset();
        arguments[5] = OBJECTS + "core.h";
        assertThat(BpfHeader.print(arguments, bytes)).isEqualTo(Exit.USAGE);
        assertThat(bytes.size()).as("nothing is printed of what is no header").isZero();
    }

    @Test
    void aBaseWithoutWhatContinuesItIsASentence() {
        assertThat(run("bpf", "check", OBJECTS + "fits.el.o", "--base", OBJECTS + "fits.el.o")).isEqualTo(Exit.USAGE);
        assertThat(run("bpf", "types", "task_struct", "--base", OBJECTS + "fits.el.o")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("--base names what --btf FILE continues").doesNotContain("\tat ");
    }

    @Test
    void diffNamesWhatChangedWithExitCodeOne() {
        assertThat(run("bpf", "diff", OBJECTS + "fits.el.o", OBJECTS + "glued.el.o", "task_struct")).isEqualTo(
                Exit.FINDING);
        assertThat(out.toString()).contains("pid").contains("resized").contains("u64 at byte 0");
        assertThat(run("bpf", "diff", OBJECTS + "fits.el.o", OBJECTS + "fits.el.o")).isZero();
    }

    @Test
    void checkKeepsItsSchemaAndGivesExitCodeOneForWhatWouldNotLoad() throws IOException {
        assertThat(run("bpf", "check", OBJECTS + "renamed.el.o", OBJECTS + "fits.el.o", "--btf", OBJECTS
                + "fits.el.o", "--format", "json")).isEqualTo(Exit.FINDING);
        Schema schema = schema("bpf.schema.json");
        assertThat(schema.validate(out.toString(), InputFormat.JSON)).isEmpty();
        assertThat(schema.validate("{\"schema\":\"assay.bpf/1\",\"objects\":[{\"path\":1}]}", InputFormat.JSON))
                .isNotEmpty();
        JsonNode objects = new ObjectMapper().readTree(out.toString()).get("objects");
        assertThat(objects.get(0).get("loads").asBoolean()).isFalse();
        assertThat(objects.get(1).get("loads").asBoolean()).isTrue();
    }

    @Test
    void checkAgainstSeveralKernelsEndsWithAMatrix() {
        assertThat(run("bpf", "check", OBJECTS + "fits.el.o", "--btf", OBJECTS + "fits.el.o", "--btf", OBJECTS
                + "glued.el.o")).isEqualTo(Exit.FINDING);
        assertThat(out.toString().lines().toList().getLast()).contains("fits.el.o").contains("yes").endsWith("no");
    }

    @Test
    void checkOfTheGluedFieldWarnsOnThisKernel() {
        needsKernelTypes();
        assertThat(run("bpf", "check", OBJECTS + "glued.el.o")).isZero();
        assertThat(out.toString()).contains("warning").contains("glued together with tgid").contains("glued.c:");
    }

    @Test
    void aDeviceWithoutEndIsRefusedByItsFirstBytes() {
        assumeTrue(Files.exists(Path.of("/dev/zero")), "no /dev/zero here");
        assertThat(run("bpf", "types", "task_struct", "--btf", "/dev/zero")).isEqualTo(Exit.USAGE);
        assertThat(run("bpf", "check", "/dev/zero", "--btf", OBJECTS + "fits.el.o")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("BTF begins with eb9f").contains("is not an ELF file");
    }

    @Test
    void showDisassembles() {
        assertThat(run("bpf", "show", OBJECTS + "glued.el.o")).isZero();
        assertThat(out.toString()).contains("call helper 113").contains("exit");
    }

    @Test
    void loadLoadsOrSaysWhyNot() throws IOException {
        needsKernelTypes();
        int exit = run("bpf", "load", OBJECTS + "fits.el.o", "--attach", "--for", "20ms", "--format", "json");
        needsLoading(exit, err);
        assertThat(exit).isZero();
        assertThat(valid("bpf-load.schema.json").get("maps")).hasSize(3);
        out.getBuffer().setLength(0);
        assertThat(run("bpf", "load", OBJECTS + "renamed.el.o", "--format", "json")).isEqualTo(Exit.FINDING);
        assertThat(valid("bpf-load.schema.json").get("says").asString()).contains("renamed.c:");
        out.getBuffer().setLength(0);
        assertThat(run("bpf", "load", OBJECTS + "renamed.el.o")).isEqualTo(Exit.FINDING);
        assertThat(out.toString()).contains("does not load").contains("renamed.c:");
    }

    @Test
    void runAnswersWithHistogramsOrFallsBack() throws IOException {
        needsKernelTypes();
        int exit = run("bpf", "run", "runqlat", "--for", "100ms", "--format", "json", "--quiet");
        needsLoading(exit, err);
        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertThat(schema("bpf-observation.schema.json").validate(out.toString(), InputFormat.JSON)).isEmpty();
        assertThat(answer.get("observer").asString()).isEqualTo("runqlat");
        assertThat(answer.get("source").asString()).isIn("bpf", "proc");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void anUnknownObserverNamesTheKnownOnes() {
        assertThat(run("bpf", "run", "nothing")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("runqlat, offcpu");
        assertThat(run("bpf", "run", "runqlat", "--for", "5 parsecs")).isEqualTo(Exit.USAGE);
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefusedNotIgnored() {
        for (String[] wrong : new String[][]{{"runqlat", "--top", "0", "at least 1 row"}, {"runqlat", "--exec", "true",
            "which oom tells of"}, {"oom", "--pid", "1", "oom tells of every process"},
            {"runqlat", "--pid", "-7",
                "there is no process -7"}}) {
            err.getBuffer().setLength(0);
            assertThat(run("bpf", "run", wrong[0], wrong[1], wrong[2], "--for", "1ms")).isEqualTo(Exit.USAGE);
            assertThat(err.toString()).contains(wrong[3]).doesNotContain("\tat ");
        }
    }

    @Test
    void aFolderThatCannotHoldPinsIsAnErrorOfTheCallNotOfTheObject() {
        needsKernelTypes();
        int exit = run("bpf", "load", OBJECTS + "fits.el.o", "--pin", folder.toString());
        needsLoading(exit, err);
        assertThat(exit).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("bpf file system").contains("/sys/fs/bpf");
        assertThat(out.toString()).doesNotContain("does not load");
    }

    @Test
    void runOomEndsFineWhereNothingWasKilled() throws IOException {
        needsKernelTypes();
        int exit = run("bpf", "run", "oom", "--for", "10ms", "--format", "json");
        needsLoading(exit, err);
        assertThat(exit).isZero();
        assertThat(valid("bpf-oom.schema.json").get("kills")).isEmpty();
    }

    @Test
    void theUsersCommandIsStartedForAProcessThatWasEndedForMemory() throws Exception {
        needsKernelTypes();
        var limit = MemoryLimit.make();
        assumeTrue(limit.isPresent(), "no control group with a limit of memory can be made here");
        Path told = folder.resolve("told");
        try (MemoryLimit group = limit.get()) {
            int[] exit = {-1};
            Thread watch = Thread.ofPlatform().start(() -> exit[0] = run("bpf", "run", "oom", "--for", "60s", "--quiet",
                    "--format", "json", "--exec", "echo aloud; echo $ASSAY_OOM_PID >> " + told));
            java.util.List<String> victims = new java.util.ArrayList<>();
            while (!Files.exists(told) && watch.isAlive()) {
                // Until the watch has begun, kills pass unseen.
                Process victim = group.exhaust();
                victims.add(Long.toString(victim.pid()));
                assertThat(victim.waitFor()).isEqualTo(128 + 9);
            }
            watch.interrupt();
            watch.join();
            needsLoading(exit[0], err);
            assertThat(exit[0]).isEqualTo(Exit.FINDING);
            JsonNode answer = valid("bpf-oom.schema.json");
            assertThat(answer.get("kills").get(0).get("commandNanos").asLong()).isPositive().isLessThanOrEqualTo(answer
                    .get("longestDelayNanos").asLong());
            if (answer.get("source").asString().equals("bpf")) {
                assertThat(victims).contains(answer.get("kills").get(0).get("process").asString());
            }
        }
    }

    @Test
    void probeAnswersForEveryWayToAttach() {
        int exit = run("bpf", "probe");
        assertThat(exit).isIn(Exit.FINE, Exit.UNTESTABLE);
        assertThat(out.toString()).contains("raw tracepoint").contains("kprobe").contains("XDP");
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        for (String command : new String[]{"types", "diff", "check", "load", "run", "probe", "show"}) {
            out.getBuffer().setLength(0);
            assertThat(run("bpf", command, "--help")).isZero();
            assertThat(out.toString()).as(command).contains("assay bpf " + command);
        }
    }
}
