package dev.assay.litmus;

import java.util.List;
import java.util.function.Consumer;

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

    /** Whether this goes round until something changes. */
    default boolean waits() {
        return switch (this) {
            case While _ -> true;
            case If branch -> branch.then.stream().anyMatch(JavaStatement::waits)
                    || branch.otherwise.stream().anyMatch(JavaStatement::waits);
            case Assign _,Set _,Fence _ -> false;
        };
    }

    /** Tells of every local that is assigned or read, repeats included. */
    default void locals(Consumer<String> visitor) {
        expressions(e -> {
            if (e instanceof Local local) {
                visitor.accept(local.name());
            }
        });
        assigned(visitor);
    }

    private void assigned(Consumer<String> visitor) {
        switch (this) {
            case Assign assign when !assign.local.isEmpty() -> visitor.accept(assign.local);
            case If branch -> {
                branch.then.forEach(s -> s.assigned(visitor));
                branch.otherwise.forEach(s -> s.assigned(visitor));
            }
            case While loop -> loop.body.forEach(s -> s.assigned(visitor));
            case Assign _,Set _,Fence _ -> {
            }
        }
    }

    /** Tells of every variable that is accessed, repeats included. */
    default void variables(Consumer<String> visitor) {
        expressions(e -> e.variable(visitor));
        written(visitor);
    }

    private void written(Consumer<String> visitor) {
        switch (this) {
            case Set set -> visitor.accept(set.variable);
            case If branch -> {
                branch.then.forEach(s -> s.written(visitor));
                branch.otherwise.forEach(s -> s.written(visitor));
            }
            case While loop -> loop.body.forEach(s -> s.written(visitor));
            case Assign _,Fence _ -> {
            }
        }
    }

    /** Visits every expression and its parts. */
    private void expressions(Consumer<Expression> visitor) {
        switch (this) {
            case Assign assign -> assign.value.parts(visitor);
            case Set set -> set.value.parts(visitor);
            case If branch -> {
                branch.condition.parts(visitor);
                branch.then.forEach(s -> s.expressions(visitor));
                branch.otherwise.forEach(s -> s.expressions(visitor));
            }
            case While loop -> {
                loop.condition.parts(visitor);
                loop.body.forEach(s -> s.expressions(visitor));
            }
            case Fence _ -> {
            }
        }
    }

    /** A binary operation on ints; comparisons and logic give 0 or 1. */
    enum Operator {
        ADD, SUB, MUL, DIV, AND, OR, XOR, EQ, NE, LT, LE, GT, GE, LOGICAL_AND, LOGICAL_OR
    }

    /** Something with a value. */
    sealed interface Expression {
        /** Visits this and what it is made of. */
        default void parts(Consumer<Expression> visitor) {
            visitor.accept(this);
            switch (this) {
                case Binary binary -> {
                    binary.left.parts(visitor);
                    binary.right.parts(visitor);
                }
                case CompareAndSet compare -> {
                    compare.expected.parts(visitor);
                    compare.desired.parts(visitor);
                }
                case GetAndUpdate update -> update.operand.parts(visitor);
                case Literal _,Local _,Get _ -> {
                }
            }
        }

        /** Tells of the variable that this accesses itself, if it does. */
        private void variable(Consumer<String> visitor) {
            switch (this) {
                case Get get -> visitor.accept(get.variable);
                case GetAndUpdate update -> visitor.accept(update.variable);
                case CompareAndSet compare -> visitor.accept(compare.variable);
                case Literal _,Local _,Binary _ -> {
                }
            }
        }

        /** Whether this accesses memory. */
        default boolean accesses() {
            boolean[] found = {false};
            parts(e -> e.variable(_ -> found[0] = true));
            return found[0];
        }
    }

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
