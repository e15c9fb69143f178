package dev.assay.litmus.cat;

import java.util.ArrayList;
import java.util.List;

/** Cuts a model's text into tokens; comments nest. */
final class CatLexer {
    enum Kind {
        NAME, STRING, SIGN, ANONYMOUS_SET, END
    }

    /** A token; signs and names carry their text. */
    record Token(Kind kind, String text, Place place) {
        boolean is(String wanted) {
            return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(wanted);
        }
    }

    /** Signs, a longer one before its prefixes. */
    private static final List<String> SIGNS = List.of("^-1", "^+", "^*", "->", "||", "&&", "++", "==", "!=", "|", "&",
            "\\", ";",
            "*", "+", "?", "~", "(", ")", "[", "]", "{", "}", ",", "=", ":", "!", "<", ">", "^");

    private final String source;
    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    CatLexer(String source, String text) {
        this.source = source;
        this.text = text;
    }

    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        while (true) {
            skip();
            if (at >= text.length()) {
                tokens.add(new Token(Kind.END, "the end", place()));
                return tokens;
            }
            tokens.add(next());
        }
    }

    private Token next() {
        Place place = place();
        char c = text.charAt(at);
        if (c == '"') {
            int close = text.indexOf('"', at + 1);
            if (close < 0) {
                throw CatException.at(place, "this string is never closed");
            }
            String string = text.substring(at + 1, close);
            advance(close + 1);
            return new Token(Kind.STRING, string, place);
        }
        if (c == '_' && (at + 1 >= text.length() || !isNamePart(at + 1))) {
            at++;
            return new Token(Kind.ANONYMOUS_SET, "_", place);
        }
        if (Character.isLetter(c) || c == '_' || c == '\''
                || c == '0' && (at + 1 >= text.length() || !isNamePart(at + 1))) {
            int from = at++;
            while (at < text.length() && isNamePart(at)) {
                at++;
            }
            return new Token(Kind.NAME, text.substring(from, at), place);
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                return new Token(Kind.SIGN, sign, place);
            }
        }
        throw CatException.at(place, "the character '" + c + "' has no meaning here");
    }

    /** Names hold letters, digits, underscores, dots and quotes, and a minus that a letter or digit follows. */
    private boolean isNamePart(int index) {
        char c = text.charAt(index);
        if (c == '-') {
            return index + 1 < text.length()
                    && (Character.isLetterOrDigit(text.charAt(index + 1)) || text.charAt(index + 1) == '_');
        }
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '\'';
    }

    private void skip() {
        while (at < text.length()) {
            if (text.startsWith("(*", at)) {
                comment();
            } else if (text.startsWith("//", at) || text.charAt(at) == '#') {
                int end = text.indexOf('\n', at);
                advance(end < 0 ? text.length() : end);
            } else if (Character.isWhitespace(text.charAt(at))) {
                advance(at + 1);
            } else {
                return;
            }
        }
    }

    private void comment() {
        Place opened = place();
        int depth = 0;
        do {
            if (at >= text.length()) {
                throw CatException.at(opened, "this comment is never closed");
            }
            if (text.startsWith("(*", at)) {
                depth++;
                advance(at + 2);
            } else if (text.startsWith("*)", at)) {
                depth--;
                advance(at + 2);
            } else {
                advance(at + 1);
            }
        } while (depth > 0);
    }

    private void advance(int to) {
        while (at < to) {
            if (text.charAt(at++) == '\n') {
                line++;
                lineStart = at;
            }
        }
    }

    private Place place() {
        return new Place(source, line, at - lineStart + 1);
    }
}
