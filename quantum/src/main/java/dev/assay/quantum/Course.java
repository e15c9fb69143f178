package dev.assay.quantum;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One run of a circuit on a state, with one outcome of every measurement and reset: drawn by chance, or those of another
 * run. An outcome is known by what it was the how-manieth of, on its bit or, for a reset, on its axis, since the order
 * of steps on other qubits and bits may differ.
 */
final class Course {
    /** An outcome less likely than this is one that cannot be; rounding leaves less. */
    private static final double IMPOSSIBLE = 1e-9;
    /** What is drawn is likelier than this, so that rounding does not decide. */
    private static final double UNLIKELY = 1e-3;

    private final Simulation state;
    /** The axis of each place or -1; swaps rename axes, which is exact. */
    private final int[] axisOf;
    private final boolean[] bits;
    private final int[] measured;
    private final int[] resets;
    private final Map<Long, Boolean> outcomes;
    /** Null when the outcomes are given. */
    private final SplittableRandom random;

    Course(Simulation state, int[] axisOf, int bits, SplittableRandom random) {
        this(state, axisOf, bits, new HashMap<>(), random);
    }

    private Course(Simulation state, int[] axisOf, int bits, Map<Long, Boolean> outcomes, SplittableRandom random) {
        this.state = state;
        this.axisOf = axisOf;
        this.bits = new boolean[bits];
        this.measured = new int[bits];
        this.resets = new int[axisOf.length];
        this.outcomes = outcomes;
        this.random = random;
    }

    /** Another run that must have the outcomes of this one. */
    Course again(Simulation fresh, int[] axes, int bitCount) {
        return new Course(fresh, axes, bitCount, outcomes, null);
    }

    Simulation state() {
        return state;
    }

    boolean hasSameBits(Course other) {
        return Arrays.equals(bits, other.bits);
    }

    /** False when a step has no axis or a given outcome cannot be. */
    boolean run(List<Operation> steps) {
        for (Operation step : steps) {
            boolean done = switch (step) {
                case Operation.Gate gate -> gate(gate);
                case Operation.Measure m -> measure(m);
                case Operation.Reset reset -> reset(reset);
                case Operation.Conditional c -> run(holds(c.condition()) ? c.then() : c.otherwise());
                case Operation.Barrier _,Operation.Delay _ -> true;
            };
            if (!done) {
                return false;
            }
        }
        return true;
    }

    private boolean gate(Operation.Gate gate) {
        int[] on = gate.qubits();
        if (gate.name().equals("swap")) {
            int axis = axisOf[on[0]];
            axisOf[on[0]] = axisOf[on[1]];
            axisOf[on[1]] = axis;
            return true;
        }
        int[] axes = Arrays.stream(on).map(q -> axisOf[q]).toArray();
        if (Arrays.stream(axes).anyMatch(a -> a < 0)) {
            return false;
        }
        state.apply(gate, axes);
        return true;
    }

    private boolean measure(Operation.Measure m) {
        Boolean outcome = outcome(axisOf[m.qubit()], m.bit(), measured[m.bit()]++);
        bits[m.bit()] = Boolean.TRUE.equals(outcome);
        return outcome != null;
    }

    private boolean reset(Operation.Reset reset) {
        int axis = axisOf[reset.qubit()];
        Boolean outcome = axis < 0 ? null : outcome(axis, bits.length + axis, resets[axis]++);
        if (Boolean.TRUE.equals(outcome)) {
            state.apply(Operation.Gate.of("x", reset.qubit()), new int[]{axis});
        }
        return outcome != null;
    }

    /** Null when there is no axis or the given outcome cannot be. */
    private Boolean outcome(int axis, int source, int turn) {
        if (axis < 0) {
            return null;
        }
        double one = state.chanceOfOne(axis);
        long key = (long) source << 32 | turn;
        boolean outcome = random == null
                ? outcomes.getOrDefault(key, false)
                : random.nextDouble(UNLIKELY, 1 - UNLIKELY) < one;
        outcomes.put(key, outcome);
        double chance = outcome ? one : 1 - one;
        if (chance < IMPOSSIBLE) {
            return null;
        }
        state.project(axis, outcome, chance);
        return outcome;
    }

    private boolean holds(Condition condition) {
        boolean all = true;
        for (int i = 0; i < condition.bits().length; i++) {
            all &= bits[condition.bits()[i]] == condition.expected()[i];
        }
        return all != condition.negated();
    }
}
