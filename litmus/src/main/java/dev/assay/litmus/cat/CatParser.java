package dev.assay.litmus.cat;

import dev.assay.litmus.cat.CatLexer.Kind;
import dev.assay.litmus.cat.CatLexer.Token;
import dev.assay.litmus.cat.Expression.Binary;
import dev.assay.litmus.cat.Expression.Binding;
import dev.assay.litmus.cat.Expression.Change;
import dev.assay.litmus.cat.Expression.Condition;
import dev.assay.litmus.cat.Expression.Operation;
import dev.assay.litmus.cat.Expression.Unary;
import dev.assay.litmus.cat.Statement.Check;
import dev.assay.litmus.cat.Statement.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a model's text. */
final class CatParser {
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

    CatParser(String source, String text) {
        tokens = new CatLexer(source, text).tokens();
    }

    /** The statements of the file; opening names and strings are the title and are left out. */
    List<Statement> statements() {
        while (peek().kind() == Kind.STRING || peek().kind() == Kind.NAME && !KEYWORDS.contains(peek().text())) {
            at++;
        }
        List<Statement> statements = new ArrayList<>();
        while (peek().kind() != Kind.END) {
            statement(statements);
        }
        return statements;
    }

    private void statement(List<Statement> to) {
        Token token = peek();
        Place place = token.place();
        enter(place);
        switch (token.kind() == Kind.NAME || token.kind() == Kind.SIGN ? token.text() : "") {
            case "let" -> {
                at++;
                boolean recursive = take("rec");
                List<Binding> bindings = bindings();
                if (peek().is("in")) {
                    throw CatException.at(peek().place(), "a let with 'in' is an expression and cannot stand alone");
                }
                to.add(new Statement.Let(place, bindings, recursive));
            }
            case "include" -> {
                at++;
                to.add(new Statement.Include(place, string("a file's name")));
            }
            case "show", "unshow" -> show(place, to);
            case "procedure" -> procedure(place, to);
            case "call" -> {
                at++;
                String name = name("a procedure's name");
                Expression argument = primary();
                name("", "as");
                to.add(new Statement.Call(place, name, argument, false));
            }
            case "forall" -> {
                at++;
                String variable = name("a variable");
                expect("in");
                Expression set = expression();
                expect("do");
                to.add(new Statement.ForAll(place, variable, set, until("end")));
            }
            case "with" -> {
                at++;
                String variable = name("a variable");
                expect("from");
                to.add(new Statement.With(place, variable, expression()));
            }
            case "if" -> {
                at++;
                Condition condition = condition();
                take("then");
                List<Statement> then = new ArrayList<>();
                while (!peek().is("else") && !peek().is("end")) {
                    needMore();
                    statement(then);
                }
                List<Statement> otherwise = take("else") ? until("end") : end();
                to.add(new Statement.If(place, condition, then, otherwise));
            }
            case "catdep", "withco", "withoutco", "withinit", "withoutinit", "withsc", "withoutsc" -> at++;
            case "enum", "instructions", "default" -> throw CatException.at(place,
                    "'" + token.text() + "' belongs to bell files, which are not supported");
            default -> check(place, to);
        }
        depth--;
    }

    private List<Statement> end() {
        expect("end");
        return List.of();
    }

    private List<Statement> until(String word) {
        List<Statement> statements = new ArrayList<>();
        while (!take(word)) {
            needMore();
            statement(statements);
        }
        return statements;
    }

    private void needMore() {
        if (peek().kind() == Kind.END) {
            throw CatException.at(peek().place(), "'end' is needed before the end of the file");
        }
    }

    private void show(Place place, List<Statement> to) {
        boolean shown = next().is("show");
        List<String> names = new ArrayList<>();
        do {
            Expression expression = expression();
            String name = take("as") ? name("a name") : expression instanceof Expression.Name n ? n.name() : "";
            names.add(name);
            if (shown && take("as")) {
                name("a name");
            }
        } while (take(","));
        to.add(new Statement.Show(place, names, shown));
    }

    private void procedure(Place place, List<Statement> to) {
        at++;
        String name = name("a procedure's name");
        List<String> parameters = parameters();
        expect("=");
        to.add(new Statement.Procedure(place, name, parameters, until("end")));
    }

    private void check(Place place, List<Statement> to) {
        boolean flag = take("flag");
        boolean assertion = !flag && take("assert");
        if (!flag && !assertion) {
            take("undefined_unless");
        }
        boolean negated = take("~") || take("not");
        Token token = next();
        Test test = switch (token.kind() == Kind.NAME ? token.text() : "") {
            case "acyclic" -> Test.ACYCLIC;
            case "irreflexive" -> Test.IRREFLEXIVE;
            case "empty" -> Test.EMPTY;
            default -> throw CatException.at(token.place(),
                    "a definition or a check (let, acyclic, irreflexive, empty, show, include, "
                            + "flag, ...) is needed here, but '" + token.text() + "' was found");
        };
        Expression subject = expression();
        Optional<String> name = take("as") ? Optional.of(name("a check's name")) : Optional.empty();
        to.add(new Check(place, test, negated, subject, name, flag, assertion));
    }

