package dev.assay.quantum;

import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Writes OpenQASM 3 with stdgates.inc; standard gates that it lacks are defined at the top. */
final class Qasm3Writer extends QasmWriter {
    /** Definitions of kept gates that stdgates.inc does not have, in terms of those that it has. */
    private static final Map<String, String> DEFINITIONS = new TreeMap<>(Map.of("sxdg", "gate sxdg a { inv @ sx a; }",
            "u0", "gate u0(t) a { id a; }", "csx", "gate csx a,b { ctrl @ sx a,b; }", "cu1",
            "gate cu1(t) a,b { cp(t) a,b; }", "cu3", "gate cu3(t,f,l) a,b { cu(t,f,l,0) a,b; }", "rxx",
            "gate rxx(t) a,b { h a; h b; cx a,b; rz(t) b; cx a,b; h b; h a; }", "rzz",
            "gate rzz(t) a,b { cx a,b; rz(t) b; cx a,b; }"));
    /** Words of the language and of its built-in functions, types and constants. */
    private static final Set<String> RESERVED = Set.of("OPENQASM", "include", "defcalgrammar", "def", "cal", "defcal",
            "gate", "extern", "box", "let", "break", "continue", "if", "else", "end", "return", "for", "while", "in",
            "switch", "case", "default", "nop", "pragma", "input", "output", "const", "readonly", "mutable", "qreg",
            "qubit", "creg", "bool", "bit", "int", "uint", "float", "angle", "complex", "array", "void", "duration",
            "stretch", "gphase", "inv", "pow", "ctrl", "negctrl", "durationof", "delay", "reset", "measure", "barrier",
            "true", "false", "im", "pi", "tau", "euler", "arccos", "arcsin", "arctan", "ceiling", "cos", "exp", "floor",
            "log", "mod", "popcount", "real", "imag", "rotl", "rotr", "sin", "sizeof", "sqrt", "tan", "dt", "U");
    private static final String PHYSICAL = "$";
    private int indent;

    Qasm3Writer(Circuit circuit) {
        super(circuit);
    }

    String text() {
        if (!circuit.opaque().isEmpty()) {
            throw new MappingException("OpenQASM 3 has no opaque gates; " + circuit.opaque().getFirst().name()
                    + " needs a definition, or write OpenQASM 2");
        }
        out.append("OPENQASM 3;\ninclude \"stdgates.inc\";\n");
        for (String name : used()) {
            if (DEFINITIONS.containsKey(name)) {
                out.append(DEFINITIONS.get(name)).append('\n');
            }
        }
        for (Register register : circuit.qubitRegisters()) {
            if (!register.name().equals(PHYSICAL)) {
                out.append("qubit[").append(register.size()).append("] ").append(name(register)).append(";\n");
            }
        }
        for (Register register : circuit.bitRegisters()) {
            out.append("bit[").append(register.size()).append("] ").append(name(register)).append(";\n");
        }
        circuit.operations().forEach(this::write);
        return out.toString();
    }

    @Override
    boolean legal(String name) {
        return name.equals(PHYSICAL)
                || name.matches("[\\p{L}_][\\p{L}\\p{Nd}_]*") && !RESERVED.contains(name) && !isGate(name);
    }

    @Override
    String member(Register register, int index) {
        return register.name().equals(PHYSICAL) ? PHYSICAL + index : super.member(register, index);
    }

    /** In OpenQASM 3, U and u are one matrix up to a global phase; stdgates.inc names it U. */
    @Override
    String nameOf(String gate) {
        return gate.equals("u") ? "U" : gate;
    }

    private void write(Operation operation) {
        out.repeat("  ", indent);
        switch (operation) {
            case Operation.Gate gate -> gate(gate);
            case Operation.Measure m -> out.append(bitNames[m.bit()]).append(" = measure ").append(qubit(m.qubit()))
                    .append(";\n");
            case Operation.Reset r -> out.append("reset ").append(qubit(r.qubit())).append(";\n");
            case Operation.Barrier b -> barrier(b);
            case Operation.Delay d -> out.append("delay[").append(angle(d.amount())).append(d.unit()).append("] ")
                    .append(qubit(d.qubit())).append(";\n");
            case Operation.Conditional c -> conditional(c);
        }
    }

    private void conditional(Operation.Conditional c) {
        out.append("if (").append(test(c.condition())).append(") {\n");
        body(c.then());
        if (!c.otherwise().isEmpty()) {
            out.repeat("  ", indent).append("} else {\n");
            body(c.otherwise());
        }
        out.repeat("  ", indent).append("}\n");
    }

    private void body(java.util.List<Operation> body) {
        indent++;
        body.forEach(this::write);
        indent--;
    }

    private String test(Condition condition) {
        Register register = whole(condition.bits());
        if (register != null) {
            return name(register) + (condition.negated() ? " != " : " == ") + condition.value();
        }
        StringJoiner all = new StringJoiner(" && ");
        for (int i = 0; i < condition.bits().length; i++) {
            all.add(bitNames[condition.bits()[i]] + " == " + (condition.expected()[i] ? 1 : 0));
        }
        return condition.negated() ? "!(" + all + ")" : all.toString();
    }
}
