package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** With a clock that each reading moves on, so that nothing depends on the machine. */
class DeadlineTest {
    private static final int READINGS_AFTER = 300;

    @Test
    void onceTheTimeIsUpEveryStageEndsAndTheResultIsRightStill() {
        Circuit branches = Qasm.parse("t", """
                OPENQASM 3; include "stdgates.inc"; qubit[4] q; bit[1] c;
                cx q[0], q[1]; cx q[1], q[2]; cx q[2], q[3]; c[0] = measure q[0];
                if (c[0]) { cx q[0], q[3]; cx q[1], q[3]; } else { cx q[0], q[2]; h q[1]; }
                cx q[0], q[1]; cx q[3], q[0];
                """);
        Device hexagons = Shapes.heavyHex(5);
        List<Circuit> circuits = List.of(KnownOptimum.circuit(hexagons, 0, 400, 1),
                KnownOptimum.circuit(hexagons, 3, 300, 1), KnownOptimum.circuit(Shapes.grid(5, 5), 20, 300, 1),
                branches);
        for (Circuit circuit : circuits) {
            for (MappingOptions.Objective objective : MappingOptions.Objective.values()) {
                for (int millis : new int[]{1, 20, 300}) {
                    AtomicLong readings = new AtomicLong();
                    Mapping mapping = Mapper.map(circuit, hexagons,
                            new MappingOptions(1, Duration.ofMillis(millis), 2, objective),
                            () -> readings.incrementAndGet() * 1_000_000);
                    assertThat(mapping.verification().holds()).isTrue();
                    assertThat(readings.get()).as("readings of the clock").isLessThan(millis + READINGS_AFTER);
                }
            }
        }
    }

    @Test
    void theSearchesForALayoutWithoutSwapsEndWithinFewSteps() {
        Device device = Shapes.heavyHex(7);
        Circuit circuit = KnownOptimum.circuit(device, 0, 400, 1);
        Interactions dag = new Program(circuit.operations(), circuit.qubits(), 0).interactions;
        Topology topology = device.topology();
        Placement placement = new Placement(dag, topology, device.name());
        Embedding embedding = new Embedding(dag, topology, placement, 1, () -> true);
        assertThat(embedding.find()).isNull();
        assertThat(embedding.steps()).isLessThan(200);
        assertThat(embedding.exhausted()).isFalse();
        Sections sections = new Sections(dag, topology, placement, true, 1, () -> true);
        assertThat(sections.embedding(Embedding.MOST_STEPS)).isNull();
        assertThat(sections.work()).isLessThan(1_000_000);
    }

    @Test
    void onceItHasPassedItStaysPassed() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        Deadline deadline = new Deadline(now::get, Long.MAX_VALUE - 5 + 10);
        assertThat(deadline.getAsBoolean()).isFalse();
        now.addAndGet(11);
        assertThat(deadline.getAsBoolean()).isTrue();
        now.addAndGet(-11);
        assertThat(deadline.getAsBoolean()).isTrue();
        assertThat(deadline.passed()).isTrue();
    }
}
