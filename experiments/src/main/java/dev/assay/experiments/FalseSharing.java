package dev.assay.experiments;

import dev.assay.lab.Bench;
import dev.assay.lab.Card;
import dev.assay.lab.Expectation;
import dev.assay.lab.Experiment;
import dev.assay.lab.Metric;
import dev.assay.lab.Point;
import dev.assay.lab.Requirement;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.Machine;
import dev.assay.statistics.Sample;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.vm.VM;
import org.openjdk.jol.vm.VirtualMachine;

/**
 * What does it cost when threads write different fields of one cache line?
 *
 * <p>
 * A snapshot of an order book: the bid side, the ask side, the last trade and the clock, each a price and a quantity,
 * each written by a thread of its own and read by nobody. No variable is shared. Yet a line has one owner at a time, and
 * writers on one line take it from each other.
 *
 * <pre>
 * packed   |bid   |ask   |trade |clock |                             16 bytes apart: one line of 64
 * spread   |bid   |...      line      |ask   |...      line     |    a line apart: neighbours
 * padded   |bid   |...           two lines           |ask   |...     two lines apart
 * objects  |header|bid   |header|ask   |                             as the running VM lays them out (JOL)
 * </pre>
 */
public final class FalseSharing implements Experiment {
    private static final int SIDE_BYTES = 2 * Long.BYTES;

    @Override
    public Card card() {
        return Card.of("layout.false-sharing").asks("What does it cost when threads write fields of one cache line?")
                .because("Fields that are declared together are laid out together. Threads that write them take the"
                        + " line from each other with every write, and no profiler points at a shared variable.")
                .varies("where the sides of the book lie: packed, a line apart, two lines apart, or as two objects that"
                        + " were allocated one after the other, with ordinary and with compact headers")
                .holds("the update (two opaque writes of the thread's own fields), the writers, each on a processor of"
                        + " its own; off-heap books are aligned to four lines, objects are chosen by their address")
                .measures(new Metric("time per update", "ns", Metric.Better.LOWER)).needs(Requirement.processors(2))
                .headline(Point.of("threads", 2)).comparedAt(Point.of("threads", 1)).lasting(Duration.ofMillis(500))
                .with(Jmh.OPTIONS);
    }

    @Override
    public List<Variant> variants(Machine machine) {
        int line = machine.caches().lineBytes();
        return List.of(variant("packed", line, SIDE_BYTES), variant("spread", line, line),
                variant("padded", line, 2 * line), objects("objects", line, "-"),
                objects("objects, compact headers", line, "+").against("objects"));
    }

    private static Variant variant(String name, int line, int stride) {
        return Variant.of(name, Map.of("update", "book", "strideBytes", stride, "lineBytes", line));
    }

    /** @param compact + or - */
    private static Variant objects(String name, int line, String compact) {
        // Without an agent JOL still knows addresses and offsets; attaching one would take seconds.
        return Variant.of(name, Map.of("update", "object", "strideBytes", 0, "lineBytes", line),
                "-XX:" + compact + "UseCompactObjectHeaders", "-Djol.skipDynamicAttach=true",
                "-Djol.skipInstallAttach=true", "-Djol.skipHotspotSAAttach=true");
    }

    @Override
    public List<Expectation> expectations(Machine machine) {
        int line = machine.caches().lineBytes();
        return List.of(
                Expectation.of("A line has " + line + " bytes here (" + machine.caches().line().because()
                        + "): packed sides share one, spread and padded ones do not. Where padded is faster than"
                        + " spread, lines are fetched in pairs."),
                Expectation.of("One writer alone should not notice any of it. An object of two longs takes 32 bytes, or"
                        + " 24 with compact headers, so two allocated in a row often share a line; the figures"
                        + " objectBytes and priceOffsetBytes say what the VM did."),
                Expectation
                        .of("Figures p50Nanos, p99Nanos and p999Nanos: the time per update of two writers in bursts of "
                                + BURST
                                + ". The tail of padded ones is that of interrupts; the tail of packed ones is the line's."));
    }

    @Override
    public Workload workload() {
        return bench -> {
            Map<String, String> parameters = Map.of("strideBytes", bench.parameter("strideBytes"), "lineBytes",
                    bench.parameter("lineBytes"));
            List<Integer> counts = List.of(1, 2, bench.processors().size()).stream().distinct()
                    .filter(n -> n <= bench.processors().size()).toList();
            for (int threads : counts) {
                Writer.updates.clear();
                Jmh.of(bench, Book.class).with(parameters).measure(Point.of("threads", threads),
                        bench.parameter("update"), threads, 1.0 / counts.size());
                bench.check("no update was lost with " + threads + " writers", Book.last.complete(threads));
                if (threads == 2 && bench.parameter("update").equals("book")) {
                    tail(bench, Book.last);
                }
            }
            if (bench.parameter("update").equals("object")) {
                layout(bench);
            }
        };
    }

    /** Updates between two looks at the clock: a look costs as much as some updates, and one store alone just queues. */
    private static final int BURST = 32;
    private static final int BURSTS = 20_000;

