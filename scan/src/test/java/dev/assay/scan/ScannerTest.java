package dev.assay.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScannerTest {
    @TempDir
    Path folder;

    private Path file(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    static ScanReport scan(Target target, Path... paths) {
        return Scanner.scan(new ScanRequest(List.of(paths), target,
                EnumSet.of(ScanRequest.Check.natives, ScanRequest.Check.hazards, ScanRequest.Check.settings), Set.of(),
                Optional.empty(), Optional.empty(), Optional.empty(), 2, _ -> {}));
    }

    private static ScanReport scan(Path... paths) {
        return scan(Target.LINUX_AARCH64, paths);
    }

    private static Status status(ScanReport report, String end) {
        return report.artifacts().stream().filter(artifact -> artifact.path().endsWith(end)).findFirst().orElseThrow()
                .status();
    }

    private static List<String> rules(ScanReport report) {
        return report.findings().stream().map(Finding::rule).distinct().toList();
    }

    @Test
    void a_jar_with_a_library_for_another_processor_only_is_broken() throws IOException {
        ScanReport report = scan(file("a.jar", Samples.zip("linux-aarch64/libfoo.so", Samples.elf(Samples.X86_64))));
        assertThat(status(report, "a.jar")).isEqualTo(Status.BROKEN);
        assertThat(rules(report)).containsExactly("natives.broken");
        assertThat(report.hasFinding()).isTrue();
    }

    @Test
    void a_jar_with_both_is_ready_whatever_its_folders_are_called() throws IOException {
        ScanReport report = scan(
                file("a.jar", Samples.zip("one/libfoo.so", Samples.elf(Samples.X86_64), "two/libfoo.so",
                        Samples.elf(Samples.AARCH64))));
        assertThat(status(report, "a.jar")).isEqualTo(Status.READY);
        assertThat(report.hasFinding()).isFalse();
    }

    @Test
    void one_library_without_a_counterpart_among_several_breaks_a_shaded_jar() throws IOException {
        ScanReport report = scan(file("shaded.jar",
                Samples.zip("x/libfoo.so", Samples.elf(Samples.X86_64), "a/libfoo.so", Samples.elf(Samples.AARCH64),
                        "native/libbar_linux_x86_64.so", Samples.elf(Samples.X86_64))));
        assertThat(status(report, "shaded.jar")).isEqualTo(Status.BROKEN);
        assertThat(report.artifacts().getFirst().evidence().getFirst().says()).contains("bar");
    }

    @Test
    void a_library_for_freebsd_or_android_on_the_same_processor_does_not_count() throws IOException {
        assertThat(status(scan(file("bsd.jar", Samples.zip("l/libfoo.so", Samples.elf(Samples.X86_64), "f/libfoo.so",
                Samples.elf(Samples.AARCH64, "FreeBSD", "libc.so.7")))), "bsd.jar")).isEqualTo(Status.BROKEN);
        assertThat(status(scan(file("android.jar",
                Samples.zip("l/libfoo.so", Samples.elf(Samples.X86_64), "a/libfoo.so",
                        Samples.elf(Samples.AARCH64, "Android", "libc.so", "liblog.so")))),
                "android.jar")).isEqualTo(Status.BROKEN);
    }

    @Test
    void glibc_and_musl_are_different_targets() throws IOException {
        Path jar = file("a.jar", Samples.zip("x/libfoo.so", Samples.elf(Samples.X86_64), "a/libfoo.so",
                Samples.elf(Samples.AARCH64, "", "libc.musl-aarch64.so.1")));
        assertThat(status(scan(Target.LINUX_AARCH64, jar), "a.jar")).isEqualTo(Status.BROKEN);
        assertThat(status(scan(Target.LINUX_AARCH64_MUSL, jar), "a.jar")).isEqualTo(Status.READY);
    }

    @Test
    void native_methods_without_a_library_need_a_companion_that_is_named_when_known() throws IOException {
        ScanReport report = scan(file("epoll.jar",
                Samples.zip("io/netty/channel/epoll/Native.class",
                        Samples.nativeClass("io.netty.channel.epoll.Native"))));
        assertThat(status(report, "epoll.jar")).isEqualTo(Status.NEEDS_COMPANION);
        assertThat(report.artifacts().getFirst().evidence().getFirst().says())
                .contains("io.netty:netty-transport-native-epoll:linux-aarch_64");
    }

    @Test
    void a_jar_without_native_code_is_ready_and_says_nothing() throws IOException {
        ScanReport report = scan(
                file("plain.jar", Samples.zip("a/B.class", Samples.plainClass("a.B"), "x.txt", "hello")));
        assertThat(status(report, "plain.jar")).isEqualTo(Status.READY);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void a_windows_helper_in_a_jar_with_classes_does_not_break_it_on_linux() throws IOException {
        Path jar = file("helper.jar",
                Samples.zip("a/B.class", Samples.plainClass("a.B"), "win/foo.dll", Samples.pe(0x8664)));
        assertThat(status(scan(jar), "helper.jar")).isEqualTo(Status.READY);
        assertThat(status(scan(Target.WINDOWS_AARCH64, jar), "helper.jar")).isEqualTo(Status.BROKEN);
    }

    @Test
    void nested_archives_are_read_to_any_depth_stored_or_deflated_and_spoil_the_outer_one() throws IOException {
        byte[] inner = Samples.zip("libfoo.so", Samples.elf(Samples.X86_64));
        byte[] middle = Samples.stored("BOOT-INF/lib/inner.jar", inner);
        ScanReport report = scan(file("outer.war", Samples.zip("WEB-INF/middle.jar", middle)));
        String nested = "outer.war!/WEB-INF/middle.jar!/BOOT-INF/lib/inner.jar";
        assertThat(status(report, nested)).isEqualTo(Status.BROKEN);
        assertThat(status(report, "outer.war")).isEqualTo(Status.BROKEN);
        assertThat(report.findings()).singleElement().satisfies(found -> assertThat(found.artifact()).endsWith(nested));
    }

    @Test
    void siblings_in_one_boot_jar_make_each_other_good() throws IOException {
        ScanReport report = scan(file("boot.jar",
                Samples.stored("BOOT-INF/lib/foo-linux-x86_64.jar",
                        Samples.zip("libfoo_x86_64.so", Samples.elf(Samples.X86_64)),
                        "BOOT-INF/lib/foo-linux-aarch_64.jar",
                        Samples.zip("libfoo_aarch_64.so", Samples.elf(Samples.AARCH64)))));
        assertThat(status(report, "boot.jar")).isEqualTo(Status.READY);
        assertThat(status(report, "foo-linux-x86_64.jar")).isEqualTo(Status.BROKEN);
        assertThat(report.hasFinding()).isFalse();
    }

    @Test
    void an_image_layer_is_read_through_gzip_and_tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            byte[] jar = Samples.zip("libfoo.so", Samples.elf(Samples.X86_64));
            TarArchiveEntry entry = new TarArchiveEntry("app/lib/foo.jar");
            entry.setSize(jar.length);
            tar.putArchiveEntry(entry);
            tar.write(jar);
            tar.closeArchiveEntry();
        }
        ScanReport report = scan(file("blobs/sha256/abc", bytes.toByteArray()));
        assertThat(status(report, "abc!/app/lib/foo.jar")).isEqualTo(Status.BROKEN);
    }

    @Test
    void a_library_in_a_tar_is_read_to_its_dynamic_section() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String name : List.of("x/libfoo.so", "a/libfoo.so")) {
                byte[] library = Samples.elf(name.startsWith("x") ? Samples.X86_64 : Samples.AARCH64);
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(library.length);
                tar.putArchiveEntry(entry);
                tar.write(library);
                tar.closeArchiveEntry();
            }
        }
        ScanReport report = scan(file("layer.tar", bytes.toByteArray()));
        assertThat(status(report, "layer.tar")).isEqualTo(Status.READY);
        assertThat(report.artifacts().getFirst().evidence().getFirst().says()).contains("aarch64")
                .contains("needs libc.so.6");
    }

    @Test
    void single_native_files_of_every_format_are_judged() throws IOException {
        assertThat(status(scan(file("l.so", Samples.elf(Samples.AARCH64))), "l.so")).isEqualTo(Status.READY);
        assertThat(status(scan(file("x.so", Samples.elf(Samples.X86_64))), "x.so")).isEqualTo(Status.BROKEN);
        assertThat(status(scan(file("l.a", Samples.staticLibrary(Samples.elf(Samples.X86_64)))), "l.a"))
                .isEqualTo(Status.BROKEN);
        assertThat(status(scan(Target.MACOS_AARCH64, file("u.dylib", Samples.universal(0x01000007, 0x0100000c))),
                "u.dylib"))
                .isEqualTo(Status.READY);
        assertThat(status(scan(Target.MACOS_AARCH64, file("x.dylib", Samples.machO(0x01000007))), "x.dylib"))
                .isEqualTo(Status.BROKEN);
        assertThat(status(scan(Target.WINDOWS_AARCH64, file("a.dll", Samples.pe(0xaa64))), "a.dll"))
                .isEqualTo(Status.READY);
    }

    @Test
    void a_class_file_is_not_taken_for_a_universal_binary() {
        assertThat(FileKind.of(Samples.plainClass("a.B"))).isEqualTo(FileKind.CLASS);
        assertThat(FileKind.of(Samples.universal(7, 12))).isEqualTo(FileKind.MACH_O);
    }

    @Test
    void a_path_that_is_not_there_is_a_usage_error() {
        assertThatThrownBy(() -> scan(folder.resolve("nothing.jar"))).isInstanceOf(ScanException.Usage.class)
                .hasMessageContaining("nothing.jar");
    }

    @Test
    void a_truncated_jar_is_said_so_and_what_can_be_read_is_read() throws IOException {
        byte[] whole = Samples.zip("a.txt", "x", "libfoo.so", Samples.elf(Samples.X86_64), "b.txt", "y".repeat(3000));
        ScanReport report = scan(file("cut.jar", java.util.Arrays.copyOf(whole, whole.length - 120)),
                file("ok.jar", Samples.zip("libfoo.so", Samples.elf(Samples.X86_64))));
        assertThat(rules(report)).contains("input.unreadable", "natives.broken");
        assertThat(status(report, "cut.jar")).isEqualTo(Status.BROKEN);
        assertThat(status(report, "ok.jar")).isEqualTo(Status.BROKEN);
    }

    @Test
    void a_truncated_library_is_malformed_and_names_the_entry() throws IOException {
        byte[] cut = java.util.Arrays.copyOf(Samples.elf(Samples.AARCH64), 100);
        ScanReport report = scan(
                file("a.jar", Samples.zip("x/libfoo.so", cut, "y/libfoo.so", Samples.elf(Samples.AARCH64))));
        assertThat(report.findings()).singleElement().satisfies(found -> {
            assertThat(found.rule()).isEqualTo("natives.malformed");
            assertThat(found.location()).endsWith("x/libfoo.so");
        });
        assertThat(status(report, "a.jar")).isEqualTo(Status.READY);
    }

    @Test
    void names_that_climb_and_nested_bombs_are_found_and_the_rest_is_scanned() throws IOException {
        byte[] bomb = Samples.stored("zeros", new byte[40 << 20]);
        ScanReport report = scan(file("evil.jar",
                Samples.zip("../../etc/cron.d/x", "x", "inner.zip", bomb, "libfoo.so", Samples.elf(Samples.X86_64))));
        assertThat(rules(report)).contains("input.path-traversal", "input.bomb", "natives.broken");
    }

    @Test
    void overlapping_entries_are_found() throws IOException {
        byte[] zip = Samples.stored("a", "x".repeat(500), "b", "y".repeat(500));
        int directory = indexOf(zip, new byte[]{'P', 'K', 1, 2}, 0);
        int second = indexOf(zip, new byte[]{'P', 'K', 1, 2}, directory + 4);
        // The second entry claims the offset of the first.
        for (int i = 42; i < 46; i++) {
            zip[second + i] = 0;
        }
        assertThat(rules(scan(file("overlap.jar", zip)))).contains("input.overlap");
    }

    private static int indexOf(byte[] bytes, byte[] pattern, int from) {
        for (int i = from; i <= bytes.length - pattern.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length)) {
                return i;
            }
        }
        throw new AssertionError("pattern not found");
    }

    @Test
    void nesting_beyond_the_limit_ends() throws IOException {
        byte[] zip = Samples.zip("a.txt", "x");
        for (int i = 0; i < Budget.DEPTH + 5; i++) {
            zip = Samples.zip("inner.zip", zip);
        }
        assertThat(rules(scan(file("deep.zip", zip)))).containsExactly("input.depth");
    }

    @Test
    void a_sparse_file_of_ten_gigabytes_costs_nothing() throws IOException {
        Path sparse = folder.resolve("sparse.so");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.write(Samples.elf(Samples.AARCH64));
            file.setLength(10L << 30);
        }
        assertThat(status(scan(sparse), "sparse.so")).isEqualTo(Status.READY);
    }

    @Test
    void loops_of_links_end() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        file("a.jar", Samples.zip("libfoo.so", Samples.elf(Samples.X86_64)));
        assertThat(scan(folder).artifacts()).hasSize(1);
    }

    @Test
    void nothing_is_written_beside_the_input() throws IOException {
        file("a.jar", Samples.zip("inner.jar", Samples.zip("libfoo.so", Samples.elf(Samples.X86_64))));
        scan(folder);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_second_scan_answers_from_the_cache_under_the_new_name() throws IOException {
        Path cache = folder.resolve("cache");
        Path one = file("in/one.jar", Samples.zip("libfoo.so", Samples.elf(Samples.X86_64)));
        Path two = file("in/two.jar", Files.readAllBytes(one));
        for (Path path : List.of(one, two, one)) {
            ScanReport report = Scanner.scan(new ScanRequest(List.of(path), Target.LINUX_AARCH64,
                    EnumSet.of(ScanRequest.Check.natives, ScanRequest.Check.hazards), Set.of(), Optional.empty(),
                    Optional.of(cache), Optional.empty(), 1, _ -> {}));
            assertThat(report.artifacts()).singleElement().satisfies(artifact -> {
                assertThat(artifact.path()).isEqualTo(path.toString());
                assertThat(artifact.status()).isEqualTo(Status.BROKEN);
            });
        }
        try (var files = Files.walk(cache)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void a_baseline_takes_away_what_it_accepts() throws IOException {
        Path jar = file("a.jar", Samples.zip("libfoo.so", Samples.elf(Samples.X86_64)));
        Path baseline = file("accepted.txt", Baseline.of(scan(jar).findings()).getBytes());
        ScanReport report = Scanner.scan(new ScanRequest(List.of(jar), Target.LINUX_AARCH64,
                EnumSet.of(ScanRequest.Check.natives), Set.of(), Optional.of(baseline), Optional.empty(),
                Optional.empty(), 1, _ -> {}));
        assertThat(report.findings()).isEmpty();
        assertThat(report.accepted()).isOne();
    }

    /** The directory claims a length for an entry that has none; a file without an ending is looked into for an image. */
    @Test
    void an_entry_that_is_shorter_than_its_archive_claims_is_passed_over() throws IOException {
        byte[] bytes = Samples.zip("empty", new byte[0], "libfoo.so", Samples.elf(Samples.X86_64));
        byte[] directory = {'P', 'K', 1, 2};
        int at = 0;
        while (!java.util.Arrays.equals(bytes, at, at + 4, directory, 0, 4)) {
            at++;
        }
        bytes[at + 24] = 100;
        ScanReport report = scan(file("lying.jar", bytes));
        assertThat(report.artifacts()).singleElement().extracting(Artifact::status).isEqualTo(Status.BROKEN);
        assertThat(report.findings()).extracting(Finding::says).noneMatch(says -> says.contains("could not be judged"));
    }

    @Property(tries = 400)
    void a_damaged_jar_never_stops_the_scan(@ForAll @IntRange(max = 100_000) int where, @ForAll byte with,
            @ForAll @IntRange(max = 100_000) int cut) throws IOException {
        byte[] bytes = Samples.zip("a/B.class", Samples.nativeClass("a.B"), "libfoo.so", Samples.elf(Samples.AARCH64),
                "in.jar",
                Samples.zip("x.dylib", Samples.universal(7, 12), "y.dll", Samples.pe(0x8664)), "l.a",
                Samples.staticLibrary(Samples.elf(Samples.X86_64)));
        bytes[where % bytes.length] ^= with;
        bytes[(where * 31 & 0x7fffffff) % bytes.length] ^= with;
        byte[] shortened = cut % 3 == 0 ? java.util.Arrays.copyOf(bytes, cut % bytes.length) : bytes;
        ArtifactFacts facts = new ArtifactFacts("damaged.jar");
        Hazards hazards = new Hazards("damaged.jar", Target.LINUX_AARCH64);
        new ArtifactReader(Target.LINUX_AARCH64, new ArtifactReader.ClassVisitor() {
            @Override
            public void visit(ArtifactFacts owner, String entry, byte[] data) {
                hazards.add(entry, data);
            }

            @Override
            public void finished(ArtifactFacts owner) {}

            @Override
            public boolean wanted() {
                return true;
            }
        }, new Settings(Target.LINUX_AARCH64)).read(facts, "damaged.jar", new RandomBytes.Held(shortened));
        hazards.finish();
        assertThat(new NativeVerdict(Target.LINUX_AARCH64).conclude(facts).evidence()).isNotNull();
    }

    @Property(tries = 600)
    void a_damaged_native_file_is_read_or_malformed(@ForAll @IntRange(max = 5) int which,
            @ForAll @IntRange(max = 8191) int where, @ForAll byte with, @ForAll @IntRange(max = 8192) int length) {
        byte[] bytes = switch (which) {
            case 0 -> Samples.elf(Samples.AARCH64, "Android", "libc.so");
            case 1 -> Samples.elf(Samples.X86_64);
            case 2 -> Samples.machO(0x0100000c);
            case 3 -> Samples.universal(7, 12);
            case 4 -> Samples.pe(0xaa64);
            default -> Samples.staticLibrary(Samples.elf(Samples.X86_64));
        };
        bytes[where % Math.min(bytes.length, 256)] ^= with;
        byte[] cut = java.util.Arrays.copyOf(bytes, Math.min(bytes.length, Math.max(length, 8)));
        try {
            NativeReader.read(FileKind.of(cut), "fuzzed", cut, true);
        } catch (Malformed e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
