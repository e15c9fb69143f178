package dev.assay.quantum;

import dev.assay.quantum.GateDefinition.Call;
import dev.assay.quantum.GateDefinition.Modifier;
import dev.assay.quantum.Operation.Gate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What both versions of OpenQASM share: registers, gate definitions, gate calls with broadcast, includes. */
abstract class QasmReader {
    /** More qubits or bits than any device that can be described here; a larger number is taken for a mistake. */
    static final int LARGEST_REGISTER = 1 << 20;

    Lexer lexer;
    final Map<String, GateDefinition> gates = new HashMap<>();
    final Map<String, Register> qubitRegisters = new java.util.LinkedHashMap<>();
    final Map<String, Register> bitRegisters = new java.util.LinkedHashMap<>();
    final List<Circuit.Opaque> opaque = new ArrayList<>();
    /** Names with constant values that expressions may use. */
    final Map<String, Expression> constants = new HashMap<>();
    /** Where steps go: the program, or the branch that is being read. */
    List<Operation> steps = new ArrayList<>();
    int qubits;
    int bits;
    private final GateExpander expander;
    private final Includes includes;

    /** @param file the text's own place, or null when it has none and so cannot include files */
    QasmReader(Lexer lexer, Path file) {
        this.lexer = lexer;
        this.expander = new GateExpander(KnownGates.LARGER, KnownGates.SIMPLER);
        this.includes = new Includes(file);
    }

    /** Operands of a gate: one qubit, or a register to be gone through. */
    record Operand(int[] indices, boolean single, int at) {
        int get(int i) {
            return single ? indices[0] : indices[i];
        }
    }

    abstract void statement();

    final Circuit read() {
        statements();
        return new Circuit(List.copyOf(qubitRegisters.values()), List.copyOf(bitRegisters.values()), opaque, steps);
    }

    final void statements() {
        while (lexer.kind != Lexer.Kind.END) {
            statement();
        }
    }

    /** For reading the standard definitions themselves, which are not known then. */
    QasmReader(Lexer lexer) {
        this.lexer = lexer;
        this.expander = null;
        this.includes = null;
    }

    /** Makes the standard gates known. They may be defined again by the text, as exporters do for newer ones. */
    final void standardGates() {
        KnownGates.KEPT.forEach(gates::putIfAbsent);
        KnownGates.LARGER.forEach(gates::putIfAbsent);
        StandardGates.ALIASES.forEach((alias, name) -> gates.putIfAbsent(alias, gates.get(name)));
    }

    /** Makes one standard gate known under a name. */
    final void builtin(String alias, String name) {
        gates.put(alias, KnownGates.KEPT.get(name));
    }

    final boolean isStandard(String name) {
        GateDefinition known = gates.get(name);
        return known != null && (KnownGates.KEPT.containsValue(known) || KnownGates.LARGER.containsValue(known));
    }

    final void include(String standardFile) {
        int at = lexer.at;
        if (lexer.kind != Lexer.Kind.STRING) {
            throw lexer.error("include needs a file name in quotes, not " + lexer.shown());
        }
        String name = lexer.value;
        lexer.next();
        if (name.equals("qelib1.inc") || name.equals("stdgates.inc")) {
            standardGates();
            endStatement();
            return;
        }
        Lexer outer = lexer;
        lexer = new Lexer(name, includes.open(name, lexer, at));
        if (lexer.accept("OPENQASM")) {
            while (lexer.kind != Lexer.Kind.END && !lexer.accept(";")) {
                lexer.next();
            }
        }
        statements();
        lexer = outer;
        includes.close();
        endStatement();
    }

    final Register declare(boolean quantum, String name, int size, int at) {
        if (qubitRegisters.containsKey(name) || bitRegisters.containsKey(name) || constants.containsKey(name)) {
            throw lexer.errorAt(at, "the name '" + name + "' is declared already; choose another");
        }
        int used = quantum ? qubits : bits;
        if (used + (long) size > LARGEST_REGISTER) {
            throw lexer.errorAt(at, "a circuit may have at most " + LARGEST_REGISTER + (quantum ? " qubits" : " bits"));
        }
        Register register = new Register(name, used, size);
        (quantum ? qubitRegisters : bitRegisters).put(name, register);
        if (quantum) {
            qubits += size;
        } else {
            bits += size;
        }
        return register;
    }

