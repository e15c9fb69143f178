package dev.assay.quantum;

import dev.assay.quantum.GateDefinition.Modifier;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of OpenQASM 3 (Cross et al., ACM TQC 3(3), 2022) that compilers emit: declarations, standard gates,
 * modifiers, branches on bits, loops over constants, delays and physical qubits. The rest is refused by name.
 */
final class Qasm3Reader extends QasmReader {
    /** Loops are unrolled; more turns than this are taken for a mistake. */
    static final int MOST_TURNS = 1_000_000;
    private static final int DEEPEST_BLOCK = 64;
    private static final String PHYSICAL = "$";

    private final Durations durations = new Durations(constants);
    private final Ranges ranges = new Ranges(this);
    private int blocks;
    private int turns;

    Qasm3Reader(Lexer lexer, Path file) {
        super(lexer, file);
        builtin("U", "u");
        builtin("gphase", "gphase");
        gates.put("gphase", new GateDefinition("gphase", 1, 0, null));
    }

    @Override
    void statement() {
        if (lexer.accept(";")) {
            return;
        }
        if (lexer.is("@")) {
            lexer.skipLine(); // an annotation, which changes nothing
            return;
        }
        if (lexer.kind == Lexer.Kind.PHYSICAL) {
            throw lexer.error("a statement does not begin with a physical qubit");
        }
        switch (lexer.value) {
            case "include" -> {
                lexer.next();
                include("stdgates.inc");
            }
            case "qubit", "qreg" -> declaration(true, lexer.value.equals("qreg"));
            case "bit", "creg" -> declaration(false, lexer.value.equals("creg"));
            case "const", "int", "uint", "float", "angle", "bool" -> constant();
            case "duration" -> duration();
            case "gate" -> {
                lexer.next();
                define();
            }
            case "if" -> branch();
            case "for" -> loop();
            case "measure" -> arrowMeasure();
            case "reset" -> {
                lexer.next();
                reset();
            }
            case "barrier" -> {
                lexer.next();
                barrier();
            }
            case "delay" -> delay();
            case "OPENQASM" -> throw lexer.error("OPENQASM stands once, at the beginning");
            case "def", "cal", "defcal", "defcalgrammar", "while", "extern", "input", "output", "let", "array",
                    "switch",
                    "box", "stretch", "complex", "return", "break", "continue", "end", "pragma" ->
                throw lexer
                        .error("'" + lexer.value + "' is outside the part of OpenQASM 3 that is read here; unroll or "
                                + "inline it before");
            default -> {
                if (bitRegisters.containsKey(lexer.value)) {
                    assignment();
                } else if (lexer.kind == Lexer.Kind.NAME && constants.containsKey(lexer.value)) {
                    throw lexer.error("'" + lexer.value + "' is a constant here; assigning anew cannot be read");
                } else {
                    apply();
                }
            }
        }
    }

    private void declaration(boolean quantum, boolean old) {
        lexer.next();
        int size = 1;
        if (!old && lexer.accept("[")) {
            size = whole("a register's size", 1, LARGEST_REGISTER);
            lexer.expect("]");
        }
        int at = lexer.at;
        String name = lexer.name("a register's name");
        if (old && lexer.accept("[")) {
            size = whole("a register's size", 1, LARGEST_REGISTER);
            lexer.expect("]");
        }
        Register register = declare(quantum, name, size, at);
        if (!quantum && lexer.accept("=")) {
            if (lexer.accept("measure")) {
                measureInto(qubitOperand(), new Operand(all(register), size == 1, at), at);
            } else {
                zero(size);
            }
        }
        endStatement();
    }

    /** Bits are 0 before anything is measured into them, so that is the only value that they can begin with. */
    private void zero(int size) {
        boolean zero = lexer.kind == Lexer.Kind.STRING && lexer.value.matches("0+") && lexer.value.length() == size
                || lexer.kind == Lexer.Kind.INTEGER && lexer.value.matches("0+") || lexer.is("false");
        if (!zero) {
            throw lexer.error("a bit begins as 0 or with a measurement here, not as " + lexer.shown());
        }
        lexer.next();
    }

