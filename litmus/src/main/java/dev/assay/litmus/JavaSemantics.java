package dev.assay.litmus;

import dev.assay.litmus.JavaStatement.Assign;
import dev.assay.litmus.JavaStatement.Binary;
import dev.assay.litmus.JavaStatement.CompareAndSet;
import dev.assay.litmus.JavaStatement.Expression;
import dev.assay.litmus.JavaStatement.Get;
import dev.assay.litmus.JavaStatement.GetAndUpdate;
import dev.assay.litmus.JavaStatement.If;
import dev.assay.litmus.JavaStatement.Literal;
import dev.assay.litmus.JavaStatement.Local;
import dev.assay.litmus.JavaStatement.Mode;
import dev.assay.litmus.JavaStatement.Operator;
import dev.assay.litmus.JavaStatement.While;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Java: ints, and VarHandle accesses as the class documentation of {@code java.lang.invoke.VarHandle} describes them. */
final class JavaSemantics implements ThreadSemantics {
    private static final int INT_BYTES = 4;

    private final LitmusThread thread;
    private final Memory memory;
    private final Map<String, Flow> initial = new HashMap<>();
    private Map<String, Flow> locals = new HashMap<>();
    private ThreadRun run;
    private int line;

    JavaSemantics(LitmusThread thread, InitialState state, Memory memory) {
        this.thread = thread;
        this.memory = memory;
        state.registers().forEach((register, variable) -> {
            if (register.thread() == thread.number()) {
                initial.put(register.register(), Flow.constant(memory.value(variable.elements().getFirst())));
            }
        });
    }

    @Override
    public long register(String name) {
        return locals.getOrDefault(name, Flow.ZERO).value();
    }

    @Override
    public void execute(ThreadRun current) {
        run = current;
        locals = new HashMap<>(initial);
        for (int at = 0; at < thread.instructions().size(); at++) {
            run.instruction(thread.lines().get(at));
            execute((JavaStatement) thread.instructions().get(at), at);
        }
    }

    private void execute(JavaStatement statement, int at) {
        line = thread.lines().get(at);
        switch (statement) {
            case Assign assign -> {
                Flow value = evaluate(assign.value());
                if (!assign.local().isEmpty()) {
                    locals.put(assign.local(), value);
                }
            }
            case JavaStatement.Set set -> {
                Flow value = evaluate(set.value());
                run.instruction(line);
                run.store(address(set.variable()), value, INT_BYTES, tag(set.mode()));
            }
            case JavaStatement.Fence fence -> run.fence(tag(fence).bit());
            case If branch -> {
                Flow condition = evaluate(branch.condition());
                run.branch(condition);
                execute(condition.value() != 0 ? branch.then() : branch.otherwise(), at);
            }
            case While loop -> {
                while (true) {
                    Flow condition = evaluate(loop.condition());
                    run.branch(condition);
                    if (condition.value() == 0) {
                        break;
                    }
                    execute(loop.body(), at);
                    run.jump(at + 1, at);
                }
            }
        }
    }

    private void execute(List<JavaStatement> statements, int at) {
        for (JavaStatement statement : statements) {
            run.instruction(thread.lines().get(at));
            execute(statement, at);
        }
    }

    private Flow evaluate(Expression expression) {
        return switch (expression) {
            case Literal literal -> Flow.constant(literal.value());
            case Local local -> locals.getOrDefault(local.name(), Flow.ZERO);
            case Binary binary -> binary(binary);
            case Get get -> {
                // A statement's accesses follow each other; each is an instruction of its own.
                run.instruction(line);
                yield run.load(address(get.variable()), INT_BYTES, tag(get.mode())).signExtended(INT_BYTES);
            }
            case GetAndUpdate update -> update(update);
            case CompareAndSet compare -> compareAndSet(compare);
        };
    }

    private Flow binary(Binary binary) {
        Flow left = evaluate(binary.left());
        Operator operator = binary.operator();
        if ((operator == Operator.LOGICAL_AND || operator == Operator.LOGICAL_OR) && binary.right().accesses()) {
            run.branch(left);
            if (left.value() != 0 == (operator == Operator.LOGICAL_OR)) {
                return left.with(left, operator == Operator.LOGICAL_OR ? 1 : 0);
            }
        }
        Flow right = evaluate(binary.right());
        int x = (int) left.value();
        int y = (int) right.value();
        return left.with(right, switch (binary.operator()) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> y == 0 ? 0 : x / y;
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            case EQ -> x == y ? 1 : 0;
            case NE -> x != y ? 1 : 0;
            case LT -> x < y ? 1 : 0;
            case LE -> x <= y ? 1 : 0;
            case GT -> x > y ? 1 : 0;
            case GE -> x >= y ? 1 : 0;
            case LOGICAL_AND -> x != 0 && y != 0 ? 1 : 0;
            case LOGICAL_OR -> x != 0 || y != 0 ? 1 : 0;
        });
    }

    private Flow update(GetAndUpdate update) {
        Flow operand = evaluate(update.operand());
        Flow address = address(update.variable());
        run.instruction(line);
        Flow old = run.load(address, INT_BYTES, readTags(update.mode())).signExtended(INT_BYTES);
        int read = run.last();
        int x = (int) old.value();
        int y = (int) operand.value();
        int value = switch (update.update()) {
            case SET -> y;
            case ADD -> x + y;
            case OR -> x | y;
            case AND -> x & y;
            case XOR -> x ^ y;
        };
        Action write = run.store(address, operand.with(value), INT_BYTES, writeTags(update.mode()));
        write.updates = read;
        write.computedFrom = update.update() == JavaStatement.Update.SET ? 0 : 1L << read;
        return old;
    }

    private Flow compareAndSet(CompareAndSet compare) {
        Flow expected = evaluate(compare.expected());
        Flow desired = evaluate(compare.desired());
        Flow address = address(compare.variable());
        run.instruction(line);
        Flow found = run.load(address, INT_BYTES, readTags(compare.mode())).signExtended(INT_BYTES);
        int read = run.last();
        boolean equal = (int) found.value() == (int) expected.value();
        boolean succeeds = equal && (!compare.weak() || run.choose(2) == 0);
        if (succeeds) {
            Action write = run.store(address, desired.pickedBy(expected), INT_BYTES, writeTags(compare.mode()));
            write.updates = read;
            write.decidedBy = 1L << read;
        }
        return compare.exchanges() ? found : found.with(expected, succeeds ? 1 : 0);
    }

    private Flow address(String variable) {
        return Flow.constant(memory.address(variable));
    }

    private static Tag tag(JavaStatement.Fence fence) {
        return switch (fence) {
            case FULL -> Tag.VOLATILE;
            case ACQUIRE -> Tag.ACQUIRE;
            case RELEASE -> Tag.RELEASE;
            case LOAD_LOAD -> Tag.LOAD_LOAD;
            case STORE_STORE -> Tag.STORE_STORE;
        };
    }

    private static long tag(Mode mode) {
        return Tag.valueOf(mode.name()).bit();
    }

    private static long readTags(Mode mode) {
        return Tag.ATOMIC.bit() | tag(mode == Mode.RELEASE ? Mode.PLAIN : mode);
    }

    private static long writeTags(Mode mode) {
        return Tag.ATOMIC.bit() | tag(mode == Mode.ACQUIRE ? Mode.PLAIN : mode);
    }
}
