package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final String TELEPORT = """
            OPENQASM 3; include "stdgates.inc"; qubit[3] q; bit[2] c;
            reset q[1]; reset q[2]; h q[1]; cx q[1],q[2]; cx q[0],q[1]; h q[0];
            %s
            """;

    private static boolean same(String one, String other) {
        int[] identity = {0, 1, 2};
        return Simulation.compare(Qasm.parse("one", TELEPORT.formatted(one)),
                Qasm.parse("other", TELEPORT.formatted(other)), identity, identity).isEmpty();
    }

    @Test
    void branchesAreFollowedAlongTheSameOutcomes() {
        String measured = "c[0] = measure q[0]; c[1] = measure q[1]; ";
        String right = measured + "if (c[1]) { x q[2]; } if (c[0]) { z q[2]; }";
        assertThat(same(right, "c[1] = measure q[1]; if (c[1]) x q[2]; c[0] = measure q[0]; if (c[0]) z q[2];"))
                .isTrue();
        assertThat(same(right, measured + "if (c == 3) y q[2]; else { if (c[1]) x q[2]; if (c[0]) z q[2]; }")).isTrue();
        assertThat(same(right, measured + "if (c[1]) { z q[2]; } if (c[0]) { x q[2]; }")).isFalse();
        assertThat(same(right, measured + "if (!c[1]) { x q[2]; } if (c[0]) { z q[2]; }")).isFalse();
    }

    @Test
    void otherBitsAndImpossibleOutcomesAreFound() {
        assertThat(same("c[0] = measure q[0];", "c[1] = measure q[0];")).isFalse();
        assertThat(same("reset q[0]; c[0] = measure q[0];", "reset q[0]; x q[0]; c[0] = measure q[0];")).isFalse();
        assertThat(same("reset q[0];", "reset q[0]; x q[0];")).isFalse();
        assertThat(same("reset q[0]; h q[0]; reset q[0];", "reset q[0];")).isTrue();
    }
}
