package dev.assay.bpf;

import java.util.List;

/**
 * What an observer saw.
 *
 * @param source {@code bpf}, or {@code proc} where programs may not be loaded
 * @param lost records that the kernel had no room for
 * @param missing what was not available, each with the remedy
 */
public record Observation(ObserverKind kind, String source, double seconds, List<Row> rows, long lost,
        List<String> missing) {
    public Observation {
        rows = List.copyOf(rows);
        missing = List.copyOf(missing);
    }

    /**
     * One thread, and one value of the detail (a system call, a core class).
     *
     * @param role in a JVM {@code application}, {@code collector}, {@code compiler} or {@code runtime}; else empty
     * @param sumNanos all durations together, exact
     * @param buckets from the shortest; empty for the fall-back, which knows only sums
     */
    public record Row(int process, int thread, String name, String role, String detail, long count, long sumNanos,
            List<Bucket> buckets) {
        public Row {
            buckets = List.copyOf(buckets);
        }

        /** The duration under which the share {@code quantile} of all lies, or a little above: buckets are 12.5 % wide. */
        public long quantileNanos(double quantile) {
            long wanted = (long) Math.ceil(quantile * count);
            long seen = 0;
            for (Bucket bucket : buckets) {
                seen += bucket.count();
                if (seen >= wanted) {
                    return bucket.toNanos();
                }
            }
            return 0;
        }
    }

    /** {@code count} durations of at least {@code fromNanos} and less than {@code toNanos}. */
    public record Bucket(long fromNanos, long toNanos, long count) {}
}
