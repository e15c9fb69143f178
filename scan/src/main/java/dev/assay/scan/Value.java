package dev.assay.scan;

import java.util.List;
import java.util.function.Predicate;

/**
 * What stands on the stack or in a local variable: the expression that made it.
 *
 * @param key
 *            equal for the same expression in one method, such as {@code this.map} read twice
 * @param from
 *            the instruction that made it, or null for a parameter and for what is not known
 * @param wide
 *            long or double, which take two slots
 * @param parts
 *            what it may be where paths meet
 */
record Value(String key, Insn from, boolean wide, List<Value> parts) {
    static final Value UNKNOWN = new Value("?", null, false, List.of());
    private static final int DEPTH = 12;

    static Value parameter(int slot, boolean wide, boolean self) {
        return new Value(self ? "this" : "p" + slot, null, wide, List.of());
    }

    static Value made(Insn from, boolean wide) {
        return new Value("v" + from.index, from, wide, List.of());
    }

    boolean known() {
        return this != UNKNOWN;
    }

    boolean same(Value other) {
        return known() && key.equals(other.key);
    }

    /** Whether it comes, by arithmetic, conversion, boxing and choice alone, from an instruction like this. */
    boolean derives(Predicate<Insn> source) {
        return derives(source, DEPTH);
    }

    private boolean derives(Predicate<Insn> source, int depth) {
        if (depth == 0) {
            return false;
        }
        if (parts.stream().anyMatch(part -> part.derives(source, depth - 1))) {
            return true;
        }
        if (from == null) {
            return false;
        }
        if (source.test(from)) {
            return true;
        }
        boolean passes = from.arithmetic() || from.converts() || from.compares() || from.op == Op.CHECKCAST
                || from.invokes()
                        && (from.name.endsWith("Value") || from.name.equals("valueOf") || from.name.equals("sum"));
        if (!passes) {
            return false;
        }
        for (Value operand : from.in) {
            if (operand.derives(source, depth - 1)) {
                return true;
            }
        }
        return false;
    }

    /** The constant that it is, or null. */
    Object constant() {
        return from == null || !(from.op >= Op.LDC_FIRST && from.op <= Op.LDC_LAST) ? null : from.constant;
    }
}
