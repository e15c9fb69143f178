package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What observers tell where no program may be loaded, on saved files of /proc and as a user without permission. */
class FallbackTest {
    private static final int NOBODY = 65534;

    @TempDir
    private Path folder;

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Map<ProcCounters.Key, ProcCounters.Count> read(ObserverKind kind) {
        return new ProcCounters(folder).read(kind, OptionalInt.empty());
    }

    @Test
    void countersAreReadFromTheirFiles() throws IOException {
        file("42/task/43/schedstat", "5000 700 9\n");
        file("42/task/43/status", "Name:\tx\nvoluntary_ctxt_switches:\t4\nnonvoluntary_ctxt_switches:\t8\n");
        file("42/task/43/stat", "43 (a ) b) S 1 1 1 0 -1 4194304 120 0 7 0 3 4 0 0\n");
        file("42/task/43/io", "rchar: 1\nwchar: 2\nsyscr: 31\nsyscw: 17\n");
        file("diskstats", " 254 0 vda 10 0 80 25 20 0 160 55 0 60 80 0 0 0 0 0 0\n");
        file("net/snmp", "Tcp: RtoAlgorithm RetransSegs InErrs\nTcp: 1 66 0\n");
        file("vmstat", "oom_kill_other 5\noom_kill 3\n");
        file("pressure/cpu", "some avg10=0.00 avg60=0.00 avg300=0.00 total=1234\nfull avg10=0 total=9\n");
        assertThat(read(ObserverKind.RUNQLAT)).containsExactly(Map.entry(new ProcCounters.Key(42, 43, "", "all cores"),
                new ProcCounters.Count(9, 700)));
        assertThat(read(ObserverKind.OFFCPU).values()).singleElement().extracting(ProcCounters.Count::times).isEqualTo(
                4L);
        assertThat(read(ObserverKind.FAULTS).values()).containsExactly(new ProcCounters.Count(127, 0));
        assertThat(read(ObserverKind.SYSCALLS).values()).containsExactlyInAnyOrder(new ProcCounters.Count(31, 0),
                new ProcCounters.Count(17, 0));
        assertThat(read(ObserverKind.BLOCKIO)).containsEntry(new ProcCounters.Key(0, 0, "vda", "write"),
                new ProcCounters.Count(20, 55_000_000));
        assertThat(read(ObserverKind.RETRANSMITS).values()).containsExactly(new ProcCounters.Count(66, 0));
        assertThat(new ProcCounters(folder).oomKills()).hasValue(3);
        assertThat(new ProcCounters(folder).pressureMicros("cpu")).hasValue(1234);
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("7/task/7"));
        ProcFallback fallback = new ProcFallback(folder);
        for (ObserverKind kind : List.of(ObserverKind.RUNQLAT, ObserverKind.BLOCKIO, ObserverKind.FUTEX)) {
            assertThatThrownBy(() -> fallback.observe(kind, OptionalInt.empty(), Duration.ofMillis(1), "no permission"))
                    .isInstanceOf(BpfException.Refused.class).hasMessageContaining("no permission")
                    .hasMessageContaining("/proc");
        }
        file("7/task/7/schedstat", "1 1 1\n");
        assertThat(fallback.observe(ObserverKind.RUNQLAT, OptionalInt.empty(), Duration.ofMillis(1), "none").missing())
                .anyMatch(m -> m.contains("psi=1"));
    }

    @Test
    void aUserWithoutPermissionIsToldWhatProcKnowsAndWhatIsMissing() throws Exception {
        Available.kernelTypes();
        assumeTrue(new com.sun.security.auth.module.UnixSystem().getUid() == 0, "only root can become another user");
        Available.command("setpriv");
        Path classes = Files.createTempDirectory("assay-nobody",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions
                        .fromString("rwxr-xr-x")));
        try {
            copy(BtfFile.class, classes);
            copy(FallbackTrial.class, classes);
            for (ObserverKind kind : ObserverKind.values()) {
                String said = Available.run(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
                        "--clear-groups", "--inh-caps=-all", Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString(),
                        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
                        classes.toString(), FallbackTrial.class.getName(), kind.word())).text();
                if (kind == ObserverKind.FUTEX) {
                    assertThat(said).startsWith("refused ").contains("CAP_BPF").contains("/proc has no count");
                } else {
                    assertThat(said).as(kind.word()).contains("source proc").contains("missing no programs in the "
                            + "kernel").contains("CAP_BPF");
                }
                if (List.of(ObserverKind.RUNQLAT, ObserverKind.OFFCPU, ObserverKind.SYSCALLS).contains(kind)) {
                    assertThat(said).as(kind.word()).contains("\nrow ");
                }
            }
        } finally {
            delete(classes);
        }
    }

    private static void copy(Class<?> one, Path to) throws Exception {
        Path from = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        assumeTrue(Files.isDirectory(from), "classes come from a jar");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
