package dev.assay.cli;

import dev.assay.scan.ArtifactStore;
import dev.assay.scan.ScanException;
import dev.assay.scan.ScanReport;
import dev.assay.scan.ScanRequest;
import dev.assay.scan.StoreOrder;
import dev.assay.scan.StoreSummary;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Options of assay scan for whole artifact stores, which Spark scans. */
final class StoreOptions {
    @Option(names = "--spark", paramLabel = "MASTER",
            description = "Scan with Spark: cluster (a master and workers of our own, for the time of the scan), local[N], or spark://HOST:PORT. The findings go to --parquet.")
    private String spark;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "2",
            description = "Worker processes of --spark cluster. Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(names = "--parquet", paramLabel = "FOLDER", description = "Where --spark writes its tables.")
    private Path parquet;

    @Option(names = "--query", paramLabel = "FOLDER",
            description = "Instead of scanning, answer from the tables that --spark wrote.")
    private Path query;

    @Option(names = "--where", paramLabel = "CONDITION", defaultValue = "",
            description = "With --query: an SQL condition on rule, severity, confidence, artifact, location, says, remedy, file, status.")
    private String where;

    boolean scans() {
        return spark != null;
    }

    boolean asks() {
        return query != null;
    }

    /** What fits no plain scan is said, not passed over. */
    void check(boolean ofFindings) {
        if (spark != null && ofFindings) {
            throw new ScanException.Usage("--spark writes tables and prints a summary as table, json or markdown; ask"
                    + " the tables for other formats: assay scan --query FOLDER --format sarif");
        }
        if (spark != null && query != null) {
            throw new ScanException.Usage("--spark scans and --query asks; give one of them.");
        }
        if (spark != null && parquet == null) {
            throw new ScanException.Usage(
                    "--spark needs a folder for its tables; none was given. Add --parquet FOLDER.");
        }
        if (spark == null && parquet != null) {
            throw new ScanException.Usage("--parquet is for --spark, which was not given. Add --spark cluster.");
        }
        if (query == null && !where.isEmpty()) {
            throw new ScanException.Usage("--where is for --query, which was not given. Add --query FOLDER.");
        }
    }

    StoreSummary scan(ScanRequest request, Consumer<String> progress) {
        if (request.baseline().isPresent() || request.repository().isPresent()) {
            throw new ScanException.Usage(
                    "--baseline and --repository look at findings, which --spark only writes. Give --baseline to --query.");
        }
        String master = spark.equals("cluster") ? "" : spark;
        return store().scan(StoreOrder.scan(request, parquet, master, workers), progress);
    }

    ScanReport answer() {
        return store().query(StoreOrder.query(query, where));
    }

    private static ArtifactStore store() {
        return ArtifactStore.in(Path.of(System.getProperty("assay.home", ".")));
    }
}
