package dev.assay.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A program that writes numbered events of 8 bytes into a ring buffer, as often as it is run. Without {@code wakeups} the
 * reader must look by itself (BPF_RB_NO_WAKEUP): one that has always read everything would else be woken for each event,
 * by an interrupt that costs the writer more than the event.
 */
final class EventSource implements AutoCloseable {
    private final BpfMap counters;
    private final BpfProgram program;

    EventSource(BpfMap ring) {
        this(ring, true);
    }

    EventSource(BpfMap ring, boolean wakeups) {
        counters = BpfMap.create(new BpfMap.Definition("counters", BpfMap.ARRAY, 4, 16, 1, 0));
        ProgramBuilder b = new ProgramBuilder("events", "socket", BtfFile.kernel());
        b.store(Register.R10, -4, 4, 0).map(Register.R1, counters);
        LatencyTables.address(b, Register.R2, -4);
        b.call(HelperFunction.MAP_LOOKUP).jump(Condition.EQUAL, Register.R0, 0, "end").move(Register.R6, Register.R0);
        b.load(Register.R1, 8, Register.R6, 0).compute(ProgramBuilder.Operation.ADD, Register.R1, 1);
        b.store(Register.R6, 0, 8, Register.R1).store(Register.R10, -16, 8, Register.R1).map(Register.R1, ring);
        LatencyTables.address(b, Register.R2, -16);
        b.move(Register.R3, 8).move(Register.R4, wakeups ? 0 : 1).call(HelperFunction.RING_OUTPUT).jump(Condition.EQUAL,
                Register.R0,
                0,
                "end");
        b.load(Register.R1, 8, Register.R6, 8).compute(ProgramBuilder.Operation.ADD, Register.R1, 1);
        b.store(Register.R6, 8, 8, Register.R1).label("end").move(Register.R0, 0).exit();
        program = b.load();
    }

    void emit(int events) {
        program.run(new byte[64], events);
    }

    /** Lets it run for every packet. */
    BpfLink attach() {
        return Attachment.attach(program);
    }

    /** Events for which there was no room. */
    long refused() {
        return ByteBuffer.wrap(counters.get(new byte[4]).orElseThrow()).order(ByteOrder.nativeOrder()).getLong(8);
    }

    @Override
    public void close() {
        program.close();
        counters.close();
    }
}
