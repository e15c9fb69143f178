package dev.assay.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images, layers in every compression, jmods, and files that resist. */
class ContainersTest {
    @TempDir
    Path folder;

    private static ScanReport scan(Path... paths) {
        return Scanner.scan(new ScanRequest(List.of(paths), Target.LINUX_AARCH64, EnumSet.of(ScanRequest.Check.natives),
                Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), 2, _ -> {}));
    }

    private static Status status(ScanReport report, String end) {
        return report.artifacts().stream().filter(artifact -> artifact.path().endsWith(end)).findFirst().orElseThrow()
                .status();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    /** Name and bytes by turns. */
    private static byte[] tar(Object... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < entries.length; i += 2) {
                byte[] data = (byte[]) entries[i + 1];
                TarArchiveEntry entry = new TarArchiveEntry((String) entries[i]);
                entry.setSize(data.length);
                tar.putArchiveEntry(entry);
                tar.write(data);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] compressed(FileKind kind, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = switch (kind) {
            case GZIP -> new GZIPOutputStream(bytes);
            case BZIP2 -> new BZip2CompressorOutputStream(bytes);
            case XZ -> new XZCompressorOutputStream(bytes);
            case ZSTD -> new ZstdCompressorOutputStream(bytes);
            case TAR -> bytes;
            default -> throw new AssertionError(kind);
        }) {
            out.write(data);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(value = FileKind.class, names = {"GZIP", "BZIP2", "XZ", "ZSTD"})
    void a_layer_is_read_whatever_compressed_it(FileKind kind) throws IOException {
        byte[] jar = Samples.zip("libfoo.so", Samples.elf(Samples.X86_64));
        Path layer = file("blobs/sha256/abc",
                compressed(kind, tar("app/foo.jar", jar, "app/readme", new byte[70_000])));
        assertThat(status(scan(layer), "abc!/app/foo.jar")).isEqualTo(Status.BROKEN);
        assertThat(scan(layer).findings()).extracting(Finding::rule).containsExactly("natives.broken");
    }

    @Test
    void an_image_as_docker_saves_it_is_read_through_its_layers_and_judged_by_its_configuration() throws IOException {
        byte[] amd = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\"}}"
                .getBytes(StandardCharsets.UTF_8);
        byte[] arm = new String(amd, StandardCharsets.UTF_8).replace("amd64", "arm64").getBytes(StandardCharsets.UTF_8);
        byte[] layer = tar("lib/libfoo.so", Samples.elf(Samples.AARCH64));
        ScanReport wrong = scan(file("amd.tar", tar("blobs/sha256/c0ff", amd, "blobs/sha256/1a", layer)));
        assertThat(status(wrong, "amd.tar")).isEqualTo(Status.BROKEN);
        assertThat(wrong.findings()).extracting(Finding::rule).contains("natives.image-architecture");
        assertThat(status(scan(file("arm.tar", tar("blobs/sha256/c0ff", arm, "blobs/sha256/1a", layer))), "arm.tar"))
                .isEqualTo(Status.READY);
    }

    @Test
    void a_layout_folder_names_the_layer() throws IOException {
        file("image/oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        file("image/blobs/sha256/aa",
                compressed(FileKind.ZSTD, tar("usr/lib/libfoo.so", Samples.elf(Samples.X86_64))));
        ScanReport report = scan(folder.resolve("image"));
        assertThat(report.findings()).singleElement()
                .satisfies(finding -> assertThat(finding.artifact()).endsWith("sha256/aa"));
    }

    @Test
    void a_jmod_is_read_behind_its_own_header() throws IOException {
        byte[] zip = Samples.zip("classes/a/B.class", Samples.plainClass("a.B"), "lib/libfoo.so",
                Samples.elf(Samples.X86_64));
        byte[] jmod = new byte[zip.length + 4];
        jmod[0] = 'J';
        jmod[1] = 'M';
        jmod[2] = 1;
        System.arraycopy(zip, 0, jmod, 4, zip.length);
        assertThat(status(scan(file("own.jmod", jmod)), "own.jmod")).isEqualTo(Status.BROKEN);
    }

    @Test
    void the_jmods_of_the_running_jdk_are_read() {
        Path real = Path.of(System.getProperty("java.home"), "jmods", "java.base.jmod");
        Assumptions.assumeTrue(Files.exists(real), "this JDK has no jmods (JEP 493)");
        ScanReport report = scan(real);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        assertThat(status(report, "java.base.jmod")).isEqualTo(arm ? Status.READY : Status.BROKEN);
    }

    @Test
    void damaged_layers_are_said_so_and_the_rest_is_scanned() throws IOException {
        List<Path> paths = new ArrayList<>();
        for (FileKind kind : List.of(FileKind.GZIP, FileKind.BZIP2, FileKind.XZ, FileKind.ZSTD)) {
            byte[] whole = compressed(kind, tar("x/libfoo.so", Samples.elf(Samples.X86_64), "y", noise(50_000)));
            paths.add(file(kind + ".layer", java.util.Arrays.copyOf(whole, whole.length / 2)));
        }
        paths.add(file("ok.jar", Samples.zip("libfoo.so", Samples.elf(Samples.X86_64))));
        ScanReport report = scan(paths.toArray(Path[]::new));
        assertThat(report.findings()).filteredOn(finding -> finding.rule().equals("input.unreadable"))
                .extracting(Finding::artifact).hasSize(4).noneMatch(path -> path.endsWith("ok.jar"));
        assertThat(status(report, "ok.jar")).isEqualTo(Status.BROKEN);
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new java.util.Random(7).nextBytes(bytes);
        return bytes;
    }

    @Property(tries = 300)
    void a_flipped_byte_in_a_layer_never_stops_the_scan(@ForAll @IntRange(max = 4) int which,
            @ForAll @IntRange(max = 100_000) int where, @ForAll byte with) throws IOException {
        FileKind kind = List.of(FileKind.GZIP, FileKind.BZIP2, FileKind.XZ, FileKind.ZSTD, FileKind.TAR).get(which);
        byte[] bytes = compressed(kind, tar("x/libfoo.so", Samples.elf(Samples.X86_64), "a.jar",
                Samples.zip("libbar.so", Samples.elf(Samples.AARCH64))));
        bytes[where % bytes.length] ^= with;
        ArtifactFacts facts = new ArtifactFacts("layer");
        new ArtifactReader(Target.LINUX_AARCH64, Unwanted.CLASSES, Unwanted.TEXTS).read(facts, "layer",
                new RandomBytes.Held(bytes));
        assertThat(new NativeVerdict(Target.LINUX_AARCH64).conclude(facts).evidence()).isNotEmpty();
    }

    @Test
    void a_bomb_in_a_layer_ends_at_the_budget() throws IOException {
        byte[] zeros = new byte[1 << 20];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Frames can be put behind each other, so that nothing has to be compressed as large as it claims.
        bytes.writeBytes(compressed(FileKind.ZSTD, huge(java.util.Arrays.copyOf(tar("zeros", zeros), 512), 9L << 30)));
        byte[] frame = compressed(FileKind.ZSTD, zeros);
        for (int i = 0; i < 100; i++) {
            bytes.writeBytes(frame);
        }
        ArtifactFacts facts = new ArtifactFacts("bomb.layer");
        new ArtifactReader(Target.LINUX_AARCH64, Unwanted.CLASSES, Unwanted.TEXTS, new Budget(64L << 20)).read(facts,
                "bomb.layer", new RandomBytes.Held(bytes.toByteArray()));
        assertThat(facts.findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("input.bomb");
            assertThat(finding.says()).contains("more than 64 MiB");
        });
    }

    /** The header of a tar entry, made to claim this many bytes (base-256, as GNU tar writes large sizes). */
    private static byte[] huge(byte[] header, long size) {
        byte[] huge = header.clone();
        huge[124] = (byte) 0x80;
        for (int i = 0; i < 11; i++) {
            huge[135 - i] = i < 8 ? (byte) (size >>> 8 * i) : 0;
        }
        java.util.Arrays.fill(huge, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : huge) {
            sum += b & 0xff;
        }
        byte[] octal = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, huge, 148, 8);
        return huge;
    }

    @Test
    void sparse_files_of_ten_gigabytes_that_begin_like_archives_cost_little() throws IOException {
        for (byte[] head : List.of(Samples.zip("a", "x"), tar("a.so", Samples.elf(Samples.X86_64)))) {
            Path sparse = folder.resolve("sparse" + head.length);
            try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
                file.write(head);
                file.setLength(10L << 30);
            }
            assertThat(scan(sparse).artifacts()).isNotEmpty();
        }
    }

    @Test
    void links_that_lead_nowhere_or_in_circles_are_passed_over() throws IOException {
        Files.createSymbolicLink(folder.resolve("a"), folder.resolve("b"));
        Files.createSymbolicLink(folder.resolve("b"), folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("nothing"));
        file("ok.jar", Samples.zip("libfoo.so", Samples.elf(Samples.X86_64)));
        assertThat(scan(folder).artifacts()).singleElement()
                .satisfies(artifact -> assertThat(artifact.path()).endsWith("ok.jar"));
    }

    /** Root reads everything, so that it gives the right to do so away, in another process. */
    @Test
    void files_and_folders_without_permission_are_named_and_the_rest_is_scanned() throws Exception {
        Path secret = file("secret.jar", Samples.zip("libfoo.so", Samples.elf(Samples.X86_64)));
        Path closed = Files.createDirectory(folder.resolve("closed"));
        file("ok.jar", Samples.zip("libfoo.so", Samples.elf(Samples.X86_64)));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            List<String> said = Files.isReadable(secret) ? withoutPrivilege(folder) : lines(scan(folder));
            assertThat(said).filteredOn(line -> line.startsWith("input.unreadable")).hasSize(2)
                    .anyMatch(line -> line.endsWith("secret.jar")).anyMatch(line -> line.endsWith("closed"));
            assertThat(said).anyMatch(line -> line.startsWith("natives.broken") && line.endsWith("ok.jar"));
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static List<String> lines(ScanReport report) {
        return report.findings().stream().map(finding -> finding.rule() + " " + finding.artifact()).toList();
    }

    private static List<String> withoutPrivilege(Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "root, and no setpriv to give rights away");
        Process process = new ProcessBuilder("/usr/bin/setpriv", "--bounding-set=-dac_override,-dac_read_search",
                "--inh-caps=-dac_override,-dac_read_search",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Unprivileged.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> said = process.inputReader().readAllLines();
        Assumptions.assumeTrue(process.waitFor() == 0, "rights cannot be given away here");
        return said;
    }

    /** The scan, for a process of its own. */
    static final class Unprivileged {
        private Unprivileged() {}

        public static void main(String[] arguments) {
            lines(scan(Path.of(arguments[0]))).forEach(System.out::println);
        }
    }
}
