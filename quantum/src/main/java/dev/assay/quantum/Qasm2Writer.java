package dev.assay.quantum;

import java.util.Set;

/** Writes OpenQASM 2.0 with qelib1.inc. */
final class Qasm2Writer extends QasmWriter {
    private static final Set<String> RESERVED = Set.of("barrier", "creg", "cos", "exp", "gate", "if", "include", "ln",
            "measure", "opaque", "pi", "qreg", "reset", "sin", "sqrt", "tan");

    Qasm2Writer(Circuit circuit) {
        super(circuit);
    }

    String text() {
        out.append("OPENQASM 2.0;\ninclude \"qelib1.inc\";\n");
        for (Circuit.Opaque opaque : circuit.opaque()) {
            out.append("opaque ").append(opaque.name());
            if (opaque.angles() > 0) {
                out.append('(').append(list("p", opaque.angles())).append(')');
            }
            out.append(' ').append(list("q", opaque.qubits())).append(";\n");
        }
        for (Register register : circuit.qubitRegisters()) {
            out.append("qreg ").append(name(register)).append('[').append(register.size()).append("];\n");
        }
        for (Register register : circuit.bitRegisters()) {
            out.append("creg ").append(name(register)).append('[').append(register.size()).append("];\n");
        }
        circuit.operations().forEach(this::write);
        return out.toString();
    }

    @Override
    boolean legal(String name) {
        return name.matches("[a-z][A-Za-z0-9_]*") && !RESERVED.contains(name) && !isGate(name);
    }

    private static String list(String letter, int count) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            names.append(i > 0 ? "," : "").append(letter).append(i);
        }
        return names.toString();
    }

    private void write(Operation operation) {
        switch (operation) {
            case Operation.Gate gate -> gate(gate);
            case Operation.Measure m -> out.append("measure ").append(qubit(m.qubit())).append(" -> ")
                    .append(bitNames[m.bit()]).append(";\n");
            case Operation.Reset r -> out.append("reset ").append(qubit(r.qubit())).append(";\n");
            case Operation.Barrier b -> barrier(b);
            case Operation.Delay d -> throw cannot("delay[" + d.amount() + d.unit() + "]");
            case Operation.Conditional c -> conditional(c);
        }
    }

    private void conditional(Operation.Conditional c) {
        Register register = whole(c.condition().bits());
        if (register == null || c.condition().negated() || !c.otherwise().isEmpty() || c.then().size() != 1
                || !conditional(c.then().getFirst())) {
            throw cannot("a branch on " + c.condition());
        }
        out.append("if(").append(name(register)).append("==").append(c.condition().value()).append(") ");
        write(c.then().getFirst());
    }

    /** What the grammar of version 2 lets stand after an if: gates, measurements and resets. */
    private static boolean conditional(Operation step) {
        return switch (step) {
            case Operation.Gate _,Operation.Measure _,Operation.Reset _ -> true;
            case Operation.Barrier _,Operation.Delay _,Operation.Conditional _ -> false;
        };
    }

    private static MappingException cannot(String what) {
        return new MappingException("OpenQASM 2.0 cannot say " + what + "; write OpenQASM 3 instead");
    }
}
