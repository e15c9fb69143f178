package dev.assay.quantum;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** OpenQASM 2.0 (Cross, Bishop, Smolin, Gambetta, arXiv:1707.03429), statement by statement. */
final class Qasm2Reader extends QasmReader {
    Qasm2Reader(Lexer lexer, Path file) {
        super(lexer, file);
        builtin("CX", "cx");
        builtin("U", "u3");
    }

    @Override
    void statement() {
        if (lexer.accept(";")) {
            return;
        }
        switch (lexer.value) {
            case "include" -> {
                lexer.next();
                include("qelib1.inc");
            }
            case "qreg", "creg" -> registers(lexer.value.equals("qreg"));
            case "gate" -> {
                lexer.next();
                define();
            }
            case "opaque" -> opaqueGate();
            case "if" -> condition();
            case "OPENQASM" -> throw lexer.error("OPENQASM stands once, at the beginning");
            default -> quantum();
        }
    }

    private void quantum() {
        switch (lexer.value) {
            case "measure" -> measure();
            case "reset" -> {
                lexer.next();
                reset();
            }
            case "barrier" -> {
                lexer.next();
                barrier();
            }
            default -> apply();
        }
    }

    private void registers(boolean quantum) {
        lexer.next();
        int at = lexer.at;
        String name = lexer.name("a register's name");
        lexer.expect("[");
        int size = lexer.integer("a register's size", 1, LARGEST_REGISTER);
        lexer.expect("]");
        endStatement();
        declare(quantum, name, size, at);
    }

    private void opaqueGate() {
        lexer.next();
        int at = lexer.at;
        String name = lexer.name("a gate's name");
        int angles = 0;
        if (lexer.accept("(")) {
            while (!lexer.is(")")) {
                lexer.name("a parameter");
                angles++;
                if (!lexer.accept(",")) {
                    break;
                }
            }
            lexer.expect(")");
        }
        int arguments = 0;
        do {
            lexer.name("the name of a qubit of the gate");
            arguments++;
        } while (lexer.accept(","));
        endStatement();
        if (gates.containsKey(name)) {
            throw lexer.errorAt(at, "the gate '" + name + "' is defined already");
        }
        gates.put(name, new GateDefinition(name, angles, arguments, null));
        opaque.add(new Circuit.Opaque(name, angles, arguments));
    }

    private void measure() {
        int at = lexer.at;
        lexer.next();
        Operand from = qubitOperand();
        lexer.expect("->");
        Operand into = operand(bitRegisters, "classical");
        endStatement();
        measureInto(from, into, at);
    }

    private void condition() {
        lexer.next();
        lexer.expect("(");
        Register register = register(bitRegisters, "classical");
        lexer.expect("==");
        int at = lexer.at;
        if (lexer.kind != Lexer.Kind.INTEGER) {
            throw lexer.error("a register is compared with a whole number, not with " + lexer.shown());
        }
        BigInteger value = new BigInteger(lexer.value);
        lexer.next();
        lexer.expect(")");
        if (value.bitLength() > register.size()) {
            throw lexer.errorAt(at, "register " + register.name() + " has " + register.size()
                    + " bit(s) and never equals " + value);
        }
        boolean[] expected = new boolean[register.size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = value.testBit(i);
        }
        Condition condition = new Condition(all(register), expected, false);
        List<Operation> outer = steps;
        steps = new ArrayList<>();
        quantum();
        // One test for the whole when its own steps could change what it tests; else a test per step, which routes better.
        if (steps.stream().anyMatch(Operation.Measure.class::isInstance)) {
            outer.add(new Operation.Conditional(condition, steps, List.of()));
        } else {
            for (Operation step : steps) {
                outer.add(new Operation.Conditional(condition, List.of(step), List.of()));
            }
        }
        steps = outer;
    }

    @Override
    boolean isCopy(GateDefinition defined, GateDefinition standard) {
        return GateComparison.same(defined, standard, false);
    }

    @Override
    String unknownGateRemedy(String name) {
        return StandardGates.KEPT.containsKey(name) || KnownGates.LARGER.containsKey(name)
                ? "it is in qelib1.inc: add include \"qelib1.inc\";"
                : "define it with 'gate' or 'opaque' before it is used";
    }
}