    private void constant() {
        lexer.accept("const");
        if (lexer.is("duration")) {
            duration();
            return;
        }
        type();
        int at = lexer.at;
        String name = lexer.name("a constant's name");
        if (!lexer.is("=")) {
            throw lexer.error("a variable without a value cannot be read here; only constants can");
        }
        lexer.next();
        double value = new Expression.Reader(lexer, constants).sum().value(null);
        endStatement();
        if (qubitRegisters.containsKey(name) || bitRegisters.containsKey(name)
                || constants.putIfAbsent(name, new Expression.Constant(value)) != null) {
            throw lexer.errorAt(at, "the name '" + name + "' is declared already; assigning anew cannot be read here");
        }
    }

    private void type() {
        lexer.name("a type");
        if (lexer.accept("[")) {
            whole("a width", 1, 1 << 16);
            lexer.expect("]");
        }
    }

    private void duration() {
        lexer.next();
        durations.declare(lexer);
        endStatement();
    }

    private double number(String what, double most) {
        int at = lexer.at;
        double value = new Expression.Reader(lexer, constants).sum().value(null);
        if (!(Math.abs(value) <= most)) {
            throw lexer.errorAt(at, what + " lies between " + -most + " and " + most + ", and is not " + value);
        }
        return value;
    }

    int whole(String what, int least, int most) {
        int at = lexer.at;
        double value = new Expression.Reader(lexer, constants).sum().value(null);
        if (value != Math.rint(value) || value < least || value > most) {
            throw lexer.errorAt(at, what + " is a whole number from " + least + " to " + most + ", not " + value);
        }
        return (int) value;
    }

    @Override
    Operand qubitOperand() {
        if (lexer.kind != Lexer.Kind.PHYSICAL) {
            return super.qubitOperand();
        }
        int at = lexer.at;
        BigInteger number = new BigInteger(lexer.value);
        if (number.bitLength() > 20) {
            throw lexer.error("a physical qubit's number is below " + LARGEST_REGISTER + ", not " + number);
        }
        if (!qubitRegisters.isEmpty() && !qubitRegisters.containsKey(PHYSICAL)) {
            throw lexer.error("physical and declared qubits cannot be used in one circuit");
        }
        lexer.next();
        int index = number.intValue();
        if (index >= qubits) {
            qubitRegisters.put(PHYSICAL, new Register(PHYSICAL, 0, index + 1));
            qubits = index + 1;
        }
        return new Operand(new int[]{index}, true, at);
    }

    @Override
    Operand operand(Map<String, Register> among, String kind) {
        int at = lexer.at;
        Register register = register(among, kind);
        return lexer.accept("[") ? ranges.members(register, at) : new Operand(all(register), false, at);
    }

    @Override
    int index(Register register) {
        int at = lexer.at;
        return ranges.member(register, whole("an index", Integer.MIN_VALUE, Integer.MAX_VALUE), at);
    }

    @Override
    List<Modifier> modifiers() {
        List<Modifier> modifiers = new ArrayList<>();
        while (lexer.is("ctrl") || lexer.is("negctrl") || lexer.is("inv") || lexer.is("pow")) {
            String kind = lexer.value;
            lexer.next();
            modifiers.add(switch (kind) {
                case "inv" -> new Modifier.Inverse();
                case "pow" -> {
                    lexer.expect("(");
                    double exponent = number("a power", MOST_TURNS);
                    lexer.expect(")");
                    yield new Modifier.Power(exponent);
                }
                default -> {
                    int count = 1;
                    if (lexer.accept("(")) {
                        count = whole("a number of controls", 1, 8);
                        lexer.expect(")");
                    }
                    yield new Modifier.Control(count, kind.equals("negctrl"));
                }
            });
            lexer.expect("@");
        }
        return modifiers.isEmpty() ? List.of() : modifiers;
    }

    private void arrowMeasure() {
        int at = lexer.at;
        lexer.next();
        Operand from = qubitOperand();
        if (!lexer.accept("->")) {
            throw lexer.error("a measurement needs bits to go to, as in c = measure q;");
        }
        Operand into = operand(bitRegisters, "classical");
        endStatement();
        measureInto(from, into, at);
    }

