package dev.assay.quantum;

import java.util.HashMap;
import java.util.Map;

/** Durations as OpenQASM 3 writes them, and the constants that are ones. */
final class Durations {
    record Duration(double amount, String unit) {}

    private final Map<String, Duration> constants = new HashMap<>();

    /** After the word "duration". */
    void declare(Lexer lexer) {
        int at = lexer.at;
        String name = lexer.name("a duration's name");
        lexer.expect("=");
        if (constants.put(name, read(lexer)) != null) {
            throw lexer.errorAt(at, "the name '" + name + "' is declared already");
        }
    }

    Duration read(Lexer lexer) {
        if (lexer.kind == Lexer.Kind.NAME && constants.containsKey(lexer.value)) {
            Duration known = constants.get(lexer.value);
            lexer.next();
            return known;
        }
        int at = lexer.at;
        boolean negative = lexer.accept("-");
        if (lexer.kind != Lexer.Kind.INTEGER && lexer.kind != Lexer.Kind.REAL) {
            throw lexer.error("a duration is a number with a unit, as in 100ns, not " + lexer.shown());
        }
        double amount = Double.parseDouble(lexer.value);
        lexer.next();
        int unitAt = lexer.at;
        String unit = lexer.name("a unit of time");
        if (negative || !Double.isFinite(amount)) {
            throw lexer.errorAt(at, "a duration is zero or more, not " + (negative ? "-" : "") + amount + unit);
        }
        return switch (unit) {
            case "ns", "us", "ms", "s", "dt" -> new Duration(amount, unit);
            case "\u00b5s", "\u03bcs" -> new Duration(amount, "us");
            default -> throw lexer.errorAt(unitAt, "a unit of time is ns, us, ms, s or dt, not '" + unit + "'");
        };
    }
}
