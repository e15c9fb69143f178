package dev.assay.quantum;

/** Writes OpenQASM 2.0 with qelib1.inc. */
final class Qasm2Writer extends QasmWriter {
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
            String name = register.name().equals("$") ? "q" : register.name();
            out.append("qreg ").append(name).append('[').append(register.size()).append("];\n");
        }
        for (Register register : circuit.bitRegisters()) {
            out.append("creg ").append(register.name()).append('[').append(register.size()).append("];\n");
        }
        circuit.operations().forEach(this::write);
        return out.toString();
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
                || c.then().getFirst() instanceof Operation.Conditional
                || c.then().getFirst() instanceof Operation.Delay) {
            throw cannot("a branch on " + c.condition());
        }
        out.append("if(").append(register.name()).append("==").append(c.condition().value()).append(") ");
        write(c.then().getFirst());
    }

    private static MappingException cannot(String what) {
        return new MappingException("OpenQASM 2.0 cannot say " + what + "; write OpenQASM 3 instead");
    }
}