    private void assignment() {
        int at = lexer.at;
        Operand into = operand(bitRegisters, "classical");
        lexer.expect("=");
        if (!lexer.is("measure")) {
            throw lexer.error("a bit is assigned a measurement here, not " + lexer.shown());
        }
        lexer.next();
        Operand from = qubitOperand();
        endStatement();
        measureInto(from, into, at);
    }

    private void delay() {
        lexer.next();
        lexer.expect("[");
        Durations.Duration duration = durations.read(lexer);
        lexer.expect("]");
        if (lexer.is(";")) {
            for (int q = 0; q < qubits; q++) {
                steps.add(new Operation.Delay(q, duration.amount(), duration.unit()));
            }
        } else {
            do {
                for (int q : qubitOperand().indices()) {
                    steps.add(new Operation.Delay(q, duration.amount(), duration.unit()));
                }
            } while (lexer.accept(","));
        }
        endStatement();
    }

    private List<Operation> block() {
        if (++blocks > DEEPEST_BLOCK) {
            throw lexer.error("blocks may be nested at most " + DEEPEST_BLOCK + " deep");
        }
        List<Operation> outer = steps;
        Map<String, Expression> scope = new HashMap<>(constants);
        Map<String, Durations.Duration> durationScope = durations.scope();
        steps = new ArrayList<>();
        if (lexer.accept("{")) {
            while (!lexer.accept("}")) {
                if (lexer.kind == Lexer.Kind.END) {
                    throw lexer.error("this block is never closed; end it with }");
                }
                refuseDeclarations();
                statement();
            }
        } else {
            statement();
        }
        List<Operation> body = steps;
        steps = outer;
        constants.clear();
        constants.putAll(scope);
        durations.restore(durationScope);
        blocks--;
        return body;
    }

    private void refuseDeclarations() {
        switch (lexer.value) {
            case "qubit", "qreg", "bit", "creg", "gate", "include" ->
                throw lexer.error("'" + lexer.value + "' stands outside of blocks");
            default -> {
            }
        }
    }

    private void branch() {
        lexer.next();
        lexer.expect("(");
        Conditions.Test test = new Conditions(this).read();
        lexer.expect(")");
        List<Operation> then = block();
        List<Operation> otherwise = lexer.accept("else") ? block() : List.of();
        switch (test) {
            case Conditions.Known known -> steps.addAll(known.value() ? then : otherwise);
            case Conditions.Measured measured -> {
                if (!then.isEmpty() || !otherwise.isEmpty()) {
                    steps.add(new Operation.Conditional(measured.condition(), then, otherwise));
                }
            }
        }
    }

    /** Unrolled by reading the body again for each value. */
    private void loop() {
        lexer.next();
        type();
        int at = lexer.at;
        String variable = lexer.name("a loop variable");
        lexer.expect("in");
        int[] values = lexer.is("{") ? ranges.listed() : ranges.bracketed();
        if (qubitRegisters.containsKey(variable) || bitRegisters.containsKey(variable)) {
            throw lexer.errorAt(at, "the name '" + variable + "' is declared already; choose another");
        }
        Expression outer = constants.get(variable);
        Lexer.Mark body = lexer.mark();
        if (values.length == 0) {
            constants.put(variable, new Expression.Constant(0));
            block();
        }
        for (int value : values) {
            if (++turns > MOST_TURNS) {
                throw lexer.errorAt(at, "loops may have at most " + MOST_TURNS + " turns together");
            }
            lexer.reset(body);
            constants.put(variable, new Expression.Constant(value));
            steps.addAll(block());
            if (steps.size() > GateExpander.MOST) {
                throw lexer.errorAt(at, "this loop expands to more than " + GateExpander.MOST + " steps");
            }
        }
        if (outer == null) {
            constants.remove(variable);
        } else {
            constants.put(variable, outer);
        }
    }

    @Override
    boolean isCopy(GateDefinition defined, GateDefinition standard) {
        return GateComparison.same(defined, standard, true);
    }

    @Override
    String unknownGateRemedy(String name) {
        return StandardGates.KEPT.containsKey(name) || KnownGates.LARGER.containsKey(name)
                ? "include \"stdgates.inc\"; to have it"
                : "define it with 'gate' before it is used";
    }
}
