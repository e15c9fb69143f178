package dev.assay.quantum;

import java.util.HashMap;
import java.util.Map;

/** Durations as OpenQASM 3 writes them, sums and multiples of them, and the constants that are ones. */
final class Durations {
    record Duration(double amount, String unit) {}

    /** No unit: a number that a duration is multiplied with. */
    private static final String NUMBER = "";
    private static final int DEEPEST = 256;
    private static final Map<String, Double> NANOS = Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9);

    private final Map<String, Duration> constants = new HashMap<>();
    private final Map<String, Expression> numbers;
    private int depth;

    /** @param numbers constants that are numbers */
    Durations(Map<String, Expression> numbers) {
        this.numbers = numbers;
    }

    /** After the word "duration". */
    void declare(Lexer lexer) {
        int at = lexer.at;
        String name = lexer.name("a duration's name");
        lexer.expect("=");
        Duration value = read(lexer);
        if (numbers.containsKey(name) || constants.putIfAbsent(name, value) != null) {
            throw lexer.errorAt(at, "the name '" + name + "' is declared already");
        }
    }

    /** What is known in a block, to be restored at its end. */
    Map<String, Duration> scope() {
        return new HashMap<>(constants);
    }

    void restore(Map<String, Duration> scope) {
        constants.clear();
        constants.putAll(scope);
    }

    Duration read(Lexer lexer) {
        int at = lexer.at;
        Duration duration = sum(lexer);
        if (duration.unit().equals(NUMBER)) {
            throw lexer.errorAt(at, "a duration is a number with a unit, as in 100ns, not " + duration.amount());
        }
        if (!(duration.amount() >= 0) || Double.isInfinite(duration.amount())) {
            throw lexer.errorAt(at, "a duration is zero or more, not " + duration.amount() + duration.unit());
        }
        return duration;
    }

    private Duration sum(Lexer lexer) {
        Duration left = product(lexer);
        while (lexer.is("+") || lexer.is("-")) {
            int at = lexer.at;
            double sign = lexer.is("+") ? 1 : -1;
            lexer.next();
            Duration right = product(lexer);
            if (left.unit().equals(right.unit())) {
                left = new Duration(left.amount() + sign * right.amount(), left.unit());
            } else if (NANOS.containsKey(left.unit()) && NANOS.containsKey(right.unit())) {
                left = new Duration(nanos(left) + sign * nanos(right), "ns");
            } else {
                throw lexer.errorAt(at,
                        "durations in dt, durations in seconds and numbers cannot be added to each other");
            }
        }
        return left;
    }

    private static double nanos(Duration duration) {
        return duration.amount() * NANOS.get(duration.unit());
    }

    private Duration product(Lexer lexer) {
        Duration left = factor(lexer);
        while (lexer.is("*") || lexer.is("/")) {
            int at = lexer.at;
            boolean times = lexer.is("*");
            lexer.next();
            Duration right = factor(lexer);
            if (!right.unit().equals(NUMBER) && !(times && left.unit().equals(NUMBER))) {
                throw lexer.errorAt(at, "a duration is multiplied with a number or divided by one");
            }
            left = new Duration(times ? left.amount() * right.amount() : left.amount() / right.amount(),
                    left.unit().equals(NUMBER) ? right.unit() : left.unit());
        }
        return left;
    }

    private Duration factor(Lexer lexer) {
        if (++depth > DEEPEST) {
            throw lexer.error("a duration may be nested at most " + DEEPEST + " deep");
        }
        Duration factor = nested(lexer);
        depth--;
        return factor;
    }

    private Duration nested(Lexer lexer) {
        if (lexer.accept("-")) {
            Duration inner = factor(lexer);
            return new Duration(-inner.amount(), inner.unit());
        }
        Duration known = lexer.kind == Lexer.Kind.NAME ? constants.get(lexer.value) : null;
        if (known != null) {
            lexer.next();
            return known;
        }
        if (lexer.kind == Lexer.Kind.INTEGER || lexer.kind == Lexer.Kind.REAL) {
            double amount = Double.parseDouble(lexer.value);
            lexer.next();
            return lexer.kind == Lexer.Kind.NAME ? new Duration(amount, unit(lexer)) : new Duration(amount, NUMBER);
        }
        // A bracket may hold a duration or a number.
        if (lexer.accept("(")) {
            Duration inner = sum(lexer);
            lexer.expect(")");
            return inner;
        }
        return new Duration(new Expression.Reader(lexer, numbers).factor().value(null), NUMBER);
    }

    private static String unit(Lexer lexer) {
        int at = lexer.at;
        String unit = lexer.name("a unit of time");
        return switch (unit) {
            case "ns", "us", "ms", "s", "dt" -> unit;
            case "\u00b5s", "\u03bcs" -> "us";
            default -> throw lexer.errorAt(at, "a unit of time is ns, us, ms, s or dt, not '" + unit + "'");
        };
    }
}
