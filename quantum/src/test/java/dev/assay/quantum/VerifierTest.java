package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifierTest {
    private static final Device LINE = Shapes.line(4);
    private final Circuit original = Qasm.parse("t", """
            OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; creg c[3];
            h q[0]; cx q[0],q[1]; cx q[0],q[2]; t q[2]; measure q[2] -> c[1];
            """);
    private final List<Operation> right = List.of(Operation.Gate.of("h", 0), Operation.Gate.of("cx", 0, 1),
            Operation.Gate.of("swap", 1, 2), Operation.Gate.of("cx", 0, 1), Operation.Gate.of("t", 1),
            new Operation.Measure(1, 1));

    private Verification verify(List<Operation> steps) {
        return Verifier.verify(original, Circuit.of(4, 3, steps), LINE, new int[]{0, 1, 2});
    }

    private Verification with(int index, Operation step) {
        List<Operation> changed = new ArrayList<>(right);
        changed.set(index, step);
        return verify(changed);
    }

    @Test
    void aRightMappingHolds() {
        Verification verification = verify(right);
        assertThat(verification.violations()).isEmpty();
        assertThat(verification.simulated()).isTrue();
        assertThat(verification.swaps()).isEqualTo(1);
        assertThat(verification.finalLayout()).containsExactly(0, 2, 1);
    }

    @Test
    void gatesOffTheCouplingsAreFound() {
        assertThat(with(3, Operation.Gate.of("cx", 0, 2)).violations()).anyMatch(v -> v.contains("not on a coupling"));
    }

    @Test
    void exchangedControlAndTargetAreFound() {
        assertThat(with(1, Operation.Gate.of("cx", 1, 0)).holds()).isFalse();
    }

    @Test
    void missingAndExtraStepsAreFound() {
        assertThat(verify(right.subList(0, 5)).violations()).anyMatch(v -> v.contains("missing"));
        List<Operation> more = new ArrayList<>(right);
        more.add(Operation.Gate.of("x", 0));
        assertThat(verify(more).holds()).isFalse();
        more.set(6, Operation.Gate.of("x", 3));
        assertThat(verify(more).violations()).anyMatch(v -> v.contains("unused qubit"));
    }

    @Test
    void anotherGateAngleOrBitIsFound() {
        assertThat(with(4, Operation.Gate.of("tdg", 1)).holds()).isFalse();
        assertThat(with(5, new Operation.Measure(1, 2)).holds()).isFalse();
        assertThat(with(5, new Operation.Measure(2, 1)).holds()).isFalse();
    }

    @Test
    void aSwapTooManyIsFoundWhenItMattersAndCountedWhenNot() {
        List<Operation> more = new ArrayList<>(right);
        more.add(Operation.Gate.of("swap", 2, 3));
        assertThat(verify(more).swaps()).isEqualTo(2);
        more.add(2, Operation.Gate.of("swap", 2, 3));
        assertThat(verify(more).holds()).isFalse();
    }

    @Test
    void aWrongDirectionIsFound() {
        Device directed = new Device("d", 4, LINE.edges(), true, java.util.Map.of(), List.of(), List.of(), 1);
        Circuit back = Qasm.parse("t", "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[2]; cx q[1],q[0];");
        assertThat(Verifier.verify(back, back, directed, new int[]{0, 1}).holds()).isFalse();
        Mapping mapping = Mapper.map(back, directed, MappingOptions.of(1));
        assertThat(mapping.verification().holds()).isTrue();
    }

    @Test
    void layoutsThatMakeNoSenseAreFound() {
        Circuit mapped = Circuit.of(4, 3, right);
        assertThat(Verifier.verify(original, mapped, LINE, new int[]{0, 1}).holds()).isFalse();
        assertThat(Verifier.verify(original, mapped, LINE, new int[]{0, 1, 1}).holds()).isFalse();
        assertThat(Verifier.verify(original, mapped, LINE, new int[]{0, 1, 9}).holds()).isFalse();
    }
}
