package dev.assay.fleet;

import dev.assay.scan.FindingsJson;
import dev.assay.scan.ScanException;
import dev.assay.scan.Scratch;
import dev.assay.scan.StoreOrder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The program that does what a {@link StoreOrder} says: order file in, answer file out, progress on standard output. */
public final class StoreProcess {
    private StoreProcess() {}

    /** Exit codes: 0 answered; 2 the order was wrong, the answer says how; 4 failed. */
    public static void main(String[] arguments) throws IOException {
        Path answer = Path.of(arguments[1]);
        int exit = 0;
        String said;
        try {
            said = answer(StoreOrder.of(Files.readString(Path.of(arguments[0]))), System.out);
        } catch (ScanException e) {
            exit = 2;
            said = e.getMessage();
        } catch (Exception e) {
            // Spark throws checked exceptions that its methods do not declare.
            e.printStackTrace();
            exit = 4;
            said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
        Files.writeString(answer, said);
        System.exit(exit);
    }

    private static String answer(StoreOrder order, PrintStream progress) throws IOException {
        StoreFolder folder = new StoreFolder(Path.of(order.folder()));
        switch (order.verb()) {
            case SCAN -> folder.claim();
            case QUERY -> folder.summary();
        }
        Path scratch = Files.createTempDirectory("assay-spark");
        try (Cluster cluster = order.master().isEmpty()
                ? Cluster.start(order.workers(), scratch.resolve("cluster"))
                : Cluster.elsewhere(order.master());
                SparkSession spark = SparkSession.builder().config(configuration(cluster, scratch)).getOrCreate()) {
            return switch (order.verb()) {
                case SCAN -> new StoreScan(spark, order, folder, progress::println).run().json();
                case QUERY -> {
                    StringWriter text = new StringWriter();
                    FindingsJson.write(new StoreTables(spark, folder).query(order.where()), text);
                    yield text.toString();
                }
            };
        } finally {
            Scratch.delete(scratch);
        }
    }

    static SparkConf configuration(Cluster cluster, Path scratch) {
        SparkConf configuration = new SparkConf(false).setMaster(cluster.master()).setAppName("assay scan")
                .set("spark.ui.enabled", "false").set("spark.local.dir", scratch.resolve("spark").toString())
                .set("spark.sql.warehouse.dir", scratch.resolve("warehouse").toUri().toString())
                // The tables are small beside what they were read from: compiling queries costs more than it saves.
                .set("spark.sql.shuffle.partitions", "2").set("spark.sql.adaptive.enabled", "false")
                .set("spark.sql.codegen.wholeStage", "false").set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                // A store is dealt out evenly only when all workers are there.
                .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
                .set("spark.scheduler.maxRegisteredResourcesWaitingTime", "30s")
                .set("spark.executor.cores", "1").set("spark.executor.memory", "1g")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.executor.extraJavaOptions",
                        "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j2.configurationFile=dev/assay/fleet/log4j2.properties");
        boolean here = cluster.master().startsWith("local") || cluster.secret().isPresent();
        if (here) {
            configuration.set("spark.driver.host", Cluster.LOOPBACK).set("spark.driver.bindAddress", Cluster.LOOPBACK);
        }
        cluster.secret().ifPresent(secret -> configuration.set("spark.authenticate", "true")
                .set("spark.authenticate.secret", secret).set("spark.cores.max", String.valueOf(cluster.workers())));
        Locale.setDefault(Locale.ROOT);
        return configuration;
    }
}
