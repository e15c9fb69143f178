package dev.assay.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstReadyTest {
    private final Map<String, byte[]> served = new TreeMap<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = served.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort());
    }

    private void publish(String version, int... machines) {
        Object[] entries = new Object[machines.length * 2];
        for (int i = 0; i < machines.length; i++) {
            entries[2 * i] = "m" + machines[i] + "/libfoo.so";
            entries[2 * i + 1] = Samples.elf(machines[i]);
        }
        served.put("/org/acme/foo/" + version + "/foo-" + version + ".jar", Samples.zip(entries));
    }

    @Test
    void the_border_between_broken_and_ready_is_found() {
        List<String> versions = List.of("1.0", "1.1", "1.9", "1.10", "2.0-rc1", "2.0", "2.1");
        served.put("/org/acme/foo/maven-metadata.xml",
                versions.stream().map(v -> "<version>" + v + "</version>").reduce("", String::concat)
                        .getBytes(StandardCharsets.UTF_8));
        versions.forEach(version -> publish(version, Samples.X86_64));
        for (String ready : List.of("1.10", "2.0", "2.1")) {
            publish(ready, Samples.X86_64, Samples.AARCH64);
        }
        assertThat(new FirstReady(address(), Target.LINUX_AARCH64)
                .answer(new Coordinates("org.acme", "foo", "", "1.0"), Target.LINUX_AARCH64))
                .contains("first version that is ready is 1.10");
        assertThat(new FirstReady(address(), Target.LINUX_RISCV64)
                .answer(new Coordinates("org.acme", "foo", "", "1.0"), Target.LINUX_RISCV64))
                .contains("No later release");
    }

    @Test
    void where_the_main_jar_leaves_its_library_to_classifiers_the_targets_is_asked_for() {
        served.put("/org/acme/foo/maven-metadata.xml",
                "<version>1.0</version><version>2.0</version>".getBytes(StandardCharsets.UTF_8));
        for (String version : List.of("1.0", "2.0")) {
            served.put("/org/acme/foo/" + version + "/foo-" + version + ".jar",
                    Samples.zip("module-info.class", Samples.plainClass("module-info")));
        }
        served.put("/org/acme/foo/2.0/foo-2.0-linux-aarch_64.jar",
                Samples.zip("libfoo.so", Samples.elf(Samples.AARCH64)));
        FirstReady search = new FirstReady(address(), Target.LINUX_AARCH64, Target.LINUX_RISCV64);
        Coordinates of = new Coordinates("org.acme", "foo", "linux-x86_64", "1.0");
        assertThat(search.answer(of, Target.LINUX_AARCH64)).contains("2.0 (classifier linux-aarch_64)");
        assertThat(search.answer(of, Target.LINUX_RISCV64)).contains("No later release");
    }

    @Test
    void without_a_repository_the_table_answers_and_says_whence(@TempDir Path folder) throws IOException {
        Path jar = Files.write(folder.resolve("jna-4.1.0.jar"), Samples.zip("libjnidispatch.so",
                Samples.elf(Samples.X86_64)));
        ScanReport report = Scanner.scan(new ScanRequest(List.of(jar), Target.LINUX_AARCH64,
                EnumSet.of(ScanRequest.Check.natives), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                1, _ -> {}));
        assertThat(report.findings()).singleElement().satisfies(
                found -> assertThat(found.remedy()).contains("first version that is ready is 4.2.0", "headers"));
        Coordinates newer = new Coordinates("net.java.dev.jna", "jna", "", "5.17.0");
        assertThat(FirstVersions.answer(newer, Target.LINUX_AARCH64)).isEmpty();
    }

    @Test
    void a_repository_that_does_not_answer_is_said_and_the_finding_stays(@TempDir Path folder) throws IOException {
        Path jar = Files.write(folder.resolve("foo-1.0.jar"),
                Samples.zip("META-INF/maven/org.acme/foo/pom.properties",
                        "groupId=org.acme\nartifactId=foo\nversion=1.0\n",
                        "libfoo.so", Samples.elf(Samples.X86_64)));
        ScanReport report = Scanner.scan(new ScanRequest(List.of(jar), Target.LINUX_AARCH64,
                EnumSet.of(ScanRequest.Check.natives), Set.of(), Optional.empty(), Optional.empty(),
                Optional.of(address()), 1,
                _ -> {}));
        assertThat(report.findings()).singleElement()
                .satisfies(found -> assertThat(found.remedy()).contains("is not known").contains("404"));
    }

    @Test
    void coordinates_that_would_change_the_address_are_refused() {
        assertThat(Coordinates.of("org.acme:foo:1.0")).isPresent();
        assertThat(Coordinates.of("../..:foo:1.0")).isEmpty();
        assertThat(Coordinates.of("a:b")).isEmpty();
    }

    @Test
    void versions_sort_as_people_mean_them() {
        assertThat(Versions.compare("1.9", "1.10")).isNegative();
        assertThat(Versions.compare("2.0-rc1", "2.0")).isNegative();
        assertThat(Versions.compare("4.1.0.Final", "4.1.0")).isZero();
        assertThat(Versions.isRelease("2.0-rc1")).isFalse();
        assertThat(Versions.isRelease("4.1.115.Final")).isTrue();
    }
}