    private List<Binding> bindings() {
        List<Binding> bindings = new ArrayList<>();
        do {
            Place place = peek().place();
            if (peek().is("(")) {
                List<String> names = parameters();
                expect("=");
                bindings.add(new Binding(place, names, expression()));
                continue;
            }
            String name = peek().kind() == Kind.ANONYMOUS_SET ? next().text() : name("a name");
            List<List<String>> parameters = new ArrayList<>();
            while (!peek().is("=")) {
                parameters.add(parameters());
            }
            expect("=");
            Expression value = expression();
            for (List<String> group : parameters.reversed()) {
                value = new Expression.Function(place, group, value);
            }
            bindings.add(new Binding(place, List.of(name), value));
        } while (take("and"));
        return bindings;
    }

    /** x, or (x, y); () has none. */
    private List<String> parameters() {
        List<String> names = new ArrayList<>();
        if (take("(")) {
            while (!take(")")) {
                names.add(name("a parameter"));
                if (!peek().is(")")) {
                    expect(",");
                }
            }
            return names;
        }
        names.add(name("a parameter"));
        return names;
    }

    Expression expression() {
        Token token = peek();
        Place place = token.place();
        enter(place);
        try {
            if (take("let")) {
                boolean recursive = take("rec");
                List<Binding> bindings = bindings();
                expect("in");
                return new Expression.Let(place, bindings, recursive, expression());
            }
            if (take("fun")) {
                List<String> parameters = parameters();
                expect("->");
                return new Expression.Function(place, parameters, expression());
            }
            if (take("match")) {
                return match(place);
            }
            if (take("try")) {
                Expression attempt = expression();
                expect("with");
                return new Expression.Try(place, attempt, expression());
            }
            if (take("if")) {
                Condition condition = condition();
                expect("then");
                Expression then = expression();
                expect("else");
                return new Expression.If(place, condition, then, expression());
            }
            return union();
        } finally {
            depth--;
        }
    }

    private Condition condition() {
        Condition left = conditionAtom();
        while (true) {
            if (take("&&")) {
                left = new Condition.Both(left, conditionAtom());
            } else if (take("||")) {
                left = new Condition.Either(left, conditionAtom());
            } else {
                return left;
            }
        }
    }

    private Condition conditionAtom() {
        enter(peek().place());
        try {
            if (take("not") || take("~")) {
                return new Condition.Not(conditionAtom());
            }
            if (peek().kind() == Kind.STRING) {
                return new Condition.Variant(next().text());
            }
            Expression left = union();
            expect("=");
            return new Condition.Equal(left, union());
        } finally {
            depth--;
        }
    }

    private Expression match(Place place) {
        Expression subject = expression();
        expect("with");
        take("||");
        if (take("{")) {
            expect("}");
            expect("->");
            Expression whenEmpty = expression();
            expect("||");
            String first = name("a variable");
            expect("++");
            String rest = name("a variable");
            expect("->");
            Expression whenNot = expression();
            expect("end");
            return new Expression.Match(place, subject, whenEmpty, first, rest, whenNot);
        }
        List<String> tags = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        do {
            Token tag = next();
            tags.add(tag.text());
            expect("->");
            results.add(expression());
        } while (take("||"));
        expect("end");
        return new Expression.TagMatch(place, subject, tags, results);
    }

    private Expression union() {
        Expression left = addition();
        while (peek().is("|")) {
            Place place = next().place();
            left = new Operation(place, Binary.UNION, left, addition());
        }
        return left;
    }

    private Expression addition() {
        Expression left = sequence();
        if (peek().is("++")) {
            Place place = next().place();
            return new Operation(place, Binary.ADD, left, addition());
        }
        return left;
    }

    private Expression sequence() {
        Expression left = difference();
        while (peek().is(";")) {
            Place place = next().place();
            left = new Operation(place, Binary.SEQUENCE, left, difference());
        }
        return left;
    }

    private Expression difference() {
        Expression left = intersection();
        while (peek().is("\\")) {
            Place place = next().place();
            left = new Operation(place, Binary.DIFFERENCE, left, intersection());
        }
        return left;
    }

    private Expression intersection() {
        Expression left = cross();
        while (peek().is("&")) {
            Place place = next().place();
            left = new Operation(place, Binary.INTERSECTION, left, cross());
        }
        return left;
    }

