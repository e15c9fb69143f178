package dev.assay.quantum;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists and ranges of whole numbers in OpenQASM 3, {@code {0, 3}}, {@code [0:4]}, {@code [8:-2:0]} with both ends, and
 * the members of registers that they name.
 */
final class Ranges {
    private final Qasm3Reader reader;

    Ranges(Qasm3Reader reader) {
        this.reader = reader;
    }

    /**
     * What stands in the bracket behind a register: {@code [1]}, {@code [-1]} (from the end), {@code [0:2]}, {@code
     * [0:2:4]} or {@code [{0, 2}]}. The opening bracket has been read.
     */
    QasmReader.Operand members(Register register, int at) {
        Lexer lexer = reader.lexer;
        if (lexer.is("{")) {
            int[] listed = listed();
            lexer.expect("]");
            return members(register, listed, at);
        }
        int from = lexer.is(":") ? 0 : reader.index(register);
        if (lexer.accept("]")) {
            return new QasmReader.Operand(new int[]{register.offset() + from}, true, at);
        }
        lexer.expect(":");
        int to = lexer.is("]") ? register.size() - 1 : end();
        int step = 1;
        if (lexer.accept(":")) {
            step = to;
            to = !lexer.is("]") ? end() : step < 0 ? 0 : register.size() - 1;
        }
        lexer.expect("]");
        return members(register, values(from, step, to < 0 ? to + register.size() : to, at), at);
    }

    private QasmReader.Operand members(Register register, int[] indices, int at) {
        if (indices.length == 0) {
            throw reader.lexer.errorAt(at, "this range of " + register.name() + " is empty");
        }
        int[] members = new int[indices.length];
        for (int i = 0; i < members.length; i++) {
            members[i] = register.offset() + member(register, indices[i], at);
        }
        return new QasmReader.Operand(members, false, at);
    }

    int member(Register register, int index, int at) {
        int from = index < 0 ? index + register.size() : index;
        if (from < 0 || from >= register.size()) {
            throw reader.lexer.errorAt(at, "register " + register.name() + " has " + register.size()
                    + " member(s), numbered from 0; there is no " + index);
        }
        return from;
    }

    int[] listed() {
        reader.lexer.expect("{");
        List<Integer> values = new ArrayList<>();
        do {
            values.add(reader.whole("a value", Integer.MIN_VALUE, Integer.MAX_VALUE));
        } while (reader.lexer.accept(","));
        reader.lexer.expect("}");
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    int[] bracketed() {
        int at = reader.lexer.at;
        reader.lexer.expect("[");
        int from = end();
        reader.lexer.expect(":");
        int last = end();
        int step = 1;
        if (reader.lexer.accept(":")) {
            step = last;
            last = end();
        }
        reader.lexer.expect("]");
        return values(from, step, last, at);
    }

    int end() {
        return reader.whole("a range's end or step", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    int[] values(int from, int step, int last, int at) {
        if (step == 0 || (last - (long) from) / step > Qasm3Reader.MOST_TURNS) {
            throw reader.lexer.errorAt(at, "a range has a step other than 0 and at most " + Qasm3Reader.MOST_TURNS
                    + " values");
        }
        List<Integer> values = new ArrayList<>();
        for (long value = from; step > 0 ? value <= last : value >= last; value += step) {
            values.add((int) value);
        }
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
