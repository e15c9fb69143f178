package dev.assay.quantum;

import java.util.List;

/**
 * What checking a mapped circuit against its original found.
 *
 * @param violations what is wrong, at most {@link #MOST} of them; empty when nothing is
 * @param simulated whether states were compared too
 * @param finalLayout where the logical qubits are at the end, as followed through the mapped circuit
 * @param swaps that move qubits about, not counting swaps of the original
 */
public record Verification(List<String> violations, boolean simulated, int[] finalLayout, int swaps) {
    static final int MOST = 20;

    public Verification {
        violations = List.copyOf(violations);
    }

    public boolean holds() {
        return violations.isEmpty();
    }
}
