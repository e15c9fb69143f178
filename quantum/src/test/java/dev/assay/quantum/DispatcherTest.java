package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    @Test
    void noStepIsIssuedOutOfOrder() {
        Circuit circuit = KnownOptimum.circuit(Shapes.line(5), 3, 60, 1);
        Dispatcher dispatcher = new Dispatcher(Schedule.asap(circuit, Shapes.full(5)), 1e7);
        Dispatcher.Report report = dispatcher.run(Dispatcher.Placement.DEFAULT, 50_000);
        assertThat(report.issued()).isEqualTo(50_000);
        assertThat(report.outOfOrder()).isZero();
        assertThat(report.lateness()).isSorted().hasSize(4);
    }

    @Test
    void aRingKeepsOrderAndRefusesWhenFull() {
        Ring ring = new Ring(4);
        for (int i = 0; i < 4; i++) {
            assertThat(ring.offer(i)).isTrue();
        }
        assertThat(ring.offer(4)).isFalse();
        assertThat(List.of(ring.poll(), ring.poll())).containsExactly(0L, 1L);
        assertThat(ring.offer(5)).isTrue();
        assertThat(List.of(ring.poll(), ring.poll(), ring.poll(), ring.poll())).containsExactly(2L, 3L, 5L,
                Ring.EMPTY);
    }
}
