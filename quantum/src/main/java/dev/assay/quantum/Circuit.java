package dev.assay.quantum;

import java.util.ArrayList;
import java.util.List;

/**
 * A circuit: registers and steps in program order. Gates have one or two qubits (larger ones are decomposed when a
 * text is read), except opaque gates, whose inside nobody knows.
 *
 * @param qubitRegisters laid end to end from qubit 0
 * @param bitRegisters laid end to end from bit 0
 * @param opaque declarations of opaque gates, which writers repeat
 */
public record Circuit(List<Register> qubitRegisters, List<Register> bitRegisters, List<Opaque> opaque,
        List<Operation> operations) {

    /** The declaration of a gate without a definition. */
    public record Opaque(String name, int angles, int qubits) {}

    public Circuit {
        qubitRegisters = List.copyOf(qubitRegisters);
        bitRegisters = List.copyOf(bitRegisters);
        opaque = List.copyOf(opaque);
        operations = List.copyOf(operations);
    }

    /** A circuit on one register {@code q} and, when there are bits, one register {@code c}. */
    public static Circuit of(int qubits, int bits, List<Operation> operations) {
        return new Circuit(List.of(new Register("q", 0, qubits)),
                bits == 0 ? List.of() : List.of(new Register("c", 0, bits)), List.of(), operations);
    }

    public int qubits() {
        return total(qubitRegisters);
    }

    public int bits() {
        return total(bitRegisters);
    }

    /** Longest chain of steps, each counting 1 on its qubits; barriers and delays count 0 but keep order. */
    public int depth() {
        int[] wires = new int[qubits()];
        int[] classical = new int[bits()];
        int depth = 0;
        for (Operation operation : operations) {
            depth = Math.max(depth, lay(operation, wires, classical));
        }
        return depth;
    }

    private static int lay(Operation operation, int[] wires, int[] classical) {
        int[] qubits = operation.qubits();
        int at = 0;
        for (int q : qubits) {
            at = Math.max(at, wires[q]);
        }
        for (int bit : operation.bits()) {
            at = Math.max(at, classical[bit]);
        }
        at += switch (operation) {
            case Operation.Conditional c -> Math.max(1, Math.max(longest(c.then(), wires.length, classical.length),
                    longest(c.otherwise(), wires.length, classical.length)));
            case Operation.Gate _,Operation.Measure _,Operation.Reset _ -> 1;
            case Operation.Barrier _,Operation.Delay _ -> 0;
        };
        // Only a measurement, in a body too, makes others wait for its bit.
        for (Operation step : flat(List.of(operation))) {
            if (step instanceof Operation.Measure m) {
                classical[m.bit()] = at;
            }
        }
        for (int q : qubits) {
            wires[q] = at;
        }
        return at;
    }

    private static int longest(List<Operation> body, int qubits, int bits) {
        int[] wires = new int[qubits];
        int[] classical = new int[bits];
        int depth = 0;
        for (Operation operation : body) {
            depth = Math.max(depth, lay(operation, wires, classical));
        }
        return depth;
    }

    /** How many gates of exactly two qubits there are, those under conditions included. */
    public int twoQubitGates() {
        return (int) flat(operations).stream().filter(o -> o instanceof Operation.Gate g && g.qubits().length == 2)
                .count();
    }

    /** All steps, those of branches included. */
    static List<Operation> flat(List<Operation> operations) {
        if (operations.stream().noneMatch(Operation.Conditional.class::isInstance)) {
            return operations;
        }
        List<Operation> all = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.Conditional c) {
                all.addAll(flat(c.then()));
                all.addAll(flat(c.otherwise()));
            } else {
                all.add(operation);
            }
        }
        return all;
    }

    private static int total(List<Register> registers) {
        return registers.isEmpty() ? 0 : registers.getLast().offset() + registers.getLast().size();
    }
}
