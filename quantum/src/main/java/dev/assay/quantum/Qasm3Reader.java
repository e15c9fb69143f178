package dev.assay.quantum;

import dev.assay.quantum.GateDefinition.Modifier;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The part of OpenQASM 3 (Cross et al., ACM TQC 3(3), 2022) that compilers emit: declarations, standard gates,
 * modifiers, branches on bits, loops over constants, delays and physical qubits. The rest is refused by name.
 */
final class Qasm3Reader extends QasmReader {
    /** Loops are unrolled; more turns than this are taken for a mistake. */
    private static final int MOST_TURNS = 1_000_000;
    private static final int DEEPEST_BLOCK = 64;
    private static final String PHYSICAL = "$";

    private final Durations durations = new Durations();
    private int blocks;

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
            lexer.expect("measure");
            measureInto(qubitOperand(), new Operand(all(register), size == 1, at), at);
        }
        endStatement();
    }

    private void constant() {
        lexer.accept("const");
        if (lexer.is("duration")) {
            duration();
            return;
        }
        lexer.name("a type");
        if (lexer.accept("[")) {
            lexer.integer("a width", 1, 1 << 16);
            lexer.expect("]");
        }
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

    private void duration() {
        lexer.next();
        durations.declare(lexer);
        endStatement();
    }

    private int whole(String what, int least, int most) {
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

    /** Also ranges, as in {@code q[0:2]} (both ends included), and indices from the end, as in {@code q[-1]}. */
    @Override
    Operand operand(Map<String, Register> among, String kind) {
        int at = lexer.at;
        Register register = register(among, kind);
        if (!lexer.accept("[")) {
            return new Operand(all(register), false, at);
        }
        int from = index(register);
        if (!lexer.accept(":")) {
            lexer.expect("]");
            return new Operand(new int[]{register.offset() + from}, true, at);
        }
        int to = lexer.is("]") ? register.size() - 1 : index(register);
        if (lexer.accept(":")) {
            throw lexer.error("a range with a step cannot be read here; name the qubits");
        }
        lexer.expect("]");
        if (to < from) {
            throw lexer.errorAt(at, "the range " + from + ":" + to + " is empty");
        }
        int[] indices = new int[to - from + 1];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = register.offset() + from + i;
        }
        return new Operand(indices, false, at);
    }

    @Override
    int index(Register register) {
        int at = lexer.at;
        int index = whole("an index", Integer.MIN_VALUE, Integer.MAX_VALUE);
        int from = index < 0 ? index + register.size() : index;
        if (from < 0 || from >= register.size()) {
            throw lexer.errorAt(at, "register " + register.name() + " has " + register.size()
                    + " member(s), numbered from 0; there is no " + index);
        }
        return from;
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
                    int exponent = whole("a power", -MOST_TURNS, MOST_TURNS);
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
        blocks--;
        return body;
    }

    private void refuseDeclarations() {
        switch (lexer.value) {
            case "qubit", "qreg", "gate", "include" ->
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
        lexer.name("a type");
        if (lexer.accept("[")) {
            lexer.integer("a width", 1, 1 << 16);
            lexer.expect("]");
        }
        int at = lexer.at;
        String variable = lexer.name("a loop variable");
        lexer.expect("in");
        List<Integer> values = lexer.is("{") ? listed() : range();
        if (constants.containsKey(variable) || qubitRegisters.containsKey(variable)
                || bitRegisters.containsKey(variable)) {
            throw lexer.errorAt(at, "the name '" + variable + "' is declared already; choose another");
        }
        Lexer.Mark body = lexer.mark();
        if (values.isEmpty()) {
            constants.put(variable, new Expression.Constant(0));
            block();
        }
        for (int value : values) {
            lexer.reset(body);
            constants.put(variable, new Expression.Constant(value));
            steps.addAll(block());
            if (steps.size() > GateExpander.MOST) {
                throw lexer.errorAt(at, "this loop expands to more than " + GateExpander.MOST + " steps");
            }
        }
        constants.remove(variable);
    }

    private List<Integer> listed() {
        lexer.expect("{");
        List<Integer> values = new ArrayList<>();
        do {
            values.add(whole("a loop's value", Integer.MIN_VALUE, Integer.MAX_VALUE));
        } while (lexer.accept(","));
        lexer.expect("}");
        return values;
    }

    private List<Integer> range() {
        int at = lexer.at;
        lexer.expect("[");
        int from = whole("a range's start", Integer.MIN_VALUE, Integer.MAX_VALUE);
        lexer.expect(":");
        int last = whole("a range's end", Integer.MIN_VALUE, Integer.MAX_VALUE);
        int step = 1;
        if (lexer.accept(":")) {
            step = last;
            last = whole("a range's end", Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        lexer.expect("]");
        if (step == 0 || (last - (long) from) / step > MOST_TURNS) {
            throw lexer.errorAt(at, "a loop has a step other than 0 and at most " + MOST_TURNS + " turns");
        }
        List<Integer> values = new ArrayList<>();
        for (long value = from; step > 0 ? value <= last : value >= last; value += step) {
            values.add((int) value);
        }
        return values;
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
