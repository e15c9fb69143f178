package dev.assay.quantum;

import dev.assay.quantum.GateDefinition.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Whether two definitions are one gate: they do the same to a random state, at random angles. A state that two different
 * operations take to the same one is an eigenvector of their quotient, which a random state never is.
 */
final class GateComparison {
    private static final int TRIES = 2;
    private static final double TOLERANCE = 1e-9;

    private GateComparison() {}

    /** @param phase whether a global phase counts, as it does where gates can be given controls */
    static boolean same(GateDefinition one, GateDefinition other, boolean phase) {
        if (one.angles() != other.angles() || one.qubits() != other.qubits()) {
            return false;
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < TRIES; i++) {
            double[] angles = random.doubles(one.angles(), -Math.PI, Math.PI).toArray();
            Simulation left = Simulation.random(one.qubits() + 1, i);
            Simulation right = Simulation.random(one.qubits() + 1, i);
            int[] axes = IntStream.rangeClosed(0, one.qubits()).toArray();
            int[] others = axes.clone();
            if (!run(one, angles, phase, left, axes) || !run(other, angles, phase, right, others)
                    || Math.abs(left.fidelity(right, axes, others) - 1) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    /** The gate on the qubits from 1, controlled by qubit 0 when phases count, as a control makes them visible. */
    private static boolean run(GateDefinition gate, double[] angles, boolean phase, Simulation state, int[] axes) {
        List<Operation> steps = new ArrayList<>();
        try {
            new GateExpander(KnownGates.LARGER, KnownGates.SIMPLER).expand(gate,
                    phase ? List.of(new Modifier.Control(1, false)) : List.of(), angles,
                    IntStream.rangeClosed(phase ? 0 : 1, gate.qubits()).toArray(), steps);
        } catch (MappingException _) {
            return false; // what cannot be expanded or controlled is not a copy of a standard gate
        }
        return steps.stream().allMatch(s -> s instanceof Operation.Gate g && Matrices.known(g.name()))
                && new Course(state, axes, 0, new SplittableRandom(1)).run(steps);
    }
}
