package dev.assay.quantum;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the writers of both versions share. Angles are written so that reading gives the same double. */
abstract class QasmWriter {
    final Circuit circuit;
    final StringBuilder out = new StringBuilder();
    private final String[] qubitNames;
    final String[] bitNames;

    QasmWriter(Circuit circuit) {
        this.circuit = circuit;
        this.qubitNames = names(circuit.qubitRegisters(), circuit.qubits());
        this.bitNames = names(circuit.bitRegisters(), circuit.bits());
    }

    private static String[] names(java.util.List<Register> registers, int total) {
        String[] names = new String[total];
        for (Register register : registers) {
            for (int i = 0; i < register.size(); i++) {
                names[register.offset() + i] = register.name().equals("$")
                        ? "$" + i
                        : register.name() + "[" + i + "]";
            }
        }
        return names;
    }

    final String qubit(int q) {
        return qubitNames[q];
    }

    final void gate(Operation.Gate gate) {
        out.append(nameOf(gate.name()));
        if (gate.angles().length > 0) {
            out.append('(');
            for (int i = 0; i < gate.angles().length; i++) {
                out.append(i > 0 ? "," : "").append(angle(gate.angles()[i]));
            }
            out.append(')');
        }
        out.append(' ');
        qubits(gate.qubits());
        out.append(";\n");
    }

    String nameOf(String gate) {
        return gate;
    }

    static String angle(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 && value != 0
                ? Long.toString((long) value)
                : value == 0 && 1 / value > 0 ? "0" : Double.toString(value);
    }

    final void qubits(int[] qubits) {
        for (int i = 0; i < qubits.length; i++) {
            out.append(i > 0 ? "," : "").append(qubit(qubits[i]));
        }
    }

    final void barrier(Operation.Barrier barrier) {
        out.append("barrier ");
        qubits(barrier.qubits());
        out.append(";\n");
    }

    /** The register whose bits these are, all of them and in order, or null. */
    final Register whole(int[] bits) {
        return circuit.bitRegisters().stream().filter(r -> Arrays.equals(QasmReader.all(r), bits)).findFirst()
                .orElse(null);
    }

    /** Names of all gates used. */
    final Set<String> used() {
        Set<String> used = new LinkedHashSet<>();
        for (Operation operation : Circuit.flat(circuit.operations())) {
            if (operation instanceof Operation.Gate gate) {
                used.add(gate.name());
            }
        }
        return used;
    }
}
