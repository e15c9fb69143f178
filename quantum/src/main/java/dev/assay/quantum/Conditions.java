package dev.assay.quantum;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what stands in the brackets of an OpenQASM 3 {@code if}: bits and registers compared with constants, joined by
 * {@code &&} or {@code ||}; or a comparison of constants alone.
 */
final class Conditions {
    sealed interface Test {}

    /** Decided while reading. */
    record Known(boolean value) implements Test {}

    /** Decided by measurements. */
    record Measured(Condition condition) implements Test {}

    private final Qasm3Reader reader;

    Conditions(Qasm3Reader reader) {
        this.reader = reader;
    }

    Test read() {
        int at = reader.lexer.at;
        Test left = conjunction();
        while (reader.lexer.accept("||")) {
            left = negate(both(negate(left), negate(conjunction()), at, "||"));
        }
        return left;
    }

    private Test conjunction() {
        int at = reader.lexer.at;
        Test left = one();
        while (reader.lexer.accept("&&")) {
            left = both(left, one(), at, "&&");
        }
        return left;
    }

    private static Test negate(Test test) {
        return switch (test) {
            case Known known -> new Known(!known.value());
            case Measured m -> new Measured(negate(m.condition()));
        };
    }

    private Test both(Test left, Test right, int at, String operator) {
        if (left instanceof Known known) {
            return known.value() ? right : left;
        }
        if (right instanceof Known known) {
            return known.value() ? left : right;
        }
        Condition a = ((Measured) left).condition();
        Condition b = ((Measured) right).condition();
        if (a.negated() || b.negated()) {
            throw reader.lexer.errorAt(at,
                    "tests of several bits cannot be joined by '" + operator + "' like this here; "
                            + "nest the ifs");
        }
        Map<Integer, Boolean> all = new LinkedHashMap<>();
        boolean never = false;
        for (Condition c : new Condition[]{a, b}) {
            for (int i = 0; i < c.bits().length; i++) {
                Boolean before = all.put(c.bits()[i], c.expected()[i]);
                never |= before != null && before != c.expected()[i];
            }
        }
        if (never) {
            return new Known(false);
        }
        int[] bits = all.keySet().stream().mapToInt(Integer::intValue).toArray();
        boolean[] expected = new boolean[bits.length];
        for (int i = 0; i < bits.length; i++) {
            expected[i] = all.get(bits[i]);
        }
        return new Measured(new Condition(bits, expected, false));
    }

    private Test one() {
        Lexer lexer = reader.lexer;
        if (lexer.accept("!")) {
            boolean bracket = lexer.accept("(");
            Test inner = bracket ? read() : one();
            if (bracket) {
                lexer.expect(")");
            }
            return negate(inner);
        }
        if (lexer.is("(")) {
            lexer.next();
            Test inner = read();
            lexer.expect(")");
            return inner;
        }
        if (lexer.kind == Lexer.Kind.NAME && reader.bitRegisters.containsKey(lexer.value)) {
            return measured();
        }
        double left = new Expression.Reader(lexer, reader.constants).sum().value(null);
        String comparison = lexer.value;
        if (!comparison.matches("==|!=|<|>|<=|>=")) {
            return new Known(left != 0);
        }
        lexer.next();
        double right = new Expression.Reader(lexer, reader.constants).sum().value(null);
        return new Known(switch (comparison) {
            case "==" -> left == right;
            case "!=" -> left != right;
            case "<" -> left < right;
            case ">" -> left > right;
            case "<=" -> left <= right;
            default -> left >= right;
        });
    }

    private Test measured() {
        Lexer lexer = reader.lexer;
        QasmReader.Operand operand = reader.operand(reader.bitRegisters, "classical");
        int[] bits = operand.indices();
        boolean equal = true;
        BigInteger value = BigInteger.ONE;
        if (lexer.is("==") || lexer.is("!=")) {
            equal = lexer.is("==");
            lexer.next();
            value = number(bits.length);
        } else if (bits.length > 1) {
            throw lexer.error("a register of " + bits.length + " bits is compared with a number, as in == 1");
        }
        boolean[] expected = new boolean[bits.length];
        for (int i = 0; i < bits.length; i++) {
            expected[i] = value.testBit(i);
        }
        Condition condition = new Condition(bits, expected, false);
        return new Measured(equal ? condition : negate(condition));
    }

    /** A whole number, true or false, or a bit string, which is written most significant bit first. */
    private BigInteger number(int width) {
        Lexer lexer = reader.lexer;
        int at = lexer.at;
        BigInteger value;
        if (lexer.kind == Lexer.Kind.INTEGER) {
            value = new BigInteger(lexer.value);
            lexer.next();
        } else if (lexer.kind == Lexer.Kind.STRING && lexer.value.matches("[01]+")) {
            value = new BigInteger(lexer.value, 2);
            lexer.next();
        } else {
            double number = new Expression.Reader(lexer, reader.constants).sum().value(null);
            if (number != Math.rint(number) || Double.isInfinite(number)) {
                throw lexer.errorAt(at, "bits are compared with a whole number, not with " + number);
            }
            value = new java.math.BigDecimal(number).toBigInteger();
        }
        if (value.signum() < 0 || value.bitLength() > width) {
            throw lexer.errorAt(at, width + " bit(s) never equal " + value);
        }
        return value;
    }

    /** One bit has only two values, so its negation is the other value. */
    private static Condition negate(Condition condition) {
        return condition.bits().length == 1
                ? new Condition(condition.bits(), new boolean[]{!condition.expected()[0]}, condition.negated())
                : new Condition(condition.bits(), condition.expected(), !condition.negated());
    }
}
