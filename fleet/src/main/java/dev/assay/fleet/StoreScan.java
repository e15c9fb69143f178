package dev.assay.fleet;

import dev.assay.scan.ScanPlan;
import dev.assay.scan.ScanRequest;
import dev.assay.scan.Scanner;
import dev.assay.scan.StoreOrder;
import dev.assay.scan.StoreSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Scans a store: lists it here, scans each file where Spark puts it, and writes the tables. */
final class StoreScan {
    private static final int PARTS_PER_CORE = 4;
    private static final int FILES_PER_PART = 256;

    private final SparkSession spark;
    private final StoreOrder order;
    private final StoreFolder folder;
    private final Consumer<String> progress;

    StoreScan(SparkSession spark, StoreOrder order, StoreFolder folder, Consumer<String> progress) {
        this.spark = spark;
        this.order = order;
        this.folder = folder;
        this.progress = progress;
    }

    StoreSummary run() throws IOException {
        long start = System.nanoTime();
        folder.begin();
        StoreTables tables = new StoreTables(spark, folder);
        ScanRequest request = order.request();
        ScanPlan plan = Scanner.plan(request);
        List<Piece> pieces = dealt(plan.pieces());
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int parts = parts(pieces.size(), context.defaultParallelism());
        spark.sparkContext().addSparkListener(new Parts(parts));
        String told = order.json();
        JavaRDD<Row> answers = context.parallelize(balanced(pieces, parts), parts)
                .mapPartitions(part -> answers(StoreOrder.of(told).request(), part));
        Dataset<Row> all = spark.createDataFrame(answers, StoreTables.ANSWER).persist(StorageLevel.MEMORY_AND_DISK());
        if (all.count() != pieces.size()) {
            throw new IllegalStateException("Spark lost files: " + all.count() + " of " + pieces.size());
        }
        tables.write(all, plan.findings());
        all.unpersist();
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        StoreSummary summary = tables.summary(order.target(), time);
        folder.finish(summary);
        return summary;
    }

    /** Runs where the part was dealt to; one answer is held at a time. */
    private static Iterator<Row> answers(ScanRequest request, Iterator<Piece> part) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return part.hasNext();
            }

            @Override
            public Row next() {
                Piece piece = part.next();
                return StoreTables.answer(piece, Scanner.part(request, piece.piece()));
            }
        };
    }

    private static List<Piece> dealt(List<ScanPlan.Piece> found) {
        List<Piece> pieces = new ArrayList<>(found.size());
        for (ScanPlan.Piece piece : found) {
            pieces.add(Piece.of(pieces.size(), piece));
        }
        pieces.sort(Comparator.comparingLong(Piece::bytes).reversed());
        return pieces;
    }

    private static int parts(int pieces, int cores) {
        int wanted = Math.max(PARTS_PER_CORE * Math.max(1, cores), pieces / FILES_PER_PART);
        return Math.max(1, Math.min(wanted, pieces));
    }

    /** The largest are dealt out first, one to each part, so that no part holds all of them. */
    private static List<Piece> balanced(List<Piece> bySize, int parts) {
        List<List<Piece>> hands = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            hands.add(new ArrayList<>());
        }
        for (int i = 0; i < bySize.size(); i++) {
            hands.get(i % parts).add(bySize.get(i));
        }
        return hands.stream().flatMap(List::stream).toList();
    }

    /** Tells how far the scan is; the writing afterwards is short. */
    private final class Parts extends SparkListener {
        private final int of;
        private final AtomicInteger done = new AtomicInteger();

        Parts(int of) {
            this.of = of;
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            int count = done.incrementAndGet();
            if (count <= of) {
                progress.accept(count + " of " + of + " parts");
            }
        }
    }
}
