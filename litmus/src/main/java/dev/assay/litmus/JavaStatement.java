package dev.assay.litmus;

import java.util.List;

/**
 * The Java statements that tests use. Locals are ints; every variable is an int field reached through a VarHandle.
 *
 * <p>
 * A thread of Java has one instruction per statement; {@code if} holds its branches.
 */
sealed interface JavaStatement extends Instruction {
    /** VarHandle access modes, weakest first. */
    enum Mode {
        PLAIN, OPAQUE, ACQUIRE, RELEASE, VOLATILE
    }

    /** What {@link GetAndUpdate} does. */
    enum Update {
        SET, ADD, OR, AND, XOR
    }

    /** A binary operation on ints; comparisons and logic give 0 or 1. */
    enum Operator {
        ADD, SUB, MUL, DIV, AND, OR, XOR, EQ, NE, LT, LE, GT, GE, LOGICAL_AND, LOGICAL_OR
    }

    /** Something with a value. */
    sealed interface Expression {}

    /** A number. */
    record Literal(int value) implements Expression {}

    /** A local. */
    record Local(String name) implements Expression {}

    /** A computation. */
    record Binary(Operator operator, Expression left, Expression right) implements Expression {}

    /** {@code x.getAcquire()} and the like. */
    record Get(String variable, Mode mode) implements Expression {}

    /**
     * {@code compareAndExchange} and {@code compareAndSet}: ACQUIRE means an acquiring read and a plain write, RELEASE a plain read
     * and a releasing write.
     *
     * @param exchanges whether the value is what was found (else 1 for success, 0 for failure)
     * @param weak whether it may fail without a reason
     */
    record CompareAndSet(String variable, Expression expected, Expression desired, Mode mode, boolean exchanges,
            boolean weak) implements Expression {}

    /** {@code getAndAdd}, {@code getAndSet} and the bitwise ones. */
    record GetAndUpdate(Update update, String variable, Expression operand, Mode mode) implements Expression {}

    /** {@code int r = e;}, {@code r = e;}, or an expression alone with the empty name. */
    record Assign(String local, Expression value) implements JavaStatement {}

    /** {@code x.setRelease(e);} and the like. */
    record Set(String variable, Mode mode, Expression value) implements JavaStatement {}

    /** {@code VarHandle.fullFence()} and the like. */
    enum Fence implements JavaStatement {
        FULL, ACQUIRE, RELEASE, LOAD_LOAD, STORE_STORE
    }

    /** {@code if}. */
    record If(Expression condition, List<JavaStatement> then, List<JavaStatement> otherwise) implements JavaStatement {
        public If {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code while}. */
    record While(Expression condition, List<JavaStatement> body) implements JavaStatement {
        public While {
            body = List.copyOf(body);
        }
    }
}
