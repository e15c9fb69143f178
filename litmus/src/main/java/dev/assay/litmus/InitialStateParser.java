package dev.assay.litmus;

import dev.assay.litmus.InitialState.ThreadRegister;
import dev.assay.litmus.InitialState.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what stands between the braces: {@code x=1; int y[2]={1,2}; 0:X1=x; uint64_t *p=&y;}. */
final class InitialStateParser {
    static final int MAXIMUM_ELEMENTS = 1024;
    private static final Map<String, Type> TYPES = Map.ofEntries(Map.entry("int", new Type(4, true)),
            Map.entry("int8_t", new Type(1, true)), Map.entry("uint8_t", new Type(1, false)),
            Map.entry("char", new Type(1, true)), Map.entry("int16_t", new Type(2, true)),
            Map.entry("uint16_t", new Type(2, false)), Map.entry("short", new Type(2, true)),
            Map.entry("int32_t", new Type(4, true)), Map.entry("uint32_t", new Type(4, false)),
            Map.entry("int64_t", new Type(8, true)), Map.entry("uint64_t", new Type(8, false)),
            Map.entry("long", new Type(8, true)), Map.entry("intptr_t", new Type(8, true)),
            Map.entry("uintptr_t", new Type(8, false)));

    private record Type(int bytes, boolean signed) {}

    private final TextScanner in;
    private final RegisterNames registers;
    private final Map<String, Variable> variables = new HashMap<>();
    private final Map<ThreadRegister, Variable> registerValues = new HashMap<>();

    InitialStateParser(TextScanner in, RegisterNames registers) {
        this.in = in;
        this.registers = registers;
    }

    InitialState parse() {
        while (!in.atEnd()) {
            if (in.take(";")) {
                continue;
            }
            assignment();
            if (!in.atEnd()) {
                in.expect(";");
            }
        }
        return new InitialState(variables, registerValues);
    }

    private void assignment() {
        in.take("volatile");
        in.take("const");
        boolean unsigned = in.take("unsigned");
        Optional<Type> type = type();
        if (unsigned) {
            type = Optional.of(new Type(type.map(Type::bytes).orElse(4), false));
        }
        boolean pointer = in.take("*");
        if (pointer) {
            // With a type before it the star declares a pointer; alone it means "what x points to", that is x.
            type = type.map(_ -> new Type(8, false));
        }
        if (in.nextIsNumber()) {
            register(type);
        } else {
            memory(type);
        }
    }

    private Optional<Type> type() {
        int start = in.position();
        if (in.nextIsWord()) {
            String word = in.word("a type");
            Type type = TYPES.get(word);
            if (type != null && (in.nextIsWord() || in.nextIsNumber() || in.peek() == '*' || in.peek() == '[')) {
                return Optional.of(type);
            }
            if (word.endsWith("_t") && (in.nextIsWord() || in.nextIsNumber())) {
                throw in.errorAt(start, "the type " + word + " is not supported; integers of 8 to 64 bits are");
            }
        }
        in.reset(start);
        return Optional.empty();
    }

    private void register(Optional<Type> type) {
        int start = in.position();
        long thread = in.number("a thread");
        in.expect(":");
        in.take("%");
        String word = in.word("a register");
        String name = registers.canonical(word)
                .orElseThrow(() -> in.errorAt(start, "'" + word + "' is not a register"));
        if (thread < 0 || thread > 63) {
            throw in.errorAt(start, "a test has threads 0 to 63, but thread " + thread + " is named");
        }
        Value value = in.take("=") ? value() : new Value.Number(0);
        ThreadRegister key = new ThreadRegister((int) thread, name);
        Variable before = registerValues.get(key);
        if (before != null && type.isEmpty()) {
            type = before.typed() ? Optional.of(new Type(before.elementBytes(), before.signed())) : type;
        }
        registerValues.put(key, variable(type, value, false, List.of(value)));
    }

    private void memory(Optional<Type> type) {
        boolean bracket = in.take("[");
        int start = in.position();
        String symbol = in.word("a variable or a register like 0:X1");
        if (symbol.equals("instr") || in.peek() == ':') {
            throw in.errorAt(start, "initial values for code are not supported");
        }
        if (bracket) {
            in.expect("]");
        }
        boolean array = in.take("[");
        int length = 1;
        if (array) {
            long wanted = in.peek() == ']' ? 0 : in.number("a length");
            if (wanted < 0 || wanted > MAXIMUM_ELEMENTS) {
                throw in.errorAt(start,
                        "an array has 1 to " + MAXIMUM_ELEMENTS + " elements, but " + wanted + " are asked for");
            }
            in.expect("]");
            length = (int) wanted;
        }
        List<Value> values = new ArrayList<>();
        if (in.take("=")) {
            if (in.take("{")) {
                while (!in.take("}")) {
                    values.add(value());
                    in.take(",");
                    if (values.size() > MAXIMUM_ELEMENTS) {
                        throw in.errorAt(start, "an array has at most " + MAXIMUM_ELEMENTS + " elements");
                    }
                }
                array = true;
            } else {
                values.add(value());
            }
        }
        length = Math.max(1, Math.max(length, values.size()));
        values.addAll(Collections.nCopies(length - values.size(), new Value.Number(0)));
        Variable before = variables.get(symbol);
        if (before != null && type.isEmpty() && before.typed()) {
            type = Optional.of(new Type(before.elementBytes(), before.signed()));
        }
        variables.put(symbol, variable(type, values.getFirst(), array, values));
    }

    /** Without a type an address is as wide as a pointer and a number as an int. */
    private static Variable variable(Optional<Type> type, Value first, boolean array, List<Value> values) {
        Type known = type.orElse(first instanceof Value.Address ? new Type(8, false) : new Type(4, true));
        return new Variable(known.bytes, known.signed, type.isPresent(), array, values);
    }

    private Value value() {
        if (in.nextIsNumber()) {
            int start = in.position();
            long number = in.number("a value");
            if (in.peek() == ':') {
                throw in.errorAt(start, "initial values that are registers are not supported");
            }
            return new Value.Number(number);
        }
        boolean parenthesis = in.take("(");
        in.take("&");
        int start = in.position();
        String symbol = in.word("a number or a variable");
        if (in.peek() == ':') {
            throw in.errorAt(start, "initial values that are code addresses are not supported");
        }
        long offset = 0;
        if (in.take("[")) {
            offset = in.number("an index") * variables.getOrDefault(symbol, Variable.ZERO).elementBytes();
            in.expect("]");
        } else if (in.take("+")) {
            offset = in.number("an offset");
        }
        if (parenthesis) {
            in.expect(")");
        }
        return new Value.Address(symbol, offset);
    }
}
