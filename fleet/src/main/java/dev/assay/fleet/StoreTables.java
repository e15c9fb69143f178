package dev.assay.fleet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;

import dev.assay.scan.Artifact;
import dev.assay.scan.Confidence;
import dev.assay.scan.Evidence;
import dev.assay.scan.Finding;
import dev.assay.scan.ScanException;
import dev.assay.scan.ScanReport;
import dev.assay.scan.Severity;
import dev.assay.scan.Status;
import dev.assay.scan.StoreSummary;
import dev.assay.scan.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The tables of a scanned store, as Parquet: files, artifacts and findings, and a summary that is written last.
 *
 * <pre>
 * FOLDER/files/      file, bytes, counted, executor, host, process, position
 * FOLDER/artifacts/  path, status, evidence[path, says], file, position, ordinal
 * FOLDER/findings/   rule, severity, confidence, artifact, location, says, remedy, file, position, ordinal
 * FOLDER/summary.json
 * </pre>
 */
final class StoreTables {
    private static final StructType EVIDENCE = texts("path", "says");
    private static final StructType ARTIFACT = texts("path", "status").add(field("evidence", array(EVIDENCE)));
    private static final StructType FINDING = texts("rule", "severity", "confidence", "artifact", "location", "says",
            "remedy");
    /** What the scan of one piece gives, before it is taken apart into tables. */
    static final StructType ANSWER = texts("file").add(field("bytes", DataTypes.LongType))
            .add(field("counted", DataTypes.LongType)).add(field("executor", DataTypes.StringType))
            .add(field("host", DataTypes.StringType)).add(field("process", DataTypes.LongType))
            .add(field("position", DataTypes.LongType)).add(field("artifacts", array(ARTIFACT)))
            .add(field("findings", array(FINDING)));

    private final SparkSession spark;
    private final StoreFolder folder;

    StoreTables(SparkSession spark, StoreFolder folder) {
        this.spark = spark;
        this.folder = folder;
    }

    private static StructField field(String name, DataType type) {
        return DataTypes.createStructField(name, type, false);
    }

    private static DataType array(DataType of) {
        return DataTypes.createArrayType(of, false);
    }

    private static StructType texts(String... names) {
        StructType type = new StructType();
        for (String name : names) {
            type = type.add(field(name, DataTypes.StringType));
        }
        return type;
    }

    /** Runs where the piece was scanned. */
    static Row answer(Piece piece, ScanReport report) {
        return RowFactory.create(piece.path(), report.bytes(), report.files(), SparkEnv.get().executorId(),
                SparkEnv.get().blockManager().blockManagerId().host(), ProcessHandle.current().pid(), piece.position(),
                report.artifacts().stream().map(StoreTables::row).toArray(Row[]::new),
                report.findings().stream().map(StoreTables::row).toArray(Row[]::new));
    }

    private static Row row(Artifact artifact) {
        return RowFactory.create(artifact.path(), artifact.status().label(),
                artifact.evidence().stream().map(fact -> RowFactory.create(fact.path(), fact.says()))
                        .toArray(Row[]::new));
    }

    private static Row row(Finding finding) {
        return RowFactory.create(finding.rule(), finding.severity().label(), finding.confidence().label(),
                finding.artifact(), finding.location(), finding.says(), finding.remedy());
    }

    void write(Dataset<Row> answers, List<Finding> ofThePlan) {
        Dataset<Row> few = answers.coalesce(Math.max(1, spark.sparkContext().defaultParallelism()));
        save(few.drop("artifacts", "findings"), "files");
        save(few.select(col("file"), col("position"), posexplode(col("artifacts")).as(new String[]{"ordinal", "one"}))
                .select("one.*", "file", "position", "ordinal"), "artifacts");
        Dataset<Row> found = few
                .select(col("file"), col("position"), posexplode(col("findings")).as(new String[]{"ordinal", "one"}))
                .select("one.*", "file", "position", "ordinal");
        List<Row> rest = new ArrayList<>();
        for (Finding finding : ofThePlan) {
            rest.add(RowFactory.create(finding.rule(), finding.severity().label(), finding.confidence().label(),
                    finding.artifact(), finding.location(), finding.says(), finding.remedy(), finding.artifact(), -1L,
                    rest.size()));
        }
        save(rest.isEmpty() ? found : found.union(spark.createDataFrame(rest, found.schema())), "findings");
    }

