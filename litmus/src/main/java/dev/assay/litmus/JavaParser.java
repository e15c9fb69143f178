package dev.assay.litmus;

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
import dev.assay.litmus.JavaStatement.Update;
import dev.assay.litmus.JavaStatement.While;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads threads written in Java: {@code P0 { int r0 = X.getAcquire(); Y.setRelease(1); }}. A thread may be called Thread0 and
 * may have a parameter list. Variables are named as in the initial state, in lower case: handle X (or x) is variable x.
 */
final class JavaParser {
    private static final int MAXIMUM_DEPTH = 100;
    /** Binary operators by precedence, weakest first; a longer sign stands before its prefix. */
    private static final List<Map<String, Operator>> PRECEDENCE = List.of(Map.of("||", Operator.LOGICAL_OR),
            Map.of("&&", Operator.LOGICAL_AND), Map.of("|", Operator.OR), Map.of("^", Operator.XOR),
            Map.of("&", Operator.AND), Map.of("==", Operator.EQ, "!=", Operator.NE), comparisons(),
            Map.of("+", Operator.ADD, "-", Operator.SUB), Map.of("*", Operator.MUL, "/", Operator.DIV));

    private final TextScanner in;
    private int depth;

    JavaParser(TextScanner in) {
        this.in = in;
    }

    private static Map<String, Operator> comparisons() {
        Map<String, Operator> operators = new LinkedHashMap<>();
        operators.put("<=", Operator.LE);
        operators.put(">=", Operator.GE);
        operators.put("<", Operator.LT);
        operators.put(">", Operator.GT);
        return operators;
    }

    List<LitmusThread> threads() {
        List<LitmusThread> threads = new ArrayList<>();
        while (!in.atEnd()) {
            int start = in.position();
            String word = in.word("a thread, P" + threads.size() + ",");
            if (!word.equals("P" + threads.size()) && !word.equals("Thread" + threads.size())) {
                throw in.errorAt(start, "the next thread is named P" + threads.size() + ", but " + word + " was found");
            }
            if (in.take("(")) {
                while (!in.take(")")) {
                    in.word("a parameter");
                    in.take(",");
                }
            }
            List<Integer> lines = new ArrayList<>();
            List<Instruction> statements = new ArrayList<>();
            in.expect("{");
            while (!in.take("}")) {
                in.skipBlanks();
                int line = in.line(in.position());
                for (JavaStatement statement : statement()) {
                    statements.add(statement);
                    lines.add(line);
                }
            }
            threads.add(new LitmusThread(threads.size(), statements, lines, Map.of()));
        }
        if (threads.isEmpty()) {
            throw in.error("the threads are missing: P0 { ... } P1 { ... }");
        }
        return threads;
    }

    private List<JavaStatement> block() {
        if (!in.take("{")) {
            return statement();
        }
        List<JavaStatement> statements = new ArrayList<>();
        while (!in.take("}")) {
            statements.addAll(statement());
        }
        return statements;
    }

    /** Declarations without a value give no statement. */
    private List<JavaStatement> statement() {
        if (++depth > MAXIMUM_DEPTH) {
            throw in.error("statements are nested at most " + MAXIMUM_DEPTH + " deep, and these are deeper");
        }
        try {
            if (in.peek() == '{') {
                return block();
            }
            if (in.take(";")) {
                return List.of();
            }
            if (in.take("if")) {
                in.expect("(");
                Expression condition = expression(0);
                in.expect(")");
                List<JavaStatement> then = block();
                return List.of(new If(condition, then, in.take("else") ? block() : List.of()));
            }
            if (in.take("while")) {
                in.expect("(");
                Expression condition = expression(0);
                in.expect(")");
                return List.of(new While(condition, block()));
            }
            List<JavaStatement> simple = simple();
            in.expect(";");
            return simple;
        } finally {
            depth--;
        }
    }

    private List<JavaStatement> simple() {
        in.take("final");
        boolean declared = in.take("int") || in.take("boolean") || in.take("var");
        in.skipBlanks();
        int start = in.position();
        String name = in.word("a statement");
        if (in.peek() == '=' && !name.contains(".")) {
            in.expect("=");
            return List.of(new Assign(name, expression(0)));
        }
        if (declared) {
            return List.of();
        }
        String method = name.substring(name.lastIndexOf('.') + 1);
        Fence fence = switch (method) {
            case "fullFence" -> Fence.FULL;
            case "acquireFence" -> Fence.ACQUIRE;
            case "releaseFence" -> Fence.RELEASE;
            case "loadLoadFence" -> Fence.LOAD_LOAD;
            case "storeStoreFence" -> Fence.STORE_STORE;
            default -> null;
        };
        if (fence != null) {
            in.expect("(");
            in.expect(")");
            return List.of(fence);
        }
        if (method.startsWith("set") && name.contains(".")) {
            in.expect("(");
            Expression value = expression(0);
            in.expect(")");
            return List.of(new JavaStatement.Set(variable(name), mode(method.substring(3), Mode.PLAIN, start), value));
        }
        in.reset(start);
        return List.of(new Assign("", expression(0)));
    }

