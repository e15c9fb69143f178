package dev.assay.quantum;

import java.util.Arrays;
import java.util.List;

/**
 * A straight piece of a circuit as a router sees it ({@link Interactions}), and the way back: which steps each node
 * stands for, and which steps lie on each qubit.
 *
 * <p>
 * Steps on a single qubit that no other qubit waits for are not nodes; they are carried along when their qubit moves.
 */
final class Program {
    private static final int NONE = -1;

    final List<Operation> steps;
    final Interactions interactions;
    /** By node as added: its first and last step; steps of one node are linked by {@code following}. */
    private final int[] firstStep;
    private final int[] following;
    /** Steps on qubit q lie in {@code onQubit[qubitStart[q]]} to {@code onQubit[qubitStart[q + 1] - 1]}, in order. */
    private final int[] qubitStart;
    private final int[] onQubit;
    /** The node of a step, or NONE. */
    private final int[] nodeOf;

    /** @param steps gates of one or two qubits, and conditionals only when simple */
    Program(List<Operation> steps, int qubits, int bits) {
        this.steps = steps;
        int[] bitWires = orderedBits(steps, bits, qubits);
        int wires = qubits + (int) Arrays.stream(bitWires).filter(w -> w != NONE).count();
        Interactions.Builder builder = new Interactions.Builder(qubits, wires);
        firstStep = new int[steps.size()];
        following = new int[steps.size()];
        nodeOf = new int[steps.size()];
        Arrays.fill(following, NONE);
        int[] lastNode = new int[qubits];
        int[] lastStep = new int[steps.size()];
        Arrays.fill(lastNode, NONE);
        boolean[] mergeable = new boolean[steps.size()];
        int[] counts = new int[qubits + 1];
        for (int i = 0; i < steps.size(); i++) {
            Operation step = steps.get(i);
            int[] on = step.qubits();
            for (int q : on) {
                counts[q + 1]++;
            }
            int[] onBits = wiresOf(step, bitWires);
            nodeOf[i] = NONE;
            if (on.length + onBits.length < 2) {
                continue;
            }
            boolean coupled = on.length == 2 && !(step instanceof Operation.Barrier);
            boolean plain = coupled && onBits.length == 0;
            int before = coupled ? lastNode[on[0]] : NONE;
            if (plain && before != NONE && before == lastNode[on[1]] && mergeable[before]) {
                following[lastStep[before]] = i;
                lastStep[before] = i;
                nodeOf[i] = before;
                continue;
            }
            int[] all = Arrays.copyOf(on, on.length + onBits.length);
            System.arraycopy(onBits, 0, all, on.length, onBits.length);
            int node = builder.add(coupled ? on[0] : Interactions.FENCE, coupled ? on[1] : Interactions.FENCE, all);
            firstStep[node] = i;
            lastStep[node] = i;
            mergeable[node] = plain;
            nodeOf[i] = node;
            for (int q : on) {
                lastNode[q] = node;
            }
        }
        interactions = builder.build();
        for (int q = 0; q < qubits; q++) {
            counts[q + 1] += counts[q];
        }
        qubitStart = counts.clone();
        onQubit = new int[counts[qubits]];
        for (int i = 0; i < steps.size(); i++) {
            for (int q : steps.get(i).qubits()) {
                onQubit[counts[q]++] = i;
            }
        }
    }

    /** How many steps a node of {@link #interactions} stands for. */
    int stepsOf(int node) {
        int count = 0;
        for (int step = firstStep[interactions.origin[node]]; step != NONE; step = following[step]) {
            count++;
        }
        return count;
    }

    /** Bits that more than one step uses need their order kept and become wires; the others do not matter. */
    private static int[] orderedBits(List<Operation> steps, int bits, int firstWire) {
        int[] uses = new int[bits];
        for (Operation step : steps) {
            for (int bit : step.bits()) {
                uses[bit]++;
            }
        }
        int[] wires = new int[bits];
        int next = firstWire;
        for (int bit = 0; bit < bits; bit++) {
            wires[bit] = uses[bit] > 1 ? next++ : NONE;
        }
        return wires;
    }

    private static int[] wiresOf(Operation step, int[] bitWires) {
        int[] bits = step.bits();
        return bits.length == 0
                ? bits
                : Arrays.stream(bits).map(b -> bitWires[b]).filter(w -> w != NONE).toArray();
    }

    /** Walks a route and writes the steps on physical qubits. */
    final class Emission {
        private final int[] at = new int[interactions.qubits];
        private final int[] layout;
        private final List<Operation> out;

        Emission(int[] layout, List<Operation> out) {
            this.layout = layout;
            this.out = out;
            System.arraycopy(qubitStart, 0, at, 0, at.length);
            for (int q = 0; q < at.length; q++) {
                loose(q);
            }
        }

        /** Writes all steps of a node of {@link #interactions}, and what follows them on their qubits alone. */
        void node(int node) {
            int step = firstStep[interactions.origin[node]];
            while (step != NONE) {
                for (int q : steps.get(step).qubits()) {
                    at[q]++;
                }
                out.add(steps.get(step).on(layout));
                for (int q : steps.get(step).qubits()) {
                    loose(q);
                }
                step = following[step];
            }
        }

        private void loose(int q) {
            while (at[q] < qubitStart[q + 1] && nodeOf[onQubit[at[q]]] == NONE) {
                out.add(steps.get(onQubit[at[q]++]).on(layout));
            }
        }
    }
}