    private void save(Dataset<Row> table, String name) {
        table.write().mode(SaveMode.Overwrite).parquet(folder.table(name));
    }

    private Dataset<Row> table(String name) {
        return spark.read().parquet(folder.table(name));
    }

    StoreSummary summary(String target, Duration time) {
        Dataset<Row> files = table("files");
        List<StoreSummary.Share> shares = new ArrayList<>();
        long counted = 0;
        long bytes = 0;
        for (Row row : files.groupBy("executor", "host", "process").agg(sum("counted"), sum("bytes"))
                .orderBy("executor", "process").collectAsList()) {
            shares.add(new StoreSummary.Share(row.getString(0), row.getString(1), row.getLong(2), row.getLong(3),
                    row.getLong(4)));
            counted += row.getLong(3);
            bytes += row.getLong(4);
        }
        Map<String, Long> artifacts = new TreeMap<>();
        table("artifacts").groupBy("status").agg(count("path")).collectAsList()
                .forEach(row -> artifacts.put(row.getString(0), row.getLong(1)));
        List<StoreSummary.OfRule> rules = table("findings").groupBy("rule", "severity", "confidence")
                .agg(count("rule")).collectAsList().stream()
                .map(row -> new StoreSummary.OfRule(row.getString(0), row.getString(1), row.getString(2),
                        row.getLong(3)))
                .sorted(Comparator.comparing((StoreSummary.OfRule one) -> Severity.of(one.severity()))
                        .thenComparing(one -> Confidence.of(one.confidence()))
                        .thenComparing(StoreSummary.OfRule::rule))
                .toList();
        return new StoreSummary(StoreSummary.SCHEMA, target, folder.path().toString(), counted, bytes,
                time.toMillis() / 1000.0, artifacts, rules, shares);
    }

    /** The findings that meet the condition, with the artifacts that they are in; without a condition, everything. */
    ScanReport query(String where) throws IOException {
        StoreSummary summary = folder.summary();
        Dataset<Row> artifacts = table("artifacts");
        Dataset<Row> findings = table("findings");
        if (!where.isEmpty()) {
            findings = matching(findings, artifacts, where);
            artifacts = artifacts.join(findings.select(col("artifact")).distinct(),
                    col("path").equalTo(col("artifact")), "left_semi");
        }
        List<Artifact> found = ordered(artifacts).stream()
                .map(StoreTables::artifact).toList();
        List<Finding> sorted = ordered(findings).stream()
                .map(StoreTables::finding).sorted(Finding.ORDER).toList();
        return new ScanReport(Target.of(summary.target()), found, sorted, 0, summary.files(), summary.bytes());
    }

    /** As a plain scan meets them; sorted here, for a query is answered by one process. */
    private static List<Row> ordered(Dataset<Row> table) {
        List<Row> rows = new ArrayList<>(table.collectAsList());
        rows.sort(Comparator.comparingLong((Row row) -> row.<Long>getAs("position"))
                .thenComparingInt(row -> row.<Integer>getAs("ordinal")));
        return rows;
    }

    private static Dataset<Row> matching(Dataset<Row> findings, Dataset<Row> artifacts, String where) {
        Dataset<Row> states = artifacts.select(col("path").as("artifact"), col("status")).distinct();
        try {
            return findings.join(states, findings.col("artifact").equalTo(states.col("artifact")), "left")
                    .drop(states.col("artifact")).where(where);
        } catch (Exception e) {
            if (e instanceof AnalysisException || e.getClass().getSimpleName().contains("Parse")) {
                throw new ScanException.Usage("--where must be an SQL condition on rule, severity, confidence, "
                        + "artifact, location, says, remedy, file and status; this is not one: " + where + " ("
                        + e.getMessage().lines().findFirst().orElse("") + ")");
            }
            throw e;
        }
    }

    private static Artifact artifact(Row row) {
        List<Row> evidence = row.getList(row.fieldIndex("evidence"));
        return new Artifact(row.getAs("path"), Status.of(row.getAs("status")),
                evidence.stream().map(fact -> new Evidence(fact.getString(0), fact.getString(1))).toList());
    }

    private static Finding finding(Row row) {
        return new Finding(row.getAs("rule"), Severity.of(row.getAs("severity")),
                Confidence.of(row.getAs("confidence")), row.getAs("artifact"), row.getAs("location"),
                row.getAs("says"), row.getAs("remedy"));
    }
}
