package dev.assay.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

    private final List<AutoCloseable> open = new ArrayList<>();
    private final RingBuffer ring;

    /** One process that was ended. */
    public record Kill(int process, Duration delay) {}

    /** Called for each. */
    public interface Listener {
        void killed(Kill kill);
    }

    /** Starts to watch. */
    public OomWatch() {
        this("tp_btf/mark_victim", true);
    }

    /** Watches another tracepoint in its place; tests cannot run a machine out of memory. */
    OomWatch(String section, boolean victim) {
        Btf kernel = BtfFile.kernel();
        BpfMap map = RingBuffer.create("oom", BUFFER_BYTES);
        open.add(map);
        try {
            ring = RingBuffer.open(map);
            open.add(ring);
            BpfProgram program = program(section, victim, kernel, map).load();
            open.add(program);
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
        return ring.poll(time, event -> listener.killed(kill(event)));
    }

    private static Kill kill(MemorySegment event) {
        return new Kill((int) event.get(ValueLayout.JAVA_LONG, 0), Duration.ofNanos(System.nanoTime() - event.get(
                ValueLayout.JAVA_LONG, 8)));
    }

    @Override
    public void close() {
        for (AutoCloseable one : open.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing " + one + " failed", e);
            }
        }
        open.clear();
    }
}
