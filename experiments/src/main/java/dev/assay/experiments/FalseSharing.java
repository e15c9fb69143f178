package dev.assay.experiments;

import dev.assay.lab.Card;
import dev.assay.lab.Expectation;
import dev.assay.lab.Experiment;
import dev.assay.lab.Point;
import dev.assay.lab.Requirement;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.Machine;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What does it cost when two threads write to one cache line?
 *
 * <p>
 * A line has one owner. Two writers on one line take it from each other with every write, though they share no variable.
 */
public final class FalseSharing implements Experiment {
    @Override
    public Card card() {
        return Card.of("layout.false-sharing").asks("What does it cost when two threads write to one cache line?")
                .because("A cache line has one owner at a time. Threads that write different fields of one line take"
                        + " it from each other with every write, and no profiler points at a shared variable.")
                .varies("the distance between the fields that the threads write")
                .holds("the work per write, the threads,"
                        + " their processors")
                .needs(Requirement.processors(2)).headline(Point.of("threads", 2)).lasting(Duration.ofMillis(800));
    }

    @Override
    public List<Variant> variants(Machine machine) {
        int line = machine.caches().lineBytes();
        return List.of(Variant.of("apart", Map.of("strideBytes", 2 * line)),
                Variant.of("neighbour line", Map.of("strideBytes", line)),
                Variant.of("same line", Map.of("strideBytes", Long.BYTES)));
    }

    @Override
    public List<Expectation> expectations(Machine machine) {
        return List.of(Expectation.of("A line has " + machine.caches().lineBytes()
                + " bytes here, so fields " + Long.BYTES + " bytes apart share one and the others do not."));
    }

    @Override
    public Workload workload() {
        return bench -> {
            Jmh jmh = Jmh.of(bench, Writers.class).with(Map.of("strideBytes", bench.parameter("strideBytes")));
            jmh.measure(Point.of("threads", 1), "write", 1, 0.4);
            jmh.measure(Point.of("threads", 2), "write", 2, 0.6);
        };
    }

    /** The fields: one long per thread, all in one array, a stride apart. */
    @State(Scope.Benchmark)
    public static class Writers {
        private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
        /** Keeps the array's header and whatever lies behind the array off the measured lines. */
        private static final int MARGIN = 32;

        @Param("8")
        int strideBytes;
        long[] fields;

        @Setup
        public void allocate(ThreadParams threads) {
            fields = new long[2 * MARGIN + threads.getThreadCount() * strideBytes / Long.BYTES + MARGIN];
        }

        @Benchmark
        public void write(Place place) {
            // Opaque: every write happens, none orders another. A plain one could stay in a register.
            long seen = (long) LONGS.getOpaque(fields, place.index);
            LONGS.setOpaque(fields, place.index, seen + 1);
        }
    }

    /** Which field a thread writes. */
    @State(Scope.Thread)
    public static class Place extends Pinned {
        int index;

        @Setup
        public void choose(Writers writers, ThreadParams thread) {
            index = Writers.MARGIN + thread.getThreadIndex() * writers.strideBytes / Long.BYTES;
        }
    }
}
