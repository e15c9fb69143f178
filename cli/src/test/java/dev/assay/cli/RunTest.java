package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.lab.Archive;
import dev.assay.lab.Doubt;
import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
import dev.assay.lab.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The main job from end to end, with everything that can happen to it. */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class RunTest {
    private static final String EXPERIMENT = "layout.false-sharing";

    @TempDir
    Path store;

    private Run onlyRun() {
        RunStore runs = RunStore.ofUser(Map.of("XDG_DATA_HOME", store.toString()));
        assertThat(runs.ids()).hasSize(1);
        return Archive.load(runs.folder(runs.ids().getFirst()));
    }

    private static void run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void aRunLeavesItsRecordAndItsPageInBothPlaces(@TempDir Path out) throws Exception {
        try (Program program = Program.start(store, List.of(), Map.of(), "run", EXPERIMENT, "--budget", "12s", "-o",
                out.resolve("new").toString())) {
            assertThat(program.await()).as(program.said()).isEqualTo(Exit.FINE);
        }
        Run run = Archive.load(out.resolve("new"));
        assertThat(run.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(Finding.Status.MEASURED);
            assertThat(finding.summaries()).hasSizeGreaterThanOrEqualTo(2);
        });
        assertThat(out.resolve("new/report.html")).isNotEmptyFile();
        assertThat(Archive.json(onlyRun())).isEqualTo(Archive.json(run));
    }

    @Test
    void anInterruptedRunKeepsAndReportsWhatItMeasured() throws Exception {
        try (Program program = Program.start(store, List.of(), Map.of(), "run", EXPERIMENT, "--budget", "10m")) {
            program.awaitLine("block 1 ");
            program.interrupt();
            assertThat(program.await()).isEqualTo(130);
            assertThat(program.handle().descendants()).isEmpty();
        }
        Run run = onlyRun();
        assertThat(run.findings().getFirst().evidence().blocks()).isNotEmpty();
        assertThat(run.findings().getFirst().doubts()).extracting(Doubt::kind).contains(Doubt.Kind.CUT_SHORT);
        assertThat(store.resolve("assay/runs/" + run.id() + "/report.html")).isNotEmptyFile();
    }

    /** A JVM that the program runs a trial in, started whole: before, it is the JDK's own helper for starting processes. */
    private static ProcessHandle trial(Program program) {
        while (true) {
            assertThat(program.handle().isAlive()).as(program.said()).isTrue();
            Optional<ProcessHandle> java = program.handle().children()
                    .filter(child -> child.info().command().orElse("").endsWith("java")).findFirst();
            if (java.isPresent()) {
                return java.get();
            }
        }
    }

    @Test
    void killingATrialLosesThatTrialOnly() throws Exception {
        try (Program program = Program.start(store, List.of(), Map.of(), "run", EXPERIMENT, "--budget", "5m")) {
            program.awaitLine("block 1 ");
            do {
                // It may be about to end by itself: then another is killed in the next block.
                trial(program).destroyForcibly();
            } while (!program.awaitLine("signal 9", ", block ").contains("signal 9"));
            program.awaitLine(", block ");
            program.interrupt();
            program.await();
        }
        Finding finding = onlyRun().findings().getFirst();
        assertThat(finding.evidence().blocks()).flatExtracting(b -> b.trials())
                .filteredOn(t -> t.outcome() instanceof Trial.Outcome.Crashed).isNotEmpty()
                .allSatisfy(t -> assertThat(t.failure().get()).contains("signal 9"));
        assertThat(finding.evidence().blocks()).flatExtracting(b -> b.trials())
                .filteredOn(t -> t.failure().isEmpty()).hasSizeGreaterThan(2);
        assertThat(finding.doubts()).extracting(Doubt::kind).contains(Doubt.Kind.FAILED_TRIALS);
        assertThat(finding.evidence().blocks()).hasSizeGreaterThan(1);
    }

    @Test
    void aFullDiskIsSaidAndTheAnswerStillReachesTheScreen() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "mounting a small tmpfs needs root");
        try {
            run("mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", store.toString());
        } catch (AssertionError e) {
            assumeTrue(false, "this sandbox does not allow mounts: " + e.getMessage());
        }
        try (Program program = Program.start(store, List.of(), Map.of(), "run", EXPERIMENT, "--budget", "12s")) {
            Files.write(store.resolve("filler"), new byte[20 << 10]);
            int exit = program.await();
            assertThat(exit).as(program.said()).isEqualTo(Exit.FAILED);
            assertThat(program.said()).contains("cannot be written").contains("No space left");
        } finally {
            run("umount", store.toString());
        }
    }

    @Test
    void aNormalUserWithoutRightsMeasuresToo() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "becoming another user needs root");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv (util-linux) is missing");
        // The class path of the build may lie in root's home.
        Path copies = Files.createDirectory(store.resolve("program"));
        String classPath = copied(System.getProperty("java.class.path"), copies);
        run("chmod", "-R", "a+rwX", store.toString());
        try (Program program = Program.start(classPath, store,
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs",
                        "--bounding-set=-all", "--inh-caps=-all"),
                Map.of("HOME", store.toString()), "run", EXPERIMENT, "--budget", "12s")) {
            assertThat(program.await()).as(program.said()).isEqualTo(Exit.FINE);
        }
        assertThat(onlyRun().findings().getFirst().status()).isEqualTo(Finding.Status.MEASURED);
    }

    /** A JDK like this one, whose trials do {@code instead}; $JAVA is the real program. */
    private Path jdkWhoseTrials(String instead) throws IOException {
        Path home = Files.createDirectories(store.resolve("jdk"));
        Path real = Path.of(System.getProperty("java.home"));
        Files.copy(real.resolve("release"), home.resolve("release"));
        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                JAVA=%s
                case "$*" in *TrialMain*) ;; *) exec "$JAVA" "$@" ;; esac
                %s
                """.formatted(real.resolve("bin/java"), instead));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home;
    }

    @Test
    void aTrialWhoseJvmCrashesIsToldWithItsReport() throws Exception {
        Path jdk = jdkWhoseTrials("\"$JAVA\" \"$@\" & trial=$!; sleep 0.6; kill -SEGV $trial; wait $trial");
        try (Program program = Program.start(store, List.of(), Map.of(), "run", EXPERIMENT, "--budget", "12s", "--jdk",
                jdk.toString())) {
            assertThat(program.await()).as(program.said()).isEqualTo(Exit.FAILED);
        }
        Run run = onlyRun();
        assertThat(run.findings().getFirst().status()).isEqualTo(Finding.Status.FAILED);
        assertThat(run.findings().getFirst().evidence().blocks()).flatExtracting(b -> b.trials()).first()
                .satisfies(t -> assertThat(t.outcome()).isInstanceOf(Trial.Outcome.Crashed.class));
        try (Stream<Path> kept = Files.walk(store.resolve("assay/runs/" + run.id()))) {
            assertThat(kept.map(Path::toString)).anyMatch(file -> file.contains("hs_err"));
        }
    }

    @Test
    void aTrialThatNeverEndsIsEnded() throws Exception {
        try (Program program = Program.start(store, List.of(), Map.of(), "run", EXPERIMENT, "--budget", "12s", "--jdk",
                jdkWhoseTrials("exec sleep 1000").toString())) {
            assertThat(program.await()).as(program.said()).isEqualTo(Exit.FAILED);
            assertThat(program.said()).contains("did not end within");
            assertThat(program.handle().descendants()).isEmpty();
        }
        assertThat(onlyRun().findings().getFirst().status()).isEqualTo(Finding.Status.FAILED);
    }

    @Test
    void aTrialThatPrintsMegabytesIsMeasuredLikeAnyOther() throws Exception {
        Path jdk = jdkWhoseTrials("head -c 30000000 /dev/zero | tr '\\0' 'x'; exec \"$JAVA\" \"$@\"");
        try (Program program = Program.start(store, List.of(), Map.of(), "run", EXPERIMENT, "--budget", "12s", "--jdk",
                jdk.toString())) {
            assertThat(program.await()).as(program.said()).isEqualTo(Exit.FINE);
        }
        Run run = onlyRun();
        assertThat(run.findings().getFirst().status()).isEqualTo(Finding.Status.MEASURED);
        try (Stream<Path> kept = Files.walk(store.resolve("assay/runs/" + run.id()))) {
            assertThat(kept.mapToLong(file -> file.toFile().length()).sum()).isLessThan(5_000_000);
        }
    }

    private static String copied(String classPath, Path to) throws IOException, InterruptedException {
        List<String> copies = new ArrayList<>();
        for (String entry : classPath.split(":")) {
            Path copy = to.resolve(copies.size() + "-" + Path.of(entry).getFileName());
            if (Files.exists(Path.of(entry))) {
                run("cp", "-r", entry, copy.toString());
                copies.add(copy.toString());
            }
        }
        return String.join(":", copies);
    }
}