    private Expression expression(int level) {
        if (++depth > MAXIMUM_DEPTH * PRECEDENCE.size()) {
            throw in.error("expressions are nested at most " + MAXIMUM_DEPTH + " deep, and this one is deeper");
        }
        try {
            if (level == PRECEDENCE.size()) {
                return primary();
            }
            Expression left = expression(level + 1);
            while (true) {
                Operator operator = operator(level);
                if (operator == null) {
                    return left;
                }
                left = new Binary(operator, left, expression(level + 1));
            }
        } finally {
            depth--;
        }
    }

    private Operator operator(int level) {
        for (Map.Entry<String, Operator> entry : PRECEDENCE.get(level).entrySet()) {
            int start = in.position();
            String sign = entry.getKey();
            if (in.take(sign)) {
                boolean longer = (sign.equals("|") || sign.equals("&")) && in.peek() == sign.charAt(0);
                if (!longer) {
                    return entry.getValue();
                }
                in.reset(start);
            }
        }
        return null;
    }

    private Expression primary() {
        if (in.take("(")) {
            in.take("int");
            if (in.take(")")) {
                return primary();
            }
            Expression inner = expression(0);
            in.expect(")");
            return inner;
        }
        if (in.nextIsNumber()) {
            return new Literal((int) in.number("a number"));
        }
        if (in.take("!")) {
            return new Binary(Operator.EQ, primary(), new Literal(0));
        }
        in.skipBlanks();
        int start = in.position();
        String name = in.word("an expression");
        if (!name.contains(".")) {
            return switch (name) {
                case "true" -> new Literal(1);
                case "false" -> new Literal(0);
                default -> new Local(name);
            };
        }
        return access(name, start);
    }

    private Expression access(String name, int start) {
        String method = name.substring(name.lastIndexOf('.') + 1);
        String variable = variable(name);
        in.expect("(");
        Expression result;
        if (method.startsWith("getAnd")) {
            String rest = method.substring(6);
            String operation = rest.startsWith("Bitwise") ? rest.substring(7) : rest;
            Update update = switch (operation.replaceAll("(Acquire|Release)$", "")) {
                case "Set" -> Update.SET;
                case "Add" -> Update.ADD;
                case "Or" -> Update.OR;
                case "And" -> Update.AND;
                case "Xor" -> Update.XOR;
                default -> throw unknown(method, start);
            };
            String mode = operation.replaceAll("^(Set|Add|Or|And|Xor)", "");
            result = new GetAndUpdate(update, variable, expression(0), mode(mode, Mode.VOLATILE, start));
        } else if (method.startsWith("get")) {
            result = new Get(variable, mode(method.substring(3), Mode.PLAIN, start));
        } else if (method.startsWith("compareAnd") || method.startsWith("weakCompareAndSet")) {
            boolean weak = method.startsWith("weak");
            boolean exchanges = method.startsWith("compareAndExchange");
            Expression expected = expression(0);
            in.expect(",");
            Expression desired = expression(0);
            String mode = method.replaceAll("^(compareAndExchange|compareAndSet|weakCompareAndSet)", "");
            result = new CompareAndSet(variable, expected, desired, mode(mode, Mode.VOLATILE, start), exchanges, weak);
        } else {
            throw unknown(method, start);
        }
        in.expect(")");
        return result;
    }

    private LitmusException unknown(String method, int start) {
        return in.errorAt(start, "the VarHandle method '" + method + "' is not supported");
    }

    private Mode mode(String suffix, Mode none, int start) {
        return switch (suffix) {
            case "" -> none;
            case "Plain" -> Mode.PLAIN;
            case "Opaque" -> Mode.OPAQUE;
            case "Acquire" -> Mode.ACQUIRE;
            case "Release" -> Mode.RELEASE;
            case "Volatile" -> Mode.VOLATILE;
            default -> throw in.errorAt(start, "the access mode '" + suffix + "' is not known");
        };
    }

    /** The variable of {@code x.get} or {@code X.get}: handles are often written in capitals, variables never. */
    private static String variable(String name) {
        String handle = name.substring(0, name.lastIndexOf('.'));
        return handle.equals(handle.toUpperCase(java.util.Locale.ROOT))
                ? handle.toLowerCase(java.util.Locale.ROOT)
                : handle;
    }
}
