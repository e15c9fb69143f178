package dev.assay.litmus;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.assay.litmus.JavaStatement.Assign;
import dev.assay.litmus.JavaStatement.Binary;
import dev.assay.litmus.JavaStatement.CompareAndSet;
import dev.assay.litmus.JavaStatement.Expression;
import dev.assay.litmus.JavaStatement.Fence;
import dev.assay.litmus.JavaStatement.Get;
import dev.assay.litmus.JavaStatement.GetAndUpdate;
import dev.assay.litmus.JavaStatement.If;
import dev.assay.litmus.JavaStatement.Literal;
import dev.assay.litmus.JavaStatement.Local;
import dev.assay.litmus.JavaStatement.Mode;
import dev.assay.litmus.JavaStatement.Operator;
import dev.assay.litmus.JavaStatement.While;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a thread of a Java test into a class: a loop over instances with the thread's statements inside. Variables are int fields, and
 * each access is a call of a VarHandle that is a constant of the class, as Java's own compiler would write it.
 */
final class JavaActorWriter {
    private static final ClassDesc VAR_HANDLE = ClassDesc.of("java.lang.invoke.VarHandle");
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final ClassDesc ARITHMETIC = ClassDesc.of(JavaArithmetic.class.getName());
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, CD_Object.arrayType(2), CD_int.arrayType(),
            CD_int, CD_int);
    private static final int STATES = 1;
    private static final int RESULTS = 2;
    private static final int INSTANCE = 3;
    private static final int END = 4;

    private final LitmusThread thread;
    private final JavaLayout layout;
    private final List<String> variables;
    private final List<String> observed;
    /** What the thread's locals hold at the start; others hold 0. */
    private final Map<String, Integer> initial;
    private final Map<String, Integer> locals = new LinkedHashMap<>();
    private final int[] arrays;
    private final int[] states;
    private int slots = END + 1;
    private CodeBuilder code;

    JavaActorWriter(LitmusThread thread, JavaLayout layout, List<String> variables, List<String> observed,
            Map<String, Integer> initial) {
        this.thread = thread;
        this.layout = layout;
        this.variables = variables;
        this.observed = observed;
        this.initial = initial;
        int classes = layout.classes(variables.size());
        arrays = new int[classes];
        states = new int[classes];
        for (int i = 0; i < classes; i++) {
            arrays[i] = slots++;
            states[i] = slots++;
        }
    }

    byte[] write() {
        return ClassFile.of().build(ClassDesc.of(layout.actorName(thread.number())), type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            type.withInterfaceSymbols(ClassDesc.of(JavaActor.class.getName()));
            JavaStateWriter.constructor(type);
            type.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, this::run);
        });
    }

    private void run(CodeBuilder builder) {
        code = builder;
        for (int i = 0; i < arrays.length; i++) {
            code.aload(STATES).loadConstant(i).aaload().checkcast(layout.state(i).arrayType()).astore(arrays[i]);
        }
        Label again = code.newBoundLabel();
        Label end = code.newLabel();
        code.iload(INSTANCE).iload(END).if_icmpge(end);
        for (int i = 0; i < arrays.length; i++) {
            // Checked here, the accesses below need no check between them that would keep their order.
            code.aload(arrays[i]).iload(INSTANCE).aaload().dup().astore(states[i]);
            code.invokestatic(OBJECTS, "requireNonNull", MethodTypeDesc.of(CD_Object, CD_Object)).pop();
        }
        for (String local : named()) {
            code.loadConstant(initial.getOrDefault(local, 0)).istore(slot(local));
        }
        thread.instructions().forEach(statement -> statement((JavaStatement) statement));
        for (int i = 0; i < observed.size(); i++) {
            code.aload(RESULTS).iload(INSTANCE).loadConstant(observed.size()).imul().loadConstant(i).iadd();
            code.iload(slot(observed.get(i))).iastore();
        }
        code.iinc(INSTANCE, 1).goto_(again).labelBinding(end).return_();
    }

    private List<String> named() {
        List<String> names = new ArrayList<>(observed);
        thread.instructions().forEach(s -> ((JavaStatement) s).locals(names::add));
        return names.stream().distinct().toList();
    }

    private int slot(String local) {
        return locals.computeIfAbsent(local, _ -> slots++);
    }

    private void statement(JavaStatement statement) {
        switch (statement) {
            case Assign assign -> {
                expression(assign.value());
                if (assign.local().isEmpty()) {
                    code.pop();
                } else {
                    code.istore(slot(assign.local()));
                }
            }
            case JavaStatement.Set set -> {
                ClassDesc state = handle(set.variable());
                expression(set.value());
                invoke("set" + suffix(set.mode(), Mode.PLAIN), MethodTypeDesc.of(CD_void, state, CD_int));
            }
            case Fence fence -> code.invokestatic(VAR_HANDLE, switch (fence) {
                case FULL -> "fullFence";
                case ACQUIRE -> "acquireFence";
                case RELEASE -> "releaseFence";
                case LOAD_LOAD -> "loadLoadFence";
                case STORE_STORE -> "storeStoreFence";
            }, MethodTypeDesc.of(CD_void));
            case If branch -> {
                Label otherwise = code.newLabel();
                Label end = code.newLabel();
                expression(branch.condition());
                code.ifeq(otherwise);
                branch.then().forEach(this::statement);
                code.goto_(end).labelBinding(otherwise);
                branch.otherwise().forEach(this::statement);
                code.labelBinding(end);
            }
            case While loop -> loop(loop);
        }
    }

    /** A loop that the other threads never end must not hold the process for ever. */
    private void loop(While loop) {
        int rounds = slots++;
        code.loadConstant(0).istore(rounds);
        Label again = code.newBoundLabel();
        Label end = code.newLabel();
        expression(loop.condition());
        code.ifeq(end);
        code.iinc(rounds, 1).iload(rounds).invokestatic(ARITHMETIC, "round", MethodTypeDesc.of(CD_void, CD_int));
        loop.body().forEach(this::statement);
        code.goto_(again).labelBinding(end);
    }

    /** Leaves the handle of a variable and the object that holds it on the stack. */
    private ClassDesc handle(String variable) {
        int index = variables.indexOf(variable);
        int number = layout.classOf(index);
        code.loadConstant(layout.handle(index)).aload(states[number]);
        return layout.state(number);
    }

    /** Tests may use a method that other atomic classes have and VarHandle has not; such a test is decided, not run. */
    private void invoke(String method, MethodTypeDesc type) {
        try {
            VarHandle.AccessMode.valueFromMethodName(method);
        } catch (IllegalArgumentException _) {
            throw new LitmusException("VarHandle has no method " + method + ", which thread " + thread.number()
                    + " calls; the model can decide the test, but it cannot run");
        }
        code.invokevirtual(VAR_HANDLE, method, type);
    }

    private static String suffix(Mode mode, Mode none) {
        return mode == none ? "" : mode.name().charAt(0) + mode.name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    private void expression(Expression expression) {
        switch (expression) {
            case Literal literal -> code.loadConstant(literal.value());
            case Local local -> code.iload(slot(local.name()));
            case Binary binary -> binary(binary);
            case Get get -> {
                ClassDesc state = handle(get.variable());
                invoke("get" + suffix(get.mode(), Mode.PLAIN), MethodTypeDesc.of(CD_int, state));
            }
            case GetAndUpdate update -> {
                ClassDesc state = handle(update.variable());
                expression(update.operand());
                invoke("getAnd" + switch (update.update()) {
                    case SET -> "Set";
                    case ADD -> "Add";
                    case OR -> "BitwiseOr";
                    case AND -> "BitwiseAnd";
                    case XOR -> "BitwiseXor";
                } + suffix(update.mode(), Mode.VOLATILE), MethodTypeDesc.of(CD_int, state, CD_int));
            }
            case CompareAndSet compare -> {
                ClassDesc state = handle(compare.variable());
                expression(compare.expected());
                expression(compare.desired());
                String name = compare.exchanges()
                        ? "compareAndExchange"
                        : compare.weak() ? "weakCompareAndSet" : "compareAndSet";
                invoke(name + suffix(compare.mode(), Mode.VOLATILE),
                        MethodTypeDesc.of(compare.exchanges() ? CD_int : CD_boolean, state, CD_int, CD_int));
            }
        }
    }

    private void binary(Binary binary) {
        Operator operator = binary.operator();
        if (operator == Operator.LOGICAL_AND || operator == Operator.LOGICAL_OR) {
            shortCut(binary);
            return;
        }
        expression(binary.left());
        expression(binary.right());
        switch (operator) {
            case ADD -> code.iadd();
            case SUB -> code.isub();
            case MUL -> code.imul();
            case DIV -> code.invokestatic(ARITHMETIC, "divide", MethodTypeDesc.of(CD_int, CD_int, CD_int));
            case AND -> code.iand();
            case OR -> code.ior();
            case XOR -> code.ixor();
            case EQ -> comparison(Opcode.IF_ICMPEQ);
            case NE -> comparison(Opcode.IF_ICMPNE);
            case LT -> comparison(Opcode.IF_ICMPLT);
            case LE -> comparison(Opcode.IF_ICMPLE);
            case GT -> comparison(Opcode.IF_ICMPGT);
            case GE -> comparison(Opcode.IF_ICMPGE);
            case LOGICAL_AND, LOGICAL_OR -> throw new IllegalStateException("decided above");
        }
    }

    private void comparison(Opcode jump) {
        code.ifThenElse(jump, yes -> yes.loadConstant(1), no -> no.loadConstant(0));
    }

    private void shortCut(Binary binary) {
        boolean and = binary.operator() == Operator.LOGICAL_AND;
        Label decided = code.newLabel();
        Label end = code.newLabel();
        for (Expression operand : List.of(binary.left(), binary.right())) {
            expression(operand);
            if (and) {
                code.ifeq(decided);
            } else {
                code.ifne(decided);
            }
        }
        code.loadConstant(and ? 1 : 0).goto_(end).labelBinding(decided).loadConstant(and ? 0 : 1).labelBinding(end);
    }
}
