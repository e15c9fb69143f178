package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the writers of both versions share. Angles are written so that reading gives the same double. */
abstract class QasmWriter {
    /** Gates of the languages and their standard files that have another name here. */
    private static final Set<String> OTHER_GATES = Set.of("CX", "U", "phase", "cphase");

    final Circuit circuit;
    final StringBuilder out = new StringBuilder();
    private final Map<Register, String> registerNames;
    private final String[] qubitNames;
    final String[] bitNames;

    QasmWriter(Circuit circuit) {
        this.circuit = circuit;
        this.registerNames = names();
        this.qubitNames = members(circuit.qubitRegisters(), circuit.qubits());
        this.bitNames = members(circuit.bitRegisters(), circuit.bits());
    }

    private Map<Register, String> names() {
        Map<Register, String> names = new HashMap<>();
        Set<String> taken = new HashSet<>();
        List<Register> illegal = new ArrayList<>();
        for (Register register : Stream.of(circuit.qubitRegisters(), circuit.bitRegisters()).flatMap(List::stream)
                .toList()) {
            if (legal(register.name()) && taken.add(register.name())) {
                names.put(register, register.name());
            } else {
                illegal.add(register);
            }
        }
        for (Register register : illegal) {
            String plain = register.name().replaceAll("[^A-Za-z0-9_]", "");
            String name = legal(plain) ? plain : "r" + plain;
            while (!legal(name) || !taken.add(name)) {
                name += "_";
            }
            names.put(register, name);
        }
        return names;
    }

    /** Whether the language takes this for a register's name; those that it does not are renamed. */
    abstract boolean legal(String name);

    /** Gates and registers share one space of names. */
    final boolean isGate(String name) {
        return StandardGates.KEPT.containsKey(name) || KnownGates.LARGER.containsKey(name)
                || OTHER_GATES.contains(name)
                || circuit.opaque().stream().anyMatch(o -> o.name().equals(name));
    }

    /** How a member of a register is written. */
    String member(Register register, int index) {
        return name(register) + "[" + index + "]";
    }

    private String[] members(List<Register> registers, int total) {
        String[] members = new String[total];
        for (Register register : registers) {
            for (int i = 0; i < register.size(); i++) {
                members[register.offset() + i] = member(register, i);
            }
        }
        return members;
    }

    final String name(Register register) {
        return registerNames.get(register);
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