    private Expression cross() {
        Expression left = prefix();
        while (peek().is("*") && startsOperand(tokens.get(at + 1))) {
            Place place = next().place();
            left = new Operation(place, Binary.CROSS, left, prefix());
        }
        return left;
    }

    private Expression prefix() {
        Place place = peek().place();
        enter(place);
        try {
            if (take("~") || take("!")) {
                return new Change(place, Unary.COMPLEMENT, prefix());
            }
            return postfix();
        } finally {
            depth--;
        }
    }

    private Expression postfix() {
        Expression operand = application();
        while (true) {
            Place place = peek().place();
            if (take("^-1")) {
                operand = new Change(place, Unary.INVERSE, operand);
            } else if (take("^+") || take("+")) {
                operand = new Change(place, Unary.CLOSURE, operand);
            } else if (take("^*") || peek().is("*") && !startsOperand(tokens.get(at + 1)) && take("*")) {
                operand = new Change(place, Unary.REFLEXIVE_CLOSURE, operand);
            } else if (take("?")) {
                operand = new Change(place, Unary.REFLEXIVE, operand);
            } else {
                return operand;
            }
        }
    }

    private Expression application() {
        Expression left = primary();
        while (startsPrimary(peek())) {
            Place place = peek().place();
            left = new Expression.Call(place, left, primary());
        }
        return left;
    }

    private static boolean startsPrimary(Token token) {
        return switch (token.kind()) {
            case NAME -> !KEYWORDS.contains(token.text());
            case ANONYMOUS_SET -> true;
            case SIGN -> token.text().equals("(") || token.text().equals("{");
            case STRING, END -> false;
        };
    }

    private static boolean startsOperand(Token token) {
        return startsPrimary(token) || token.is("[") || token.is("~");
    }

    private Expression primary() {
        Token token = next();
        Place place = token.place();
        switch (token.kind()) {
            case NAME -> {
                if (KEYWORDS.contains(token.text())) {
                    if (token.is("let") || token.is("fun") || token.is("match") || token.is("try") || token.is("if")) {
                        at--;
                        return expression();
                    }
                    throw CatException.at(place, "an expression is needed here, but '" + token.text() + "' was found");
                }
                return new Expression.Name(place, token.text());
            }
            case ANONYMOUS_SET -> {
                return new Expression.Universe(place);
            }
            case SIGN -> {
                switch (token.text()) {
                    case "(" -> {
                        return parenthesis(place);
                    }
                    case "begin" -> throw new IllegalStateException("begin is a keyword");
                    case "[" -> {
                        Expression set = expression();
                        expect("]");
                        return new Expression.IdentityOn(place, set);
                    }
                    case "{" -> {
                        List<Expression> elements = new ArrayList<>();
                        while (!take("}")) {
                            elements.add(expression());
                            if (!peek().is("}")) {
                                expect(",");
                            }
                        }
                        return new Expression.Collection(place, elements);
                    }
                    case "'" -> {
                        return new Expression.Tag(place, name("a tag"));
                    }
                    default -> throw CatException.at(place,
                            "an expression is needed here, but '" + token.text() + "' was found");
                }
            }
            case STRING, END ->
                throw CatException.at(place, "an expression is needed here, but '" + token.text() + "' was found");
        }
        throw new IllegalStateException("token " + token);
    }

    private Expression parenthesis(Place place) {
        if (take(")")) {
            return new Expression.Tuple(place, List.of());
        }
        Expression first = expression();
        if (!peek().is(",")) {
            expect(")");
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (take(",")) {
            elements.add(expression());
        }
        expect(")");
        return new Expression.Tuple(place, elements);
    }

    private void enter(Place place) {
        if (++depth > MAXIMUM_DEPTH) {
            throw CatException.at(place,
                    "a model is nested at most " + MAXIMUM_DEPTH + " deep, and this one is deeper");
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    private boolean take(String text) {
        if (peek().is(text)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String text) {
        if (!take(text)) {
            throw CatException.at(peek().place(),
                    "'" + text + "' is needed here, but '" + peek().text() + "' was found");
        }
    }

    private String name(String what) {
        Token token = peek();
        if (token.kind() != Kind.NAME || KEYWORDS.contains(token.text())) {
            throw CatException.at(token.place(), what + " is needed here, but '" + token.text() + "' was found");
        }
        at++;
        return token.text();
    }

    /** An optional name after a word, which is read over. */
    private void name(String what, String after) {
        if (take(after)) {
            name(what.isEmpty() ? "a name" : what);
        }
    }

    private String string(String what) {
        Token token = next();
        if (token.kind() != Kind.STRING) {
            throw CatException.at(token.place(),
                    what + " in quotes is needed here, but '" + token.text() + "' was found");
        }
        return token.text();
    }
}
