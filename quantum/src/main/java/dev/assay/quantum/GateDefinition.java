package dev.assay.quantum;

import java.util.List;

/**
 * What a gate's name stands for: a kept gate or opaque one (no body), or calls of other gates.
 *
 * @param body null when the gate is kept as it is; calls may only name gates defined before, so expansion ends
 */
record GateDefinition(String name, int angles, int qubits, List<Call> body) {
    /**
     * One line of a gate's body.
     *
     * @param qubits indices of the enclosing gate's qubits, control qubits of modifiers first
     */
    record Call(GateDefinition gate, List<Modifier> modifiers, List<Expression> angles, int[] qubits) {}

    /** A modifier of OpenQASM 3, applied to the gate right of it. */
    sealed interface Modifier {
        record Inverse() implements Modifier {}

        record Power(double exponent) implements Modifier {}

        record Control(int count, boolean onZero) implements Modifier {}
    }

    boolean kept() {
        return body == null;
    }
}
