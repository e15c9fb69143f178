package dev.assay.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static List<Finding> findings(Target target, String name, String text) {
        ArtifactFacts facts = new ArtifactFacts(".");
        Settings settings = new Settings(target);
        assertThat(settings.wants(name)).as(name).isTrue();
        settings.visit(facts, name, text);
        return facts.findings;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"run.sh|java -XX:UseAVX=2 -jar a.jar|settings.flag-of-another-architecture",
        "Dockerfile|ENV JAVA_TOOL_OPTIONS=\"-XX:+UseSSE42Intrinsics\"|settings.flag-of-another-architecture",
        "jvm.options|-XX:UseSSE=3|settings.flag-of-another-architecture",
        "k8s.yaml|value: -XX:+UseConcMarkSweepGC|settings.flag-gone",
        "Dockerfile|FROM --platform=linux/amd64 debian:12|settings.platform",
        "compose.yml|platform: linux/amd64|settings.platform",
        "deploy.yaml|kubernetes.io/arch: amd64|settings.platform", "build.sh|GOARCH=amd64 go build|settings.platform",
        "Dockerfile|FROM amd64/eclipse-temurin:25|settings.platform",
        "Makefile|CFLAGS=-O2 -march=haswell|settings.compiler-flag",
        "ci.yml|run: gcc -mavx2 a.c|settings.compiler-flag",
        "env.sh|export LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2|settings.architecture-path",
        "ci.sh|curl -LO https://a.example/tool-linux-amd64.tar.gz|settings.architecture-path",
        "jvm.config|-XX:LargePageSizeInBytes=2m|settings.large-pages", "jvm.options|-XX:+UseNUMA|settings.numa",
        "run.sh|numactl --interleave=all --membind=1 java -jar a.jar|settings.numa",
        "run.sh|taskset -c 0-7 java -jar a.jar|settings.numa", "compose.yml|  cpuset: \"0,1\"|settings.numa",
        "run.sh|java -XX:+UseAllWindowsProcessorGroups|settings.flag-of-another-system",
        "Dockerfile|FROM debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef|settings.image-digest"})
    void what_is_tied_to_another_machine_is_found(String name, String line, String rule) {
        assertThat(findings(Target.LINUX_AARCH64, name, line)).extracting(Finding::rule).contains(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java -Xmx4g -XX:+UseZGC -XX:MaxRAMPercentage=75 -jar a.jar", "# java -XX:UseAVX=2",
        "FROM --platform=$BUILDPLATFORM eclipse-temurin:25", "java -XX:+IgnoreUnrecognizedVMOptions -XX:UseAVX=2",
        "gcc -O2 -march=armv8.2-a a.c", "numactl --hardware",
        "java -XX:-UseNUMA -XX:+UseTransparentHugePages -jar a.jar",
        "taskset -p $$", "platforms: linux/amd64,linux/arm64", "java -XX:UseSVE=1 -jar a.jar"})
    void what_is_not_is_passed_over(String line) {
        assertThat(findings(Target.LINUX_AARCH64, "run.sh", line)).isEmpty();
    }

    @Test
    void an_option_of_aarch64_breaks_on_x86_and_the_other_way_round() {
        assertThat(findings(Target.LINUX_AARCH64, "run.sh", "java -XX:+UseLSE")).isEmpty();
        assertThat(JvmFlags.has("UseLSE", Processor.AARCH64)).isTrue();
        assertThat(JvmFlags.has("UseLSE", Processor.X86_64)).isFalse();
        assertThat(JvmFlags.has("UseAVX", Processor.X86_64)).isTrue();
        assertThat(JvmFlags.has("UseAVX", Processor.RISCV64)).isFalse();
    }

    @Test
    void the_table_knows_what_the_running_jdk_has() throws Exception {
        Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-XX:+PrintFlagsFinal",
                "-version")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String printed = new String(process.getInputStream().readAllBytes());
        List<String> flags = printed.lines().map(String::strip).map(line -> line.split("\\s+"))
                .filter(cells -> cells.length > 3 && cells[2].equals("=")).map(cells -> cells[1]).toList();
        assertThat(flags).hasSizeGreaterThan(400);
        assertThat(flags.stream().filter(flag -> !JvmFlags.known(flag)).count()).isLessThan(flags.size() / 20);
    }

    @Test
    void options_of_linux_break_on_macos_and_windows() {
        for (Target target : List.of(Target.MACOS_AARCH64, Target.WINDOWS_AARCH64)) {
            assertThat(findings(target, "run.sh", "java -XX:+UseTransparentHugePages -XX:-UseContainerSupport"))
                    .extracting(Finding::rule).containsOnly("settings.flag-of-another-system").hasSize(2);
            assertThat(findings(target, "run.sh", "java -XX:UseSVE=1 -XX:+UseZGC")).isEmpty();
        }
        assertThat(findings(Target.WINDOWS_AARCH64, "run.sh", "java -XX:+UseAllWindowsProcessorGroups")).isEmpty();
        assertThat(findings(Target.MACOS_AARCH64, "run.sh", "java -XX:+UseNUMA")).singleElement()
                .satisfies(found -> assertThat(found.says()).contains("no effect on macOS"));
    }

    @Test
    void the_column_of_linux_is_what_jdks_on_linux_print() {
        for (String flag : JvmFlags.bySystem()) {
            boolean declared = JvmFlags.systems(flag).orElseThrow().contains("linux");
            assertThat(JvmFlags.has(flag, Processor.AARCH64) && JvmFlags.has(flag, Processor.X86_64)).as(flag)
                    .isEqualTo(declared);
        }
    }

    @Test
    void a_line_is_named() {
        assertThat(findings(Target.LINUX_AARCH64, "run.sh", "#!/bin/sh\n\nexec java -XX:UseAVX=2\n")).singleElement()
                .satisfies(found -> assertThat(found.location()).isEqualTo("run.sh:3"));
    }
}
