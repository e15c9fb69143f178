package dev.assay.bpf;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of docs/measurements.md, one for each first argument; measurements/bpf.sh runs them. */
final class Measurements {
    private static final PrintStream OUT = System.out;

    private Measurements() {}

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        switch (arguments[0]) {
            case "nothing" -> OUT.println("0");
            case "index" -> {
                BtfFile.kernel();
                OUT.println(millis(start));
            }
            case "decode" -> {
                long fields = decode(BtfFile.kernel());
                OUT.println(millis(start) + " " + fields);
            }
            case "header" -> {
                CPrinter.header(BtfFile.kernel());
                OUT.println(millis(start));
            }
            case "warm" -> warm();
            case "ring" -> ring(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(
                    arguments[3]), Integer.parseInt(arguments[4]));
            case "check" -> check(Path.of(arguments[1]));
            case "switches" -> OUT.println(switches(Integer.parseInt(arguments[1])));
            case "beside" -> beside(ObserverKind.of(arguments[1]).orElseThrow(), arguments[2].equals("on"), Integer
                    .parseInt(arguments[3]));
            case "cost" -> cost(ObserverKind.of(arguments[1]).orElseThrow());
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static String millis(long start) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e6);
    }

    /** Every name, field, value and parameter of every type. */
    private static long decode(Btf btf) {
        long fields = 0;
        long letters = 0;
        for (int id = 1; id < btf.endId(); id++) {
            letters += btf.name(id).length();
            switch (btf.kind(id)) {
                case STRUCT, UNION -> {
                    for (int i = 0; i < btf.length(id); i++, fields++) {
                        letters += btf.member(id, i).name().length();
                    }
                }
                case ENUM, ENUM64 -> {
                    for (int i = 0; i < btf.length(id); i++, fields++) {
                        letters += btf.enumerator(id, i).name().length();
                    }
                }
                case FUNC_PROTO -> {
                    for (int i = 0; i < btf.length(id); i++, fields++) {
                        letters += btf.parameter(id, i).name().length();
                    }
                }
                default -> {
                }
            }
        }
        if (letters < fields) {
            throw new IllegalStateException("names are missing");
        }
        return fields;
    }

    private static void warm() {
        List<Double> index = new ArrayList<>();
        List<Double> header = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            long start = System.nanoTime();
            Btf kernel = BtfFile.kernel();
            index.add((System.nanoTime() - start) / 1e6);
            start = System.nanoTime();
            CPrinter.header(kernel);
            header.add((System.nanoTime() - start) / 1e6);
        }
        OUT.printf(Locale.ROOT, "%.1f %.1f%n", median(index.subList(20, 40)), median(header.subList(20, 40)));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static final int BATCHES = 1000;

    /**
     * Offers {@code rate} events a second in batches of a millisecond, for {@code seconds}, and drains them from a ring of
     * {@code bytes}; between two looks the reader stands still for {@code stall} milliseconds.
     */
    private static void ring(int rate, int seconds, int bytes, int stall) throws InterruptedException {
        try (BpfMap map = RingBuffer.create("events", bytes);
                RingBuffer ring = RingBuffer.open(map);
                EventSource source = new EventSource(map, false)) {
            long offered = (long) BATCHES * seconds * (rate / BATCHES);
            long[] writerNanos = {0};
            Thread producer = Thread.ofPlatform().start(() -> {
                long begin = System.nanoTime();
                for (int i = 0; i < BATCHES * seconds; i++) {
                    source.emit(rate / BATCHES);
                    while (System.nanoTime() < begin + (i + 1) * 1_000_000_000L / BATCHES) {
                        Thread.onSpinWait();
                    }
                }
                writerNanos[0] = System.nanoTime() - begin;
            });
            Reader reader = new Reader();
            boolean more = true;
            while (more) {
                boolean writing = producer.isAlive();
                more = reader.look(ring) > 0 || writing;
                if (stall > 0) {
                    Thread.sleep(stall);
                }
            }
            producer.join();
            OUT.printf(Locale.ROOT,
                    "%d offered at %.2f M/s, %d drained, %d lost as the program counts them, %d out of order or missing "
                            + "unseen, %.0f ns per event while draining%n",
                    offered, offered * 1e3 / writerNanos[0], reader.drained, source.refused(), reader.outOfOrder
                            + offered - reader.drained - source.refused(),
                    (double) reader.busyNanos / reader.drained);
        }
    }

    /** Checks the order of what it drains. */
    private static final class Reader {
        private long last;
        private long drained;
        private long outOfOrder;
        private long busyNanos;

        private int look(RingBuffer ring) {
            long from = System.nanoTime();
            int now = ring.drain(e -> {
                long number = e.get(java.lang.foreign.ValueLayout.JAVA_LONG, 0);
                outOfOrder += number <= last ? 1 : 0;
                last = number;
            });
            if (now > 0) {
                busyNanos += System.nanoTime() - from;
                drained += now;
            } else {
                Thread.onSpinWait();
            }
            return now;
        }
    }

    private static void check(Path object) {
        List<Double> times = new ArrayList<>();
        Btf kernel = BtfFile.kernel();
        for (int i = 0; i < 40; i++) {
            long start = System.nanoTime();
            CompatibilityCheck.check(ObjectFile.read(object), kernel);
            times.add((System.nanoTime() - start) / 1e6);
        }
        OUT.printf(Locale.ROOT, "%.1f%n", median(times.subList(20, 40)));
    }

    /** What each program of an observer costs per event, as the kernel times it, while two threads switch. */
    private static void cost(ObserverKind kind) throws InterruptedException {
        try (BpfLink timing = BpfProgram.countCosts();
                Observer observer = new Observer(kind, java.util.OptionalInt.empty())) {
            Thread load = Thread.ofPlatform().daemon().start(() -> {
                try {
                    switches(20_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            load.join();
            List<String> said = new ArrayList<>();
            for (BpfProgram program : observer.programs()) {
                BpfProgram.Cost cost = program.cost();
                said.add(cost.runs() == 0
                        ? program.name() + " did not run"
                        : String.format(Locale.ROOT, "%s %d ns x %d", program.name(), cost.nanos() / cost.runs(), cost
                                .runs()));
            }
            OUT.println(kind.word() + ": " + String.join(", ", said) + " (" + timing.where() + ")");
        }
    }

    /**
     * How long the switches take with an observer at work, or with one that was made and removed again, so that the two
     * differ in nothing but its programs.
     */
    private static void beside(ObserverKind kind, boolean on, int rounds) throws InterruptedException {
        Observer observer = new Observer(kind, java.util.OptionalInt.empty());
        try {
            if (!on) {
                observer.close();
            }
            // Compiled, and both threads' stacks touched, before it counts.
            switches(rounds / 10);
            OUT.println("took " + switches(rounds) + " ms");
        } finally {
            observer.close();
        }
    }

    /** Two threads that hand a token to and fro, for so many rounds: nothing but context switches. The milliseconds it took. */
    private static String switches(int rounds) throws InterruptedException {
        var one = new java.util.concurrent.SynchronousQueue<Integer>();
        var other = new java.util.concurrent.SynchronousQueue<Integer>();
        Thread echo = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    other.put(one.take());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        long start = System.nanoTime();
        for (int i = 0; i < rounds; i++) {
            one.put(i);
            other.take();
        }
        echo.interrupt();
        return millis(start);
    }
}
