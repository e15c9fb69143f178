package dev.assay.litmus.cat;

import dev.assay.litmus.cat.CatLexer.Kind;
import dev.assay.litmus.cat.CatLexer.Token;
import java.util.List;
import java.util.Set;

/** The words of a model, read one after the other. */
final class CatTokens {
    private static final int MAXIMUM_DEPTH = 400;
    private static final Set<String> KEYWORDS = Set.of("let", "rec", "and", "in", "fun", "acyclic", "irreflexive",
            "empty",
            "show", "unshow", "as", "include", "procedure", "call", "end", "forall", "do", "with", "from", "match",
            "try", "if",
            "then", "else", "flag", "assert", "undefined_unless", "enum", "instructions", "default", "not", "begin",
            "catdep",
            "withco", "withoutco", "withinit", "withoutinit", "withsc", "withoutsc");

    private final List<Token> tokens;
    private int at;
    private int depth;

    CatTokens(String source, String text) {
        tokens = new CatLexer(source, text).tokens();
    }

    static boolean isKeyword(Token token) {
        return KEYWORDS.contains(token.text());
    }

    /** The word after the next. */
    Token second() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /** Goes back by one word. */
    void back() {
        at--;
    }

    /** Tells that something nested ends. */
    void leave() {
        depth--;
    }

    /** Tells that something nested begins. */
    void enter(Place place) {
        if (++depth > MAXIMUM_DEPTH) {
            throw CatException.at(place,
                    "a model is nested at most " + MAXIMUM_DEPTH + " deep, and this one is deeper");
        }
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    boolean take(String text) {
        if (peek().is(text)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String text) {
        if (!take(text)) {
            throw CatException.at(peek().place(),
                    "'" + text + "' is needed here, but '" + peek().text() + "' was found");
        }
    }

    String name(String what) {
        Token token = peek();
        if (token.kind() != Kind.NAME || KEYWORDS.contains(token.text())) {
            throw CatException.at(token.place(), what + " is needed here, but '" + token.text() + "' was found");
        }
        at++;
        return token.text();
    }

    /** An optional name after a word, which is read over. */
    void name(String what, String after) {
        if (take(after)) {
            name(what.isEmpty() ? "a name" : what);
        }
    }

    String string(String what) {
        Token token = next();
        if (token.kind() != Kind.STRING) {
            throw CatException.at(token.place(),
                    what + " in quotes is needed here, but '" + token.text() + "' was found");
        }
        return token.text();
    }
}
