package dev.assay.litmus;

import java.util.List;
import java.util.Random;

/** Java tests at random: two threads, two variables, every kind of statement and expression but loops. */
final class RandomJavaTest {
    private static final List<String> OPERATORS = List.of("+", "-", "*", "/", "&", "|", "^", "==", "!=", "<", "<=", ">",
            ">=", "&&", "||");
    private static final List<String> GETS = List.of("get", "getOpaque", "getAcquire", "getVolatile");
    private static final List<String> SETS = List.of("set", "setOpaque", "setRelease", "setVolatile");
    private static final List<String> UPDATES = List.of("getAndSet", "getAndAdd", "getAndBitwiseOr", "getAndBitwiseAnd",
            "getAndBitwiseXor", "getAndAddAcquire", "getAndSetRelease");
    private static final List<String> CHANGES = List.of("compareAndSet", "compareAndExchange",
            "compareAndExchangeAcquire", "compareAndExchangeRelease");

    private final Random random;
    private int accesses;

    RandomJavaTest(Random random) {
        this.random = random;
    }

    String text() {
        return "Java random\n{ x=" + random.nextInt(3) + "; y=" + random.nextInt(3) + "; 0:a=" + random.nextInt(3)
                + "; }\nP0 {\n" + thread() + "}\nP1 {\n" + thread()
                + "}\nlocations [x; y; 0:a; 0:b; 1:a; 1:b;]\nexists ([x]=0)\n";
    }

    private String thread() {
        accesses = 0;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            text.append("  ").append(statement(2)).append('\n');
        }
        return text.toString();
    }

    private String statement(int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 4)) {
            case 0 -> variable() + "." + one(SETS) + "(" + expression(2) + ");";
            case 1 -> one(List.of("VarHandle.fullFence();", "VarHandle.acquireFence();", "VarHandle.releaseFence();",
                    "VarHandle.loadLoadFence();", "VarHandle.storeStoreFence();"));
            case 4 -> "if (" + expression(2) + ") { " + statement(depth - 1) + " } else { " + statement(depth - 1)
                    + " }";
            default -> local() + " = " + expression(2) + ";";
        };
    }

    private String expression(int depth) {
        int kind = random.nextInt(depth > 0 ? 8 : 3);
        // Few accesses, so that the model is quick.
        if (kind >= 5 && accesses++ >= 2) {
            kind = 0;
        }
        return switch (kind) {
            case 0, 1 -> String.valueOf(random.nextInt(4));
            case 2 -> local();
            case 3 -> "(" + expression(depth - 1) + " " + one(OPERATORS) + " " + expression(depth - 1) + ")";
            case 4 -> "!" + local();
            case 5 -> variable() + "." + one(GETS) + "()";
            case 6 -> variable() + "." + one(UPDATES) + "(" + expression(0) + ")";
            default -> variable() + "." + one(CHANGES) + "(" + expression(0) + ", " + expression(0) + ")";
        };
    }

    private String variable() {
        return random.nextBoolean() ? "X" : "Y";
    }

    private String local() {
        return random.nextBoolean() ? "a" : "b";
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
