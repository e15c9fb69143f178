package dev.assay.quantum;

import java.math.BigInteger;

/** Cuts an OpenQASM text into tokens, one at a time; the current token is in the fields. */
final class Lexer {
    enum Kind {
        NAME, INTEGER, REAL, STRING, PHYSICAL, SYMBOL, END
    }

    final String file;
    final String text;
    Kind kind;
    /** The token as written; for a string, what is between the quotes; for a physical qubit, the digits. */
    String value;
    /** Where the token begins. */
    int at;
    private int cursor;

    Lexer(String file, String text) {
        this.file = file;
        this.text = text;
        next();
    }

    /** A place to come back to. */
    record Mark(Kind kind, String value, int at, int cursor) {}

    Mark mark() {
        return new Mark(kind, value, at, cursor);
    }

    void reset(Mark mark) {
        kind = mark.kind();
        value = mark.value();
        at = mark.at();
        cursor = mark.cursor();
    }

    QasmException error(String says) {
        return errorAt(at, says);
    }

    QasmException errorAt(int offset, String says) {
        return QasmException.at(file, text, offset, says);
    }

    /** How the current token is named in an error. */
    String shown() {
        if (kind == Kind.END) {
            return "the end of the file";
        }
        return "'" + (value.length() > 40 ? value.substring(0, 40) + "..." : value) + "'";
    }

    boolean is(String symbolOrName) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && value.equals(symbolOrName);
    }

    boolean accept(String symbolOrName) {
        if (is(symbolOrName)) {
            next();
            return true;
        }
        return false;
    }

    void expect(String symbolOrName) {
        if (!accept(symbolOrName)) {
            throw error("expected '" + symbolOrName + "' but found " + shown());
        }
    }

    String name(String what) {
        if (kind != Kind.NAME) {
            throw error("expected " + what + " but found " + shown());
        }
        String name = value;
        next();
        return name;
    }

    void next() {
        skipBlanks();
        at = cursor;
        if (cursor >= text.length()) {
            kind = Kind.END;
            value = "";
            return;
        }
        char c = text.charAt(cursor);
        if (Character.isLetter(c) || c == '_') {
            word();
        } else if (digit(c) || c == '.' && cursor + 1 < text.length() && digit(text.charAt(cursor + 1))) {
            number();
        } else if (c == '"' || c == '\'') {
            int close = text.indexOf(c, cursor + 1);
            int lineEnd = text.indexOf('\n', cursor);
            if (close < 0 || lineEnd >= 0 && lineEnd < close) {
                throw errorAt(at, "this string has no closing quote on its line");
            }
            kind = Kind.STRING;
            value = text.substring(cursor + 1, close);
            cursor = close + 1;
        } else if (c == '$') {
            cursor++;
            int from = cursor;
            while (cursor < text.length() && digit(text.charAt(cursor))) {
                cursor++;
            }
            if (from == cursor) {
                throw errorAt(at, "'$' names a physical qubit and needs a number, as in $0");
            }
            kind = Kind.PHYSICAL;
            value = text.substring(from, cursor);
        } else {
            symbol(c);
        }
    }

    private void word() {
        int from = cursor;
        while (cursor < text.length()
                && (Character.isLetterOrDigit(text.charAt(cursor)) || text.charAt(cursor) == '_')) {
            cursor++;
        }
        kind = Kind.NAME;
        value = text.substring(from, cursor);
    }

    private void symbol(char c) {
        kind = Kind.SYMBOL;
        for (String two : new String[]{"->", "==", "!=", "<=", ">=", "&&", "||", "**", "++"}) {
            if (text.startsWith(two, cursor)) {
                value = two;
                cursor += 2;
                return;
            }
        }
        if ("()[]{};,+-*/^=<>!@:&|%~".indexOf(c) < 0) {
            throw errorAt(at, "the character " + (c < ' ' || c > '~' ? String.format("U+%04X", (int) c) : "'" + c + "'")
                    + " has no meaning here");
        }
        value = String.valueOf(c);
        cursor++;
    }

    private void number() {
        int from = cursor;
        if (radix(from) > 0) {
            cursor += 2;
            while (cursor < text.length() && Character.isLetterOrDigit(text.charAt(cursor))
                    || cursor < text.length() && text.charAt(cursor) == '_') {
                cursor++;
            }
            kind = Kind.INTEGER;
            try {
                value = new BigInteger(text.substring(from + 2, cursor).replace("_", ""), radix(from)).toString();
            } catch (NumberFormatException e) {
                throw errorAt(from, "this number has a digit that base " + radix(from) + " does not have, or none");
            }
            return;
        }
        boolean real = false;
        while (cursor < text.length() && (digit(text.charAt(cursor)) || text.charAt(cursor) == '_')) {
            cursor++;
        }
        if (cursor < text.length() && text.charAt(cursor) == '.') {
            real = true;
            cursor++;
            while (cursor < text.length() && digit(text.charAt(cursor))) {
                cursor++;
            }
        }
        if (cursor < text.length() && (text.charAt(cursor) == 'e' || text.charAt(cursor) == 'E')) {
            int mark = cursor + 1;
            if (mark < text.length() && (text.charAt(mark) == '+' || text.charAt(mark) == '-')) {
                mark++;
            }
            if (mark < text.length() && digit(text.charAt(mark))) {
                real = true;
                cursor = mark;
                while (cursor < text.length() && digit(text.charAt(cursor))) {
                    cursor++;
                }
            }
        }
        kind = real ? Kind.REAL : Kind.INTEGER;
        value = text.substring(from, cursor).replace("_", "");
    }

    /** Of a number that begins here with 0x, 0o or 0b; else 0. */
    private int radix(int from) {
        if (from + 1 >= text.length() || text.charAt(from) != '0') {
            return 0;
        }
        return switch (text.charAt(from + 1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
        };
    }

    /** Goes on with the first token of the next line. */
    void skipLine() {
        int end = text.indexOf('\n', at);
        cursor = end < 0 ? text.length() : end;
        next();
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private void skipBlanks() {
        while (cursor < text.length()) {
            char c = text.charAt(cursor);
            if (Character.isWhitespace(c) || c == '\uFEFF') {
                cursor++;
            } else if (c == '/' && text.startsWith("//", cursor)) {
                int end = text.indexOf('\n', cursor);
                cursor = end < 0 ? text.length() : end;
            } else if (c == '/' && text.startsWith("/*", cursor)) {
                int end = text.indexOf("*/", cursor + 2);
                if (end < 0) {
                    throw errorAt(cursor, "this comment is never closed; end it with */");
                }
                cursor = end + 2;
            } else {
                return;
            }
        }
    }

    /** The current integer token, which must lie between these. */
    int integer(String what, int least, int most) {
        if (kind != Kind.INTEGER) {
            throw error("expected " + what + ", a whole number, but found " + shown());
        }
        BigInteger number = new BigInteger(value);
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw error(what + " must be between " + least + " and " + most + ", not " + shown());
        }
        next();
        return number.intValue();
    }
}
