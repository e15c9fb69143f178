package dev.assay.litmus;

/**
 * Reads one piece of a test (a line of the header, a cell of the program, the condition) character by character and knows
 * where it is. Comments have been blanked before, so that columns stay true.
 */
final class TextScanner {
    private final String source;
    private final String text;
    private final int end;
    private int at;

    /** Reads {@code text} from {@code from} (inclusive) to {@code to} (exclusive). */
    TextScanner(String source, String text, int from, int to) {
        this.source = source;
        this.text = text;
        this.at = from;
        this.end = to;
    }

    int position() {
        return at;
    }

    void reset(int position) {
        at = position;
    }

    void skipBlanks() {
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    boolean atEnd() {
        skipBlanks();
        return at >= end;
    }

    /** The next character after blanks, or 0 at the end. */
    char peek() {
        skipBlanks();
        return at < end ? text.charAt(at) : 0;
    }

    /** Takes {@code wanted} if it comes next. A word is not taken out of a longer word. */
    boolean take(String wanted) {
        skipBlanks();
        if (!text.startsWith(wanted, at) || at + wanted.length() > end) {
            return false;
        }
        int after = at + wanted.length();
        if (isWordPart(wanted.charAt(wanted.length() - 1)) && after < end && isWordPart(text.charAt(after))) {
            return false;
        }
        at = after;
        return true;
    }

    void expect(String wanted) {
        if (!take(wanted)) {
            throw error("'" + wanted + "' is needed here, but " + found() + " was found");
        }
    }

    /** Whether a name (letter, underscore or dot first) comes next. */
    boolean nextIsWord() {
        char c = peek();
        return Character.isLetter(c) || c == '_' || c == '.';
    }

    /** Whether a number comes next, with or without a sign. */
    boolean nextIsNumber() {
        char c = peek();
        return Character.isDigit(c) || (c == '-' || c == '+') && at + 1 < end && Character.isDigit(text.charAt(at + 1));
    }

    /** A name of letters, digits, underscores and dots. */
    String word(String what) {
        if (!nextIsWord()) {
            throw error(what + " is needed here, but " + found() + " was found");
        }
        int from = at;
        while (at < end && (isWordPart(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return text.substring(from, at);
    }

    /** A decimal, hexadecimal or binary number of up to 64 bits, possibly negative; large ones wrap. */
    long number(String what) {
        if (!nextIsNumber()) {
            throw error(what + " is needed here, but " + found() + " was found");
        }
        int from = at;
        boolean negative = text.charAt(at) == '-';
        if (negative || text.charAt(at) == '+') {
            at++;
        }
        int radix = 10;
        if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
            radix = 16;
            at += 2;
        } else if (text.startsWith("0b", at) || text.startsWith("0B", at)) {
            radix = 2;
            at += 2;
        }
        int digits = at;
        while (at < end && (Character.digit(text.charAt(at), radix) >= 0 || text.charAt(at) == '_')) {
            at++;
        }
        try {
            long value = Long.parseUnsignedLong(text.substring(digits, at).replace("_", ""), radix);
            while (at < end && (text.charAt(at) == 'u' || text.charAt(at) == 'U' || text.charAt(at) == 'L')) {
                at++;
            }
            return negative ? -value : value;
        } catch (NumberFormatException _) {
            String wrong = text.substring(from, at);
            reset(from);
            throw error(what + " must be a whole number of at most 64 bits, but is " + wrong);
        }
    }

    /** What comes next, for a message. */
    String found() {
        skipBlanks();
        if (at >= end) {
            return "the end";
        }
        int to = at;
        while (to < end && to - at < 20 && !Character.isWhitespace(text.charAt(to))) {
            to++;
        }
        return "'" + text.substring(at, to) + "'";
    }

    void expectEnd() {
        if (!atEnd()) {
            throw error("nothing more is expected here, but " + found() + " was found");
        }
    }

    LitmusException error(String message) {
        skipBlanks();
        return errorAt(Math.min(at, text.length()), message);
    }

    LitmusException errorAt(int position, String message) {
        int line = line(position);
        int column = position - text.lastIndexOf('\n', position - 1);
        return LitmusException.at(source, line, column, message);
    }

    int line(int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    /** A scanner over a part of the same text. */
    TextScanner part(int from, int to) {
        return new TextScanner(source, text, from, to);
    }

    String text(int from, int to) {
        return text.substring(from, to);
    }

    static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
