package dev.assay.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tells of processes that the kernel ends for lack of memory, with the delay from its decision to the call here.
 *
 * <p>
 * The kernel's clock and {@link System#nanoTime} are both CLOCK_MONOTONIC on Linux, so the delay is their difference.
 */
public final class OomWatch implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int EVENT_BYTES = 16;
    private static final int EVENT = -16;
    /** How often the count is read where programs may not be loaded; the delay that it adds at most. */
    private static final Duration STEP = Duration.ofMillis(20);

    private final Opened open = new Opened();
    private final Optional<RingBuffer> ring;
    private final String missing;
    private final ProcCounters counters = new ProcCounters(Path.of("/proc"));
    private long counted;
    private long lookedNanos = System.nanoTime();

    /**
     * One process that was ended.
     *
     * @param process empty where only the kernel's count of kills can be read
     * @param delay from the kernel's decision to the call; where only the count is read, the most that it can have been
     */
    public record Kill(OptionalInt process, Duration delay) {}

    /** Called for each. */
    public interface Listener {
        void killed(Kill kill);
    }

    /**
     * Starts to watch, by a program where one may be loaded, else by the count in /proc/vmstat.
     *
     * @throws BpfException.Refused where neither can be had
     */
    public static OomWatch start() {
        try {
            return new OomWatch("tp_btf/mark_victim", true);
        } catch (BpfException.Refused | BpfException.NotFound e) {
            return new OomWatch(e.getMessage());
        }
    }

    /** Watches the count alone. */
    OomWatch(String why) {
        ring = Optional.empty();
        missing = "no programs in the kernel: " + why
                + "; /proc/vmstat counts kills and does not say of which process, "
                + "and is read every " + STEP.toMillis() + " ms";
        counted = counters.oomKills().orElseThrow(() -> new BpfException.Refused(why
                + "; and /proc/vmstat has no count of processes that were ended for memory", Kernel.EPERM));
    }

    /** What cannot be told, and why; empty where nothing is missing. */
    public Optional<String> missing() {
        return missing.isEmpty() ? Optional.empty() : Optional.of(missing);
    }

    /** Watches another tracepoint in its place; tests cannot run a machine out of memory. */
    OomWatch(String section, boolean victim) {
        missing = "";
        Btf kernel = BtfFile.kernel();
        BpfMap map = open.add(RingBuffer.create("oom", BUFFER_BYTES));
        try {
            ring = Optional.of(open.add(RingBuffer.open(map)));
            BpfProgram program = open.add(program(section, victim, kernel, map).load());
            open.add(Attachment.attach(program));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static ProgramBuilder program(String section, boolean victim, Btf kernel, BpfMap map) {
        ProgramBuilder b = new ProgramBuilder("oom", section, kernel);
        b.load(Register.R6, 8, Register.R1, 0);
        if (victim && byTask(kernel)) {
            b.field(Register.R6, Register.R6, "task_struct", "tgid");
        } else if (!victim) {
            b.call(HelperFunction.PROCESS_AND_THREAD).move(Register.R6, Register.R0);
            b.compute(ProgramBuilder.Operation.SHIFT_RIGHT, Register.R6, 32);
        }
        b.store(Register.R10, EVENT, 8, Register.R6);
        b.call(HelperFunction.TIME_NANOS).store(Register.R10, EVENT + 8, 8, Register.R0).map(Register.R1, map);
        LatencyTables.address(b, Register.R2, EVENT);
        b.move(Register.R3, EVENT_BYTES).move(Register.R4, 0).call(HelperFunction.RING_OUTPUT);
        return b.move(Register.R0, 0).exit();
    }

    /** Kernels since 6.10 hand over the task, older ones its number. */
    private static boolean byTask(Btf kernel) {
        for (int id : kernel.find("btf_trace_mark_victim", false)) {
            int proto = kernel.resolve(kernel.target(kernel.resolve(id)));
            int argument = kernel.resolve(kernel.parameter(proto, 1).type());
            return kernel.kind(argument) == Kind.PTR;
        }
        throw new BpfException.Refused("this kernel has no tracepoint type btf_trace_mark_victim", Kernel.ENOENT);
    }

    /** Waits up to {@code time} for kills and hands them over; how many there were. */
    public int poll(Duration time, Listener listener) {
        return ring.isPresent() ? ring.get().poll(time, event -> listener.killed(kill(event))) : count(time, listener);
    }

    private int count(Duration time, Listener listener) {
        long end = System.nanoTime() + time.toNanos();
        while (true) {
            long before = lookedNanos;
            lookedNanos = System.nanoTime();
            long now = counters.oomKills().orElse(counted);
            int found = (int) Math.max(0, now - counted);
            counted = now;
            for (int i = 0; i < found; i++) {
                listener.killed(new Kill(OptionalInt.empty(), Duration.ofNanos(System.nanoTime() - before)));
            }
            if (found > 0 || System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
                return found;
            }
            Observer.sleep(STEP);
        }
    }

    private static Kill kill(MemorySegment event) {
        return new Kill(OptionalInt.of((int) event.get(ValueLayout.JAVA_LONG, 0)),
                Duration.ofNanos(System.nanoTime() - event.get(
                        ValueLayout.JAVA_LONG, 8)));
    }

    @Override
    public void close() {
        open.close();
    }
}
