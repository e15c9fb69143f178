package dev.assay.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.scan.ArtifactStore;
import dev.assay.scan.ScanException;
import dev.assay.scan.ScanReport;
import dev.assay.scan.ScanRequest;
import dev.assay.scan.Scanner;
import dev.assay.scan.StoreOrder;
import dev.assay.scan.StoreSummary;
import dev.assay.scan.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes: the program of this module, a master, workers and their executors. */
class StoreScanTest {
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    @TempDir
    Path folder;

    private final ArtifactStore store = new ArtifactStore(System.getProperty("java.class.path"),
            Path.of("target/classes/dev/assay/fleet/jvm.options"));

    private static byte[] elf(int machine) {
        ByteBuffer elf = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[]{0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).position(16);
        elf.putShort((short) 3).putShort((short) machine);
        return elf.array();
    }

    private static void zip(Path file, Object... entries) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream stream = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(stream)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) entries[i]));
                zip.write((byte[]) entries[i + 1]);
            }
        }
    }

    /** Ready and broken jars, one in a war, a damaged one, loose classes with a hazard, a script. */
    private Path filled() throws IOException {
        Path root = folder.resolve("store");
        for (int i = 0; i < 24; i++) {
            zip(root.resolve("group/a" + i + "/a" + i + ".jar"), "lib/libfoo.so", elf(i % 3 == 0 ? X86_64 : AARCH64));
        }
        zip(root.resolve("app.war"), "WEB-INF/lib/in.jar", Files.readAllBytes(root.resolve("group/a0/a0.jar")));
        byte[] whole = Files.readAllBytes(root.resolve("app.war"));
        Files.write(root.resolve("cut.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(root.resolve("run.sh"), "java -XX:UseAVX=2 -jar app.war\n");
        Path own = Path.of("target/test-classes/dev/assay/fleet");
        Files.createDirectories(root.resolve("classes"));
        for (String name : List.of("Racy.class")) {
            Files.copy(own.resolve(name), root.resolve("classes").resolve(name));
        }
        return root;
    }

    private static ScanRequest request(Path root) {
        return new ScanRequest(List.of(root), Target.LINUX_AARCH64,
                EnumSet.of(ScanRequest.Check.natives, ScanRequest.Check.hazards, ScanRequest.Check.settings), Set.of(),
                Optional.empty(), Optional.empty(), Optional.empty(), 2, _ -> {});
    }

    @Test
    void two_worker_processes_find_what_a_plain_scan_finds_and_nothing_of_them_stays() throws IOException {
        Path root = filled();
        ScanReport plain = Scanner.scan(request(root));
        assertThat(plain.findings()).extracting(finding -> finding.rule()).contains("natives.broken",
                "input.unreadable", "settings.flag-of-another-architecture", "hazard.finalizer");
        Path tables = folder.resolve("tables");
        List<String> progress = new ArrayList<>();

        StoreSummary summary = store.scan(StoreOrder.scan(request(root), tables, "", 2), progress::add);

        assertThat(summary.files()).isEqualTo(plain.files());
        assertThat(summary.bytes()).isEqualTo(plain.bytes());
        assertThat(summary.hasFinding()).isTrue();
        assertThat(summary.processes()).extracting(StoreSummary.Share::executor).containsExactlyInAnyOrder("0", "1");
        assertThat(summary.processes()).extracting(StoreSummary.Share::process).doesNotHaveDuplicates()
                .doesNotContain(ProcessHandle.current().pid());
        assertThat(summary.processes()).allSatisfy(share -> assertThat(share.files()).isPositive());
        assertThat(progress).isNotEmpty().allSatisfy(line -> assertThat(line).contains(" of "));
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(summary.processes()).noneMatch(share -> ProcessHandle.of(share.process()).isPresent());

        ScanReport queried = store.query(StoreOrder.query(tables, ""));
        assertThat(queried.artifacts()).isEqualTo(plain.artifacts());
        assertThat(queried.findings()).isEqualTo(plain.findings());
    }

    /** Spark in this process: conditions need no cluster. */
    @Test
    void one_process_does_without_a_cluster_and_its_tables_answer_conditions() throws IOException {
        Path root = filled();
        StoreFolder tables = new StoreFolder(folder.resolve("tables"));
        StoreOrder order = StoreOrder.scan(request(root), tables.path(), "local[2]", 1);
        try (SparkSession spark = SparkSession.builder()
                .config(StoreProcess.configuration(Cluster.elsewhere("local[2]"), folder.resolve("scratch")))
                .getOrCreate()) {
            StoreSummary summary = new StoreScan(spark, order, tables, _ -> {}).run();
            assertThat(summary.processes()).singleElement().extracting(StoreSummary.Share::executor)
                    .isEqualTo("driver");
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("../docs/schemas/store-1.json")));
            assertThat(schema.validate(summary.json(), InputFormat.JSON)).isEmpty();
            StoreTables written = new StoreTables(spark, tables);
            ScanReport broken = written.query("status = 'broken' AND artifact LIKE '%a3.jar'");
            assertThat(broken.findings()).singleElement()
                    .satisfies(finding -> assertThat(finding.artifact()).endsWith("a3.jar"));
            assertThat(broken.artifacts()).singleElement()
                    .satisfies(artifact -> assertThat(artifact.path()).endsWith("a3.jar"));
            assertThatThrownBy(() -> written.query("severiti = 'error'")).isInstanceOf(ScanException.Usage.class)
                    .hasMessageContaining("severiti");
            assertThatThrownBy(() -> written.query("artifact = ")).isInstanceOf(ScanException.Usage.class);
        }
    }

    @Test
    void folders_that_hold_something_else_are_left_alone() throws IOException {
        Path root = filled();
        assertThatThrownBy(() -> store.scan(StoreOrder.scan(request(root), root, "local[1]", 1), _ -> {}))
                .isInstanceOf(ScanException.Usage.class).hasMessageContaining("must be empty");
        assertThat(root.resolve("app.war")).exists();
        assertThatThrownBy(() -> store.query(StoreOrder.query(root, ""))).isInstanceOf(ScanException.Usage.class)
                .hasMessageContaining("--spark first");
    }

    @Test
    void the_options_hold_all_that_this_version_of_spark_asks_for() {
        assertThat(SparkOptions.ofThisProcess()).contains(JavaModuleOptions.defaultModuleOptionArray());
    }
}
