package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.scan.Artifact;
import dev.assay.scan.Confidence;
import dev.assay.scan.Evidence;
import dev.assay.scan.Finding;
import dev.assay.scan.ObjectLayout;
import dev.assay.scan.ScanReport;
import dev.assay.scan.Severity;
import dev.assay.scan.Status;
import dev.assay.scan.Target;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScanPageTest {
    private static final String HOSTILE = "a<script>alert(1)</script>&\".jar";

    private static Finding finding(String rule, Severity severity, String artifact, int line) {
        return new Finding(rule, severity, Confidence.HIGH, artifact, "com.acme.Foo:" + line, "says " + line, "do it");
    }

    private static ScanReport report(Target target, Status status, int findings) {
        List<Artifact> artifacts = List.of(
                new Artifact(HOSTILE, status, List.of(new Evidence(HOSTILE, "no foo for it"),
                        new Evidence(HOSTILE + "!/lib/libfoo.so", "ELF 64-bit shared library for linux-x86-64"))),
                new Artifact("b.jar", Status.READY, List.of(new Evidence("b.jar", "no native code"))));
        return new ScanReport(target, artifacts, IntStream.range(0, findings)
                .mapToObj(i -> finding("natives.broken", Severity.ERROR, HOSTILE, i)).toList(), 0, 2, 1_000_000);
    }

    @Test
    void itIsWellFormedAndRunsNothingWhateverTheNames() {
        String html = ScanPage.of(List.of(report(Target.LINUX_AARCH64, Status.BROKEN, 1)), List.of(), 64);
        Page page = new Page(html);
        assertThat(page.all("script")).isEmpty();
        assertThat(html).contains("default-src &#39;none&#39;").doesNotContain("<script").doesNotContain("href=\"http");
        assertThat(page.text()).contains(HOSTILE, "lib/libfoo.so: ELF 64-bit", "says 0");
    }

    @Test
    void everyTargetHasItsRowItsBarAndItsSections() {
        Page page = new Page(ScanPage.of(List.of(report(Target.LINUX_AARCH64, Status.BROKEN, 2),
                report(Target.LINUX_RISCV64, Status.READY, 0)), List.of(), 64));
        assertThat(page.all("svg")).extracting(svg -> svg.getAttribute("aria-label")).containsExactly(
                "linux-aarch64: 1 broken, 0 need a companion, 1 ready",
                "linux-riscv64: 0 broken, 0 need a companion, 2 ready");
        assertThat(page.byId("linux-aarch64-error").getTextContent()).contains("Will break", "says 1", "do it");
        assertThat(page.byId("linux-riscv64").getTextContent()).contains("every artifact is ready");
    }

    @Test
    void longListsAreCutAndSaySo() {
        Page page = new Page(
                ScanPage.of(List.of(report(Target.LINUX_AARCH64, Status.BROKEN, 1234)), List.of(), 64));
        assertThat(page.text()).contains("1,034 more are left out here").contains("1234 findings");
        assertThat(page.byId("linux-aarch64-error").getElementsByTagName("tr").getLength()).isEqualTo(201);
    }

    @Test
    void aFieldThatCrossesALineIsDrawnInBoth() {
        ObjectLayout layout = new ObjectLayout("com.acme.Counters", false, 12, 40, 0,
                List.of(new ObjectLayout.Place("com.acme.Counters", "written", "long", 12, 8, true),
                        new ObjectLayout.Place("com.acme.Counters", "read", "long", 20, 8, true)));
        Page page = new Page(
                ScanPage.of(List.of(report(Target.LINUX_AARCH64, Status.READY, 0)), List.of(layout), 16));
        assertThat(page.ofClass("g", "alone")).extracting(box -> box.getElementsByTagName("title").item(0)
                .getTextContent()).containsExactly("written at 12, 8 bytes", "written at 12, 8 bytes",
                        "read at 20, 8 bytes");
        assertThat(page.byId("layouts").getTextContent()).contains("written and read");
    }
}
