package dev.assay.scan;

import static dev.assay.scan.LoopbackRepository.dependency;
import static dev.assay.scan.LoopbackRepository.pom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds are resolved by Maven's own resolver, against a repository on this machine. */
class BuildFileTest {
    private static final byte[] PLAIN = Samples.zip("A.class", Samples.plainClass("A"));
    private static final byte[] FOR_X86 = Samples.zip("libfoo.so", Samples.elf(Samples.X86_64));
    private static final byte[] FOR_ARM = Samples.zip("libfoo.so", Samples.elf(Samples.AARCH64));

    @TempDir
    Path folder;

    private LoopbackRepository repository;

    @BeforeEach
    void serve() throws IOException {
        repository = new LoopbackRepository();
    }

    @AfterEach
    void stop() {
        repository.close();
    }

    private List<Dependency> dependencies(String name, String text, boolean offline) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return BuildFile.of(file).orElseThrow().dependencies(file, Target.LINUX_AARCH64,
                new BuildResolution(offline, Optional.of(repository.settings(folder))));
    }

    private static List<String> found(List<Dependency> all) {
        return all.stream().filter(Dependency.Found.class::isInstance).map(Dependency::coordinates).toList();
    }

    private static List<String> missing(List<Dependency> all) {
        return all.stream().filter(Dependency.Missing.class::isInstance).map(Dependency::coordinates).toList();
    }

    private static String dependencies(String... each) {
        return "<dependencies>" + String.join("", each) + "</dependencies>";
    }

    @Test
    void properties_parents_boms_and_what_dependencies_need_themselves_are_resolved() throws IOException {
        repository.publish("org.acme", "parent", "7", "<packaging>pom</packaging><properties><foo.version>1.2"
                + "</foo.version></properties>", PLAIN);
        repository.publish("org.acme", "bom", "3", "<packaging>pom</packaging><dependencyManagement>"
                + dependencies(dependency("org.acme", "bar", "2.0", "")) + "</dependencyManagement>", PLAIN);
        repository.publish("org.acme", "foo", "1.2", dependencies(dependency("org.acme", "deep", "0.9", ""),
                dependency("org.acme", "only-tested", "1", "<scope>test</scope>")), PLAIN);
        repository.publish("org.acme", "deep", "0.9", "", FOR_X86);
        repository.publish("org.acme", "bar", "2.0", "", PLAIN);
        String text = "<project><modelVersion>4.0.0</modelVersion><parent><groupId>org.acme</groupId>"
                + "<artifactId>parent</artifactId><version>7</version></parent><artifactId>app</artifactId>"
                + "<dependencyManagement>"
                + dependencies(dependency("org.acme", "bom", "3", "<type>pom</type><scope>import</scope>"))
                + "</dependencyManagement>"
                + dependencies(dependency("org.acme", "foo", "${foo.version}", ""),
                        dependency("org.acme", "bar", "", ""),
                        dependency("org.acme", "unit", "4", "<scope>test</scope>"))
                + "</project>";
        List<Dependency> all = dependencies("pom.xml", text, false);
        assertThat(missing(all)).isEmpty();
        assertThat(found(all)).containsExactlyInAnyOrder("org.acme:foo:1.2", "org.acme:deep:0.9", "org.acme:bar:2.0");

        ScanReport report = Scanner.scan(new ScanRequest(List.of(folder.resolve("pom.xml")), Target.LINUX_AARCH64,
                EnumSet.of(ScanRequest.Check.natives), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                1, _ -> {}, new BuildResolution(true, Optional.of(folder.resolve("settings.xml")))));
        assertThat(report.artifacts()).hasSize(3);
        assertThat(report.findings()).singleElement().satisfies(one -> {
            assertThat(one.rule()).isEqualTo("natives.broken");
            assertThat(one.artifact()).endsWith("deep-0.9.jar");
        });
    }

    @Test
    void classifiers_and_profiles_come_out_as_they_would_on_the_target() throws IOException {
        repository.publish("org.acme", "wire", "5", "", PLAIN);
        repository.classifier("org.acme", "wire", "5", "linux-aarch_64", FOR_ARM);
        repository.publish("org.acme", "only-on-arm", "1", "", PLAIN);
        List<Dependency> all = dependencies("pom.xml", pom("org.acme", "app", "1",
                dependencies(dependency("org.acme", "wire", "5", "<classifier>${os.detected.classifier}</classifier>"))
                        + "<profiles><profile><id>arm</id><activation><os><arch>aarch64</arch></os></activation>"
                        + dependencies(dependency("org.acme", "only-on-arm", "1", "")) + "</profile></profiles>"),
                false);
        assertThat(found(all)).containsExactlyInAnyOrder("org.acme:wire:linux-aarch_64:5", "org.acme:only-on-arm:1");
    }

    @Test
    void a_companion_that_the_same_build_brings_along_is_only_noted() throws IOException {
        repository.publish("org.acme", "epoll-classes", "1", "",
                Samples.zip("io/netty/channel/epoll/N.class", Samples.nativeClass("io.netty.channel.epoll.N")));
        repository.publish("io.netty", "netty-transport-native-epoll", "4", "", PLAIN);
        repository.classifier("io.netty", "netty-transport-native-epoll", "4", "linux-aarch_64", FOR_ARM);
        String classes = dependency("org.acme", "epoll-classes", "1", "");
        String library = dependency("io.netty", "netty-transport-native-epoll", "4",
                "<classifier>linux-aarch_64</classifier>");
        assertThat(severities(pom("org.acme", "app", "1", dependencies(classes)))).containsExactly(Severity.WARNING);
        assertThat(severities(pom("org.acme", "app", "1", dependencies(classes, library))))
                .containsExactly(Severity.NOTE);
    }

    private List<Severity> severities(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("pom.xml"), text);
        return Scanner.scan(new ScanRequest(List.of(file), Target.LINUX_AARCH64,
                EnumSet.of(ScanRequest.Check.natives), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                1, _ -> {}, new BuildResolution(false, Optional.of(repository.settings(folder))))).findings().stream()
                .map(Finding::severity).toList();
    }

    @Test
    void a_folder_with_a_build_says_that_the_build_was_not_followed() throws IOException {
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        assertThat(Scanner.scan(new ScanRequest(List.of(folder), Target.LINUX_AARCH64,
                EnumSet.of(ScanRequest.Check.natives), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                1, _ -> {})).findings()).singleElement()
                .satisfies(note -> assertThat(note.says()).contains("name its pom.xml"));
    }

    @Test
    void without_a_network_what_is_missing_is_named_and_the_rest_is_there() throws IOException {
        repository.publish("org.acme", "foo", "1", "", PLAIN);
        String here = dependency("org.acme", "foo", "1", "");
        assertThat(found(dependencies("pom.xml", pom("org.acme", "app", "1", dependencies(here)), false)))
                .containsExactly("org.acme:foo:1");
        repository.publish("org.acme", "bar", "1", "", PLAIN);
        int before = repository.asked().size();
        List<Dependency> all = dependencies("pom.xml",
                pom("org.acme", "app", "1", dependencies(here, dependency("org.acme", "bar", "1", ""))), true);
        assertThat(found(all)).containsExactly("org.acme:foo:1");
        assertThat(missing(all)).contains("org.acme:bar:1");
        assertThat(repository.asked()).hasSize(before);
    }

    @Test
    void an_artifact_that_no_repository_has_is_named_with_the_reason() throws IOException {
        repository.publish("org.acme", "foo", "1", dependencies(dependency("org.acme", "gone", "6", "")), PLAIN);
        List<Dependency> all = dependencies("pom.xml",
                pom("org.acme", "app", "1", dependencies(dependency("org.acme", "foo", "1", ""))), false);
        assertThat(found(all)).containsExactly("org.acme:foo:1");
        assertThat(all).anySatisfy(one -> assertThat(one).isInstanceOfSatisfying(Dependency.Missing.class,
                gone -> {
                    assertThat(gone.coordinates()).isEqualTo("org.acme:gone:6");
                    assertThat(gone.reason()).contains("org.acme:gone:jar:6");
                }));
    }

    @Test
    void modules_see_each_other_and_say_when_they_are_not_packaged() throws IOException {
        repository.publish("org.acme", "foo", "1", "", PLAIN);
        Files.createDirectories(folder.resolve("core"));
        Files.createDirectories(folder.resolve("app/target"));
        String parent = "<project><modelVersion>4.0.0</modelVersion><parent><groupId>org.acme</groupId>"
                + "<artifactId>all</artifactId><version>1</version></parent><artifactId>";
        Files.writeString(folder.resolve("core/pom.xml"),
                parent + "core</artifactId>" + dependencies(dependency("org.acme", "foo", "1", "")) + "</project>");
        Files.writeString(folder.resolve("app/pom.xml"),
                parent + "app</artifactId>" + dependencies(dependency("org.acme", "core", "${project.version}", ""))
                        + "</project>");
        String text = pom("org.acme", "all", "1",
                "<packaging>pom</packaging><modules><module>core</module><module>app</module></modules>");
        List<Dependency> all = dependencies("pom.xml", text, false);
        assertThat(found(all)).containsExactly("org.acme:foo:1");
        assertThat(all).anySatisfy(one -> assertThat(one).isInstanceOfSatisfying(Dependency.Missing.class,
                core -> assertThat(core.reason()).contains("not packaged")));
        Files.createDirectories(folder.resolve("core/target"));
        Files.write(folder.resolve("core/target/core-1.jar"), PLAIN);
        assertThat(found(dependencies("pom.xml", text, false))).containsExactlyInAnyOrder("org.acme:foo:1",
                "org.acme:core:1");
    }

    @Test
    void a_lock_file_is_the_list_and_a_catalogue_only_what_is_declared() throws IOException {
        repository.publish("org.acme", "foo", "1", dependencies(dependency("org.acme", "deep", "1", "")), PLAIN);
        repository.publish("org.acme", "bar", "2", "", PLAIN);
        assertThat(found(dependencies("gradle.lockfile", """
                # comment
                org.acme:foo:1=compileClasspath,runtimeClasspath
                ../x:y:1=z
                empty=annotationProcessor
                """, false))).containsExactly("org.acme:foo:1");
        List<Dependency> declared = dependencies("libs.versions.toml", """
                [versions]
                bar = { strictly = "2" }
                range = "[1,2)"
                [libraries]
                foo = "org.acme:foo:1"
                bar = { group = "org.acme", name = "bar", version.ref = "bar" }
                free = { module = "org.acme:free" }
                lost = { module = "org.acme:lost", version.ref = "nowhere" }
                some = { module = "org.acme:some", version.ref = "range" }
                [bundles]
                all = ["foo", "bar"]
                """, false);
        assertThat(found(declared)).containsExactly("org.acme:foo:1", "org.acme:bar:2");
        assertThat(missing(declared)).containsExactly("org.acme:free", "org.acme:lost", "org.acme:some:[1,2)");
    }

    @Test
    void a_build_file_that_cannot_be_understood_is_a_finding() throws IOException {
        assertThatThrownBy(() -> dependencies("pom.xml", "<project><modelVersion>4.0.0", true))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> dependencies("pom.xml", pom("a", "b", "1", "<dependencies>"
                + dependency("a", "c", "", "") + "</dependencies>"), true)).isInstanceOf(Malformed.class)
                .hasMessageContaining("a:c");
        Path bad = Files.writeString(folder.resolve("libs.versions.toml"), "[libraries\n");
        assertThat(Scanner.scan(new ScanRequest(List.of(bad), Target.LINUX_AARCH64,
                EnumSet.of(ScanRequest.Check.natives), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                1, _ -> {})).findings()).extracting(Finding::rule).containsExactly("input.unreadable");
    }

    @Test
    void damaged_build_files_are_refused_or_read_and_nothing_else() throws IOException {
        long seed = 20261120;
        Random random = new Random(seed);
        String catalogue = "[versions]\na = \"1\"\n[libraries]\nb = { module = \"c:d\", version.ref = \"a\" }\n";
        byte[] pom = pom("a", "b", "1", dependencies(dependency("c", "d", "1", ""))).getBytes(StandardCharsets.UTF_8);
        try (MavenResolver maven = new MavenResolver(Target.LINUX_AARCH64,
                new BuildResolution(true, Optional.of(repository.settings(folder))))) {
            for (int i = 0; i < 150; i++) {
                byte[] toml = damaged(catalogue.getBytes(StandardCharsets.UTF_8), random);
                Path file = Files.write(folder.resolve("pom.xml"), damaged(pom, random));
                try {
                    VersionCatalogue.read(new String(toml, StandardCharsets.ISO_8859_1));
                    new MavenBuild(maven).dependencies(file);
                } catch (Malformed refused) {
                    assertThat(refused).as("seed %d, turn %d", seed, i).hasMessageMatching("(?s).+");
                }
            }
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] copy = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
        for (int i = random.nextInt(4); i > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }
}
