package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerfBufferTest {
    private static final int EVENT_BYTES = 40;

    /** A program that writes {@code EVENT_BYTES} beginning with a running number. */
    private static BpfProgram writer(BpfMap events, BpfMap counter) {
        ProgramBuilder b = new ProgramBuilder("perf_events", "perf_event", BtfFile.kernel()).move(Register.R6,
                Register.R1);
        b.store(Register.R10, -4, 4, 0).map(Register.R1, counter);
        LatencyTables.address(b, Register.R2, -4);
        b.call(HelperFunction.MAP_LOOKUP).jump(Condition.EQUAL, Register.R0, 0, "end");
        b.load(Register.R1, 8, Register.R0, 0).compute(ProgramBuilder.Operation.ADD, Register.R1, 1);
        b.store(Register.R0, 0, 8, Register.R1).store(Register.R10, -8 - EVENT_BYTES, 8, Register.R1);
        for (int i = 8; i < EVENT_BYTES; i += 8) {
            b.store(Register.R10, -8 - EVENT_BYTES + i, 8, i);
        }
        b.move(Register.R1, Register.R6).map(Register.R2, events).moveWide(Register.R3, 0xffffffffL);
        LatencyTables.address(b, Register.R4, -8 - EVENT_BYTES);
        b.move(Register.R5, EVENT_BYTES).call(HelperFunction.PERF_OUTPUT);
        return b.label("end").move(Register.R0, 0).exit().load();
    }

    @Test
    void eventsArriveWholeAlsoWhereTheyWrapAround() {
        Available.loading();
        try (BpfMap events = BpfMap.create(new BpfMap.Definition("perf", BpfMap.PERF_EVENT_ARRAY, 4, 4, Processors
                .possible(), 0));
                BpfMap counter = BpfMap.create(new BpfMap.Definition("counter", BpfMap.ARRAY, 4, 8, 1, 0));
                PerfBuffer buffer = PerfBuffer.open(events, 1);
                BpfProgram program = writer(events, counter);
                BpfLink link = Attachment.attach(program, "20000")) {
            assertThat(link.where()).contains("cpu-clock");
            List<Long> numbers = new ArrayList<>();
            long busyUntil = System.nanoTime() + 20_000_000_000L;
            // One page holds some 70 events: several pages' worth proves the wrapping.
            while (numbers.size() < 400 && System.nanoTime() < busyUntil) {
                buffer.drain(event -> {
                    assertThat(event.byteSize()).isGreaterThanOrEqualTo(EVENT_BYTES);
                    for (int i = 8; i < EVENT_BYTES; i += 8) {
                        assertThat(event.get(ValueLayout.JAVA_LONG_UNALIGNED, i)).isEqualTo(i);
                    }
                    numbers.add(event.get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
                });
            }
            assertThat(numbers).hasSizeGreaterThanOrEqualTo(400).doesNotHaveDuplicates();
        }
    }
}