    final Register register(Map<String, Register> among, String kind) {
        int at = lexer.at;
        String name = lexer.name("the name of a " + kind + " register");
        Register found = among.get(name);
        if (found == null) {
            throw lexer.errorAt(at, "there is no " + kind + " register '" + name + "'"
                    + (among.isEmpty() ? "" : "; declared are " + String.join(", ", among.keySet())));
        }
        return found;
    }

    /** A register, or one or some of its members. */
    Operand operand(Map<String, Register> among, String kind) {
        int at = lexer.at;
        Register register = register(among, kind);
        if (!lexer.accept("[")) {
            return new Operand(all(register), false, at);
        }
        int index = index(register);
        lexer.expect("]");
        return new Operand(new int[]{register.offset() + index}, true, at);
    }

    static int[] all(Register register) {
        int[] indices = new int[register.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = register.offset() + i;
        }
        return indices;
    }

    int index(Register register) {
        int at = lexer.at;
        int index = lexer.integer("an index", 0, Integer.MAX_VALUE);
        if (index >= register.size()) {
            throw lexer.errorAt(at, "register " + register.name() + " has " + register.size()
                    + " member(s), numbered from 0; there is no " + index);
        }
        return index;
    }

    Operand qubitOperand() {
        return operand(qubitRegisters, "quantum");
    }

    final void endStatement() {
        lexer.expect(";");
    }

    /** After the word "gate". */
    final void define() {
        int at = lexer.at;
        String name = lexer.name("a gate's name");
        Map<String, Expression> scope = new HashMap<>(constants);
        int angles = 0;
        if (lexer.accept("(")) {
            while (!lexer.is(")")) {
                scope.put(lexer.name("a parameter"), new Expression.Parameter(angles++));
                if (!lexer.accept(",")) {
                    break;
                }
            }
            lexer.expect(")");
        }
        Map<String, Integer> arguments = new HashMap<>();
        do {
            int argumentAt = lexer.at;
            String argument = lexer.name("the name of a qubit of the gate");
            if (arguments.put(argument, arguments.size()) != null) {
                throw lexer.errorAt(argumentAt, "the gate names the qubit '" + argument + "' twice");
            }
        } while (lexer.accept(","));
        lexer.expect("{");
        List<Call> body = new ArrayList<>();
        while (!lexer.accept("}")) {
            if (lexer.accept("barrier")) {
                skipArguments(arguments);
                continue;
            }
            body.add(call(scope, arguments));
        }
        boolean replaceable = !gates.containsKey(name) || isStandard(name);
        if (!replaceable) {
            throw lexer.errorAt(at, "the gate '" + name + "' is defined already");
        }
        GateDefinition defined = new GateDefinition(name, angles, arguments.size(), List.copyOf(body));
        if (StandardGates.KEPT.containsKey(name) && isStandard(name)
                && isCopy(defined, gates.get(name))) {
            return;
        }
        gates.put(name, defined);
    }

    private void skipArguments(Map<String, Integer> arguments) {
        do {
            int at = lexer.at;
            String name = lexer.name("a qubit of the gate");
            if (!arguments.containsKey(name)) {
                throw lexer.errorAt(at, "the gate has no qubit '" + name + "'");
            }
        } while (lexer.accept(","));
        endStatement();
    }

