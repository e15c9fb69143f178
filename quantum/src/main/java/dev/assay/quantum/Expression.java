package dev.assay.quantum;

import java.util.Map;

/** An angle or a constant, as written. */
sealed interface Expression {
    /** @param arguments the values of the enclosing gate's parameters */
    double value(double[] arguments);

    record Constant(double number) implements Expression {
        @Override
        public double value(double[] arguments) {
            return number;
        }
    }

    record Parameter(int index) implements Expression {
        @Override
        public double value(double[] arguments) {
            return arguments[index];
        }
    }

    record Function(String name, Expression of) implements Expression {
        static final Map<String, java.util.function.DoubleUnaryOperator> KNOWN = Map.ofEntries(
                Map.entry("sin", Math::sin), Map.entry("cos", Math::cos), Map.entry("tan", Math::tan),
                Map.entry("exp", Math::exp), Map.entry("ln", Math::log), Map.entry("log", Math::log),
                Map.entry("sqrt", Math::sqrt), Map.entry("arcsin", Math::asin), Map.entry("arccos", Math::acos),
                Map.entry("arctan", Math::atan), Map.entry("asin", Math::asin), Map.entry("acos", Math::acos),
                Map.entry("atan", Math::atan), Map.entry("abs", Math::abs), Map.entry("ceiling", Math::ceil),
                Map.entry("floor", Math::floor));

        @Override
        public double value(double[] arguments) {
            return KNOWN.get(name).applyAsDouble(of.value(arguments));
        }
    }

    record Binary(char operator, Expression left, Expression right) implements Expression {
        @Override
        public double value(double[] arguments) {
            double a = left.value(arguments);
            double b = right.value(arguments);
            return switch (operator) {
                case '+' -> a + b;
                case '-' -> a - b;
                case '*' -> a * b;
                case '/' -> a / b;
                case '%' -> a % b;
                case '^' -> Math.pow(a, b);
                default -> throw new AssertionError("no operator " + operator);
            };
        }
    }

    /** Reads expressions by precedence: {@code + -}, {@code * / %}, unary sign, power (right to left). */
    final class Reader {
        /** Deep enough for any generated angle, shallow enough for any stack. */
        private static final int DEEPEST = 256;
        private final Lexer lexer;
        /** Where names are looked up; a name that is not in it is an error. */
        private final Map<String, Expression> names;
        private int depth;

        Reader(Lexer lexer, Map<String, Expression> names) {
            this.lexer = lexer;
            this.names = names;
        }

        Expression sum() {
            if (++depth > DEEPEST) {
                throw lexer.error("an expression may be nested at most " + DEEPEST + " deep");
            }
            Expression left = product();
            while (lexer.is("+") || lexer.is("-")) {
                char operator = operator();
                left = fold(operator, left, product());
            }
            depth--;
            return left;
        }

        /** A number, a name, a call or a bracket. */
        Expression factor() {
            return atom();
        }

        private Expression product() {
            Expression left = signed();
            while (lexer.is("*") || lexer.is("/") || lexer.is("%")) {
                char operator = operator();
                left = fold(operator, left, signed());
            }
            return left;
        }

        private char operator() {
            char operator = lexer.value.charAt(0);
            lexer.next();
            return operator;
        }

        /** Constants are folded at once, so that long sums of them do not make deep trees. */
        private static Expression fold(char operator, Expression left, Expression right) {
            Expression whole = new Binary(operator, left, right);
            return left instanceof Constant && right instanceof Constant ? new Constant(whole.value(null)) : whole;
        }

        private Expression signed() {
            boolean negative = false;
            while (lexer.is("-") || lexer.is("+")) {
                negative ^= lexer.is("-");
                lexer.next();
            }
            Expression value = power();
            if (!negative) {
                return value;
            }
            return value instanceof Constant c
                    ? new Constant(-c.number())
                    : new Binary('-', new Constant(0), value);
        }

        private Expression power() {
            Expression base = atom();
            if (lexer.accept("^") || lexer.accept("**")) {
                if (++depth > DEEPEST) {
                    throw lexer.error("an expression may be nested at most " + DEEPEST + " deep");
                }
                Expression raised = fold('^', base, signed());
                depth--;
                return raised;
            }
            return base;
        }

        private Expression atom() {
            switch (lexer.kind) {
                case INTEGER, REAL -> {
                    double number = Double.parseDouble(lexer.value);
                    lexer.next();
                    return new Constant(number);
                }
                case NAME -> {
                    return named();
                }
                default -> {
                    if (lexer.accept("(")) {
                        Expression inner = sum();
                        lexer.expect(")");
                        return inner;
                    }
                    throw lexer.error("expected a number, a name or '(' but found " + lexer.shown());
                }
            }
        }

        private Expression named() {
            String name = lexer.value;
            Expression known = names.get(name);
            if (known == null && Function.KNOWN.containsKey(name)) {
                lexer.next();
                lexer.expect("(");
                Expression inner = sum();
                lexer.expect(")");
                return inner instanceof Constant c
                        ? new Constant(new Function(name, c).value(null))
                        : new Function(name, inner);
            }
            if (known == null) {
                known = switch (name) {
                    case "pi", "\u03c0" -> new Constant(Math.PI);
                    case "tau", "\u03c4" -> new Constant(2 * Math.PI);
                    case "euler", "\u2107" -> new Constant(Math.E);
                    case "true" -> new Constant(1);
                    case "false" -> new Constant(0);
                    default -> throw lexer
                            .error("the name '" + name + "' has no value here; parameters, pi and constants have");
                };
            }
            lexer.next();
            return known;
        }
    }
}
