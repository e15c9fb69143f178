package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScanCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int assay(String... arguments) {
        CommandLine line = Assay.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    /** A jar with the header of a library for this machine number and nothing else. */
    private Path jar(String name, int machine) throws IOException {
        ByteBuffer elf = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[]{0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).position(16);
        elf.putShort((short) 3).putShort((short) machine);
        Path jar = folder.resolve(name);
        try (OutputStream stream = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(stream)) {
            zip.putNextEntry(new ZipEntry("lib/libfoo.so"));
            zip.write(elf.array());
        }
        return jar;
    }

    private static List<Error> errors(Schema schema, String json) {
        return schema.validate(json, InputFormat.JSON);
    }

    @Test
    void a_broken_jar_exits_with_1_and_a_ready_one_with_0() throws IOException {
        assertThat(assay("scan", jar("x.jar", 62).toString(), "--target", "linux-aarch64", "--no-cache", "-q"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("broken").contains("x.jar").contains("Will break");
        assertThat(assay("scan", jar("a.jar", 183).toString(), "--target", "linux-aarch64", "--no-cache", "-q"))
                .isZero();
    }

    @Test
    void wrong_input_exits_with_2_and_says_what_to_do() {
        assertThat(assay("scan", folder.resolve("none.jar").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("must exist").contains("none.jar").doesNotContain("\tat ");
        assertThat(assay("scan")).isEqualTo(2);
        assertThat(assay("scan", folder.toString(), "--target", "vax")).isEqualTo(2);
        assertThat(assay("scan", folder.toString(), "--ignore", "no.such-rule")).isEqualTo(2);
    }

    @Test
    void json_keeps_its_schema() throws IOException {
        assay("scan", jar("x.jar", 62).toString(), "--format", "json", "--no-cache", "-q");
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../docs/schemas/findings-1.json")));
        assertThat(errors(schema, out.toString())).isEmpty();
        assertThat(out.toString()).contains("\"assay.findings/1\"", "\"broken\"", "x.jar");
    }

    @Test
    void sarif_is_valid_against_the_schema_of_the_standard() throws IOException {
        Files.writeString(folder.resolve("run.sh"), "java -XX:UseAVX=2\n");
        Path spaced = Files.move(jar("x.jar", 62), folder.resolve("with space.jar"));
        assay("scan", spaced.toString(), folder.resolve("run.sh").toString(), "--format", "sarif", "--no-cache", "-q");
        try (InputStream stream = ScanCommandTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(errors(schema, out.toString())).isEmpty();
        }
        assertThat(out.toString()).contains("with%20space.jar", "\"startLine\" : 1", "natives.broken");
    }

    @Test
    void a_written_baseline_silences_the_next_scan() throws IOException {
        String jar = jar("x.jar", 62).toString();
        String baseline = folder.resolve("accepted.txt").toString();
        assertThat(assay("scan", jar, "--write-baseline", baseline, "--no-cache", "-q")).isZero();
        assertThat(assay("scan", jar, "--baseline", baseline, "--no-cache", "-q")).isZero();
    }

    @Test
    void rules_are_listed_and_markdown_is_written() throws IOException {
        assertThat(assay("scan", "--rules")).isZero();
        assertThat(out.toString()).contains("natives.broken", "hazard.double-checked-locking", "settings.platform");
        assay("scan", jar("x.jar", 62).toString(), "--format", "markdown", "--no-cache", "-q");
        assertThat(out.toString()).contains("## Artifacts for linux-aarch64", "**natives.broken (high)**");
    }

    @Test
    void a_page_holds_several_targets_and_a_folder_takes_all_forms() throws IOException {
        String jar = jar("x.jar", 62).toString();
        assertThat(assay("scan", jar, "--target", "linux-aarch64,linux-x86-64", "--format", "html", "--no-cache", "-q"))
                .isEqualTo(1);
        assertThat(out.toString()).startsWith("<!DOCTYPE html>").contains("id=\"linux-x86-64\"");
        Path written = folder.resolve("out");
        assertThat(assay("scan", jar, "-o", written.toString(), "--no-cache", "-q")).isEqualTo(1);
        try (var files = Files.list(written)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("scan.html",
                    "findings.json", "scan.sarif");
        }
    }

    @Test
    void options_for_stores_that_do_not_fit_are_said() {
        assertThat(assay("scan", folder.toString(), "--spark", "cluster")).isEqualTo(2);
        assertThat(err.toString()).contains("--parquet");
        assertThat(assay("scan", folder.toString(), "--where", "x")).isEqualTo(2);
        assertThat(assay("scan", folder.toString(), "--spark", "yarn", "--parquet", "p")).isEqualTo(3);
        assertThat(err.toString()).contains("-pl fleet");
    }

    @Test
    void a_demonstration_says_what_was_seen_and_an_unknown_one_which_there_are() {
        assertThat(assay("scan", "--demo", "hazard.thread-stop")).isZero();
        assertThat(out.toString()).contains("seen 3 of 3: calls were refused");
        assertThat(assay("scan", "--demo", "hazard.thread-stop", "--format", "json")).isZero();
        assertThat(out.toString()).contains("\"assay.demonstration/1\"", "\"seen\":3");
        assertThat(assay("scan", "--demo", "natives.broken")).isEqualTo(2);
        assertThat(err.toString()).contains("natives.broken is none", "hazard.plain-flag");
    }

    @Test
    void a_build_file_stands_for_its_dependencies_and_what_is_missing_is_named() throws IOException {
        Path settings = Files.writeString(folder.resolve("settings.xml"), "<settings><localRepository>"
                + folder.resolve("repository") + "</localRepository></settings>");
        Path pom = Files.writeString(folder.resolve("pom.xml"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>b</artifactId>"
                        + "<version>1</version><dependencies><dependency><groupId>org.acme</groupId>"
                        + "<artifactId>gone</artifactId><version>1</version></dependency></dependencies></project>");
        assertThat(assay("scan", pom.toString(), "--offline", "--settings", settings.toString(), "--no-cache", "-q"))
                .isZero();
        assertThat(out.toString()).contains("input.unresolved-dependency", "org.acme:gone:1");
        assertThat(assay("scan", pom.toString(), "--settings", folder.resolve("none.xml").toString())).isEqualTo(2);
        assertThat(assay("scan", "--first-version", "org.acme:gone")).isEqualTo(2);
        assertThat(err.toString()).contains("--settings takes", "--first-version needs --repository");
    }
}