    /** What updates of two writers take at the worst: the figures of the first, whose bursts are timed one by one. */
    private static void tail(Bench bench, Book book) throws InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        Writer other = new Writer().at(1, book);
        Thread neighbour = Thread.ofPlatform().start(() -> {
            Pinned.thread(1);
            while (!ended.get()) {
                burst(book, other);
            }
        });
        Pinned.thread(0);
        Writer writer = new Writer().at(0, book);
        double[] nanos = new double[BURSTS];
        for (int pass = 0; pass < 2; pass++) { // the first for the compiler
            for (int i = 0; i < BURSTS; i++) {
                long start = System.nanoTime();
                burst(book, writer);
                nanos[i] = (System.nanoTime() - start) / (double) BURST;
            }
        }
        ended.set(true);
        neighbour.join();
        Sample sample = Sample.of(nanos);
        bench.figure("p50Nanos", sample.median());
        bench.figure("p99Nanos", sample.quantile(0.99));
        bench.figure("p999Nanos", sample.quantile(0.999));
    }

    private static void burst(Book book, Writer writer) {
        for (int i = 0; i < BURST; i++) {
            book.book(writer);
        }
    }

    /** Objects as the running VM has them. */
    private static void layout(Bench bench) {
        ClassLayout layout = ClassLayout.parseClass(Side.class);
        bench.figure("objectBytes", layout.instanceSize());
        bench.figure("headerBytes", layout.headerSize());
        layout.fields().forEach(field -> bench.figure(field.name() + "OffsetBytes", field.offset()));
        bench.check("the first two objects share a line", Book.last.share);
    }

    /** One side of the book as an object. */
    static final class Side {
        long price;
        long quantity;
    }

    /** The snapshot: off-heap with a stride, and as objects. */
    @State(Scope.Benchmark)
    public static class Book {
        private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
        private static final VarHandle PRICE = field("price");
        private static final VarHandle QUANTITY = field("quantity");
        private static final int CANDIDATES = 64;
        static volatile Book last;

        @Param("16")
        int strideBytes;
        @Param("64")
        int lineBytes;
        MemorySegment memory;
        Side[] sides;
        boolean share;
        final Object[] shifts = new Object[CANDIDATES];

        private static VarHandle field(String name) {
            try {
                return MethodHandles.lookup().findVarHandle(Side.class, name, long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @Setup
        public void allocate(ThreadParams thread) {
            int writers = thread.getThreadCount();
            memory = Arena.global().allocate((long) (writers + 2) * Math.max(strideBytes, lineBytes), 4L * lineBytes);
            sides = new Side[writers];
            if (strideBytes == 0) {
                allocateObjects(writers);
            }
            last = this;
        }

        /** Objects in a row, of which the first two share a line. */
        private void allocateObjects(int writers) {
            Side[] row = new Side[CANDIDATES + writers];
            for (int i = 0; i < row.length; i++) {
                row[i] = new Side();
                shifts[i % shifts.length] = i % 8 == 7 ? new Object() : null; // the next ones begin elsewhere in a line
            }
            VirtualMachine vm = VM.current();
            long offset = ClassLayout.parseClass(Side.class).fields().first().offset();
            int first = 0;
            while (first < CANDIDATES && !share) {
                share = (vm.addressOf(row[first]) + offset) / lineBytes == (vm.addressOf(row[first + 1]) + offset
                        + Long.BYTES) / lineBytes;
                first += share ? 0 : 1;
            }
            System.arraycopy(row, first, sides, 0, writers);
        }

        /** Whether every writer's own count of updates is in its side of the book. */
        boolean complete(int writers) {
            for (int i = 0; i < writers; i++) {
                long quantity = strideBytes > 0
                        ? memory.get(ValueLayout.JAVA_LONG, (long) i * strideBytes + Long.BYTES)
                        : sides[i].quantity;
                if (quantity == 0 || quantity != Writer.updates.getOrDefault(i, -1L)) {
                    return false;
                }
            }
            return true;
        }

        @Benchmark
        public void book(Writer writer) {
            long update = ++writer.count;
            // Opaque: every write happens, none orders another. A plain one could stay in a register.
            LONG.setOpaque(memory, writer.offset, update & 0xff);
            LONG.setOpaque(memory, writer.offset + Long.BYTES, update);
        }

        @Benchmark
        public void object(Writer writer) {
            long update = ++writer.count;
            PRICE.setOpaque(writer.side, update & 0xff);
            QUANTITY.setOpaque(writer.side, update);
        }
    }

    /** A thread and the side that it writes. */
    @State(Scope.Thread)
    public static class Writer extends Pinned {
        static final Map<Integer, Long> updates = new ConcurrentHashMap<>();
        private int index;
        long offset;
        Side side;
        long count;

        @Setup
        public void choose(Book book, ThreadParams thread) {
            at(thread.getThreadIndex(), book);
        }

        Writer at(int place, Book book) {
            index = place;
            offset = (long) index * book.strideBytes;
            side = book.sides[index];
            return this;
        }

        @TearDown(Level.Trial)
        public void count() {
            updates.put(index, count);
        }
    }
}
