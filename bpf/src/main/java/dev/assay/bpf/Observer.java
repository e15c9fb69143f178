package dev.assay.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Programs in the kernel that count where time goes, from when this is made until it is closed.
 *
 * <p>
 * Nothing leaves the kernel while it runs: durations are counted there, eight buckets to the octave, and read when
 * asked. {@link #observe} falls back to what /proc tells where programs may not be loaded.
 */
public final class Observer implements AutoCloseable {
    private final ObserverKind kind;
    private final long startNanos;
    private final ThreadNames names = new ThreadNames();
    private final OptionalInt process;
    private final Opened open = new Opened();
    private final LatencyTables tables;
    private final CoreClasses classes;

    /**
     * Starts to watch all processes, or one.
     *
     * @throws BpfException.Refused without permission, or where this kernel lacks what the observer needs
     */
    public Observer(ObserverKind kind, OptionalInt process) {
        this.kind = kind;
        this.process = process;
        process.ifPresent(names::read);
        Btf kernel = BtfFile.kernel();
        tables = open.add(new LatencyTables());
        try {
            classes = open.add(new CoreClasses());
            new ObserverPrograms(kernel, tables, process, classes).of(kind).forEach(b -> open.add(b.load()));
            // All are verified before the first one runs, so that a half-attached observer never counts.
            programs().forEach(p -> open.add(Attachment.attach(p)));
            startNanos = System.nanoTime();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What has been counted until now. */
    public Observation read() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        process.ifPresent(names::read);
        Map<List<Integer>, TreeMap<Integer, long[]>> rows = new LinkedHashMap<>();
        tables.counts().forEach((key, value) -> {
            ByteBuffer k = ByteBuffer.wrap(key).order(ByteOrder.nativeOrder());
            ByteBuffer v = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
            rows.computeIfAbsent(List.of(k.getInt(4), k.getInt(0), k.getInt(8)), _ -> new TreeMap<>()).put(k.getInt(
                    12), new long[]{v.getLong(0), v.getLong(8)});
        });
        List<Observation.Row> list = new ArrayList<>();
        rows.forEach((key, buckets) -> list.add(row(key.get(0), key.get(1), key.get(2), buckets)));
        list.sort(Comparator.comparingLong(Observation.Row::sumNanos).reversed());
        return new Observation(kind, "bpf", seconds, list, tables.lostRecords(), List
                .of());
    }

    /** The programs, for measuring what they cost. */
    List<BpfProgram> programs() {
        return open.of(BpfProgram.class);
    }

    private Observation.Row row(int owner, int thread, int detail, TreeMap<Integer, long[]> buckets) {
        ThreadNames.Thread named = names.name(owner, thread);
        List<Observation.Bucket> list = new ArrayList<>();
        long count = 0;
        long sum = 0;
        for (Map.Entry<Integer, long[]> bucket : buckets.entrySet()) {
            list.add(new Observation.Bucket(LatencyTables.lowest(bucket.getKey()), LatencyTables.lowest(bucket.getKey()
                    + 1), bucket.getValue()[0]));
            count += bucket.getValue()[0];
            sum += bucket.getValue()[1];
        }
        return new Observation.Row(owner, thread, named.name(), named.role(), detail(detail), count, sum, list);
    }

    private String detail(int number) {
        return switch (kind) {
            case RUNQLAT -> classes.name(number);
            case OFFCPU -> (number & 2) != 0
                    ? "uninterruptible"
                    : (number & 1) != 0
                            ? "interruptible"
                            : "state "
                                    + number;
            case SYSCALLS -> SystemCalls.name(number);
            case RETRANSMITS -> "port " + (Short.reverseBytes((short) number) & 0xffff);
            default -> "";
        };
    }

    /**
     * Watches for {@code time}, by programs where they may be loaded, else by /proc as far as that goes.
     *
     * @throws BpfException.Refused where neither can tell
     */
    public static Observation observe(ObserverKind kind, OptionalInt process, Duration time) {
        try (Observer observer = new Observer(kind, process)) {
            sleep(time);
            return observer.read();
        } catch (BpfException.Refused | BpfException.NotFound e) {
            return new ProcFallback(Path.of("/proc")).observe(kind, process, time, e.getMessage());
        }
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            // Ctrl-C ends the watch early; what was counted until now is still told.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        open.close();
    }
}