    private Call call(Map<String, Expression> scope, Map<String, Integer> arguments) {
        List<Modifier> modifiers = modifiers();
        int at = lexer.at;
        GateDefinition gate = gate();
        List<Expression> angles = angles(gate, scope, at);
        List<Integer> qubits = new ArrayList<>();
        while (lexer.kind == Lexer.Kind.NAME) {
            Integer index = arguments.get(lexer.value);
            if (index == null) {
                throw lexer.error("the gate has no qubit '" + lexer.value + "'");
            }
            if (qubits.contains(index)) {
                throw lexer.error("a gate's qubits must differ; '" + lexer.value + "' is named twice");
            }
            qubits.add(index);
            lexer.next();
            if (!lexer.accept(",")) {
                break;
            }
        }
        checkQubits(gate, modifiers, qubits.size(), at);
        endStatement();
        return new Call(gate, modifiers, angles, qubits.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Whether a text's own definition of a standard gate does the same, so that the gate can be kept as it is. */
    abstract boolean isCopy(GateDefinition defined, GateDefinition standard);

    /** Modifiers before a gate; OpenQASM 2 has none. */
    List<Modifier> modifiers() {
        return List.of();
    }

    private GateDefinition gate() {
        int at = lexer.at;
        String name = lexer.name("a gate or a statement");
        GateDefinition gate = gates.get(name);
        if (gate == null) {
            throw lexer.errorAt(at, "the gate '" + name + "' is not known; " + unknownGateRemedy(name));
        }
        return gate;
    }

    abstract String unknownGateRemedy(String name);

    private List<Expression> angles(GateDefinition gate, Map<String, Expression> scope, int at) {
        List<Expression> angles = List.of();
        if (lexer.accept("(")) {
            angles = new ArrayList<>();
            while (!lexer.is(")")) {
                angles.add(new Expression.Reader(lexer, scope).sum());
                if (!lexer.accept(",")) {
                    break;
                }
            }
            lexer.expect(")");
        }
        if (angles.size() != gate.angles()) {
            throw lexer.errorAt(at, "the gate " + gate.name() + " takes " + gate.angles() + " angle(s), not "
                    + angles.size());
        }
        return angles;
    }

    private void checkQubits(GateDefinition gate, List<Modifier> modifiers, int given, int at) {
        long needed = gate.qubits();
        for (Modifier modifier : modifiers) {
            needed += modifier instanceof Modifier.Control c ? c.count() : 0;
        }
        if (given != needed) {
            throw lexer.errorAt(at, "the gate " + gate.name() + " takes " + needed + " qubit(s) here, not " + given);
        }
    }

    /** A gate call as a statement, gone through for every member when registers are given. */
    final void apply() {
        List<Modifier> modifiers = modifiers();
        int at = lexer.at;
        GateDefinition gate = gate();
        double[] angles = values(angles(gate, constants, at), at);
        List<Operand> operands = new ArrayList<>(2);
        if (!lexer.is(";")) {
            do {
                operands.add(qubitOperand());
            } while (lexer.accept(","));
        }
        checkQubits(gate, modifiers, operands.size(), at);
        endStatement();
        int times = broadcast(operands);
        for (int i = 0; i < times; i++) {
            int[] on = new int[operands.size()];
            for (int k = 0; k < on.length; k++) {
                on[k] = operands.get(k).get(i);
                for (int j = 0; j < k; j++) {
                    if (on[j] == on[k]) {
                        throw lexer.errorAt(operands.get(k).at(),
                                "a gate's qubits must differ; this one is given twice");
                    }
                }
            }
            try {
                expander.expand(gate, modifiers, angles, on, steps);
            } catch (MappingException e) {
                throw lexer.errorAt(at, e.getMessage());
            }
        }
    }

    /** How often a statement is repeated; registers must be of one size. */
    final int broadcast(List<Operand> operands) {
        int times = -1;
        for (Operand operand : operands) {
            if (!operand.single()) {
                if (times >= 0 && times != operand.indices().length) {
                    throw lexer.errorAt(operand.at(), "registers used together must have one size; these have " + times
                            + " and " + operand.indices().length);
                }
                times = operand.indices().length;
            }
        }
        return times < 0 ? 1 : times;
    }

    final double[] values(List<Expression> expressions, int at) {
        double[] values = expressions.isEmpty() ? Gate.NO_ANGLES : new double[expressions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions.get(i).value(Gate.NO_ANGLES);
            if (!Double.isFinite(values[i])) {
                throw lexer.errorAt(at, "an angle must be a finite number, not " + values[i]);
            }
        }
        return values;
    }

    final void measureInto(Operand from, Operand into, int at) {
        if (from.indices().length != into.indices().length) {
            throw lexer.errorAt(at, "measuring " + from.indices().length + " qubit(s) into " + into.indices().length
                    + " bit(s) is not possible; the sizes must be equal");
        }
        for (int i = 0; i < from.indices().length; i++) {
            steps.add(new Operation.Measure(from.indices()[i], into.indices()[i]));
        }
    }

    final void barrier() {
        java.util.LinkedHashSet<Integer> all = new java.util.LinkedHashSet<>();
        if (lexer.is(";")) {
            for (int q = 0; q < qubits; q++) {
                all.add(q);
            }
        } else {
            do {
                for (int q : qubitOperand().indices()) {
                    all.add(q);
                }
            } while (lexer.accept(","));
        }
        endStatement();
        if (!all.isEmpty()) {
            steps.add(new Operation.Barrier(all.stream().mapToInt(Integer::intValue).toArray()));
        }
    }

    final void reset() {
        for (int q : qubitOperand().indices()) {
            steps.add(new Operation.Reset(q));
        }
        endStatement();
    }
}
