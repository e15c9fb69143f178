package dev.assay.litmus.cat;

import dev.assay.litmus.cat.CatLexer.Kind;
import dev.assay.litmus.cat.CatLexer.Token;
import dev.assay.litmus.cat.Expression.Binding;
import dev.assay.litmus.cat.Expression.Condition;
import dev.assay.litmus.cat.Statement.Check;
import dev.assay.litmus.cat.Statement.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a model's text. */
final class CatParser {
    private final CatTokens in;
    private final ExpressionParser expressions;

    CatParser(String source, String text) {
        in = new CatTokens(source, text);
        expressions = new ExpressionParser(in);
    }

    /** The statements of the file; opening names and strings are the title and are left out. */
    List<Statement> statements() {
        while (in.peek().kind() == Kind.STRING || in.peek().kind() == Kind.NAME && !CatTokens.isKeyword(in.peek())) {
            in.next();
        }
        List<Statement> statements = new ArrayList<>();
        while (in.peek().kind() != Kind.END) {
            statement(statements);
        }
        return statements;
    }

    private void statement(List<Statement> to) {
        Token token = in.peek();
        Place place = token.place();
        in.enter(place);
        switch (token.kind() == Kind.NAME || token.kind() == Kind.SIGN ? token.text() : "") {
            case "let" -> {
                in.next();
                boolean recursive = in.take("rec");
                List<Binding> bindings = expressions.bindings();
                if (in.peek().is("in")) {
                    throw CatException.at(in.peek().place(), "a let with 'in' is an expression and cannot stand alone");
                }
                to.add(new Statement.Let(place, bindings, recursive));
            }
            case "include" -> {
                in.next();
                to.add(new Statement.Include(place, in.string("a file's name")));
            }
            case "show", "unshow" -> show(place, to);
            case "procedure" -> procedure(place, to);
            case "call" -> {
                in.next();
                String name = in.name("a procedure's name");
                Expression argument = expressions.primary();
                in.name("", "as");
                to.add(new Statement.Call(place, name, argument, false));
            }
            case "forall" -> {
                in.next();
                String variable = in.name("a variable");
                in.expect("in");
                Expression set = expressions.expression();
                in.expect("do");
                to.add(new Statement.ForAll(place, variable, set, until("end")));
            }
            case "with" -> {
                in.next();
                String variable = in.name("a variable");
                in.expect("from");
                to.add(new Statement.With(place, variable, expressions.expression()));
            }
            case "if" -> {
                in.next();
                Condition condition = expressions.condition();
                in.take("then");
                List<Statement> then = new ArrayList<>();
                while (!in.peek().is("else") && !in.peek().is("end")) {
                    needMore();
                    statement(then);
                }
                List<Statement> otherwise = in.take("else") ? until("end") : end();
                to.add(new Statement.If(place, condition, then, otherwise));
            }
            case "catdep", "withco", "withoutco", "withinit", "withoutinit", "withsc", "withoutsc" -> in.next();
            case "enum", "instructions", "default" -> throw CatException.at(place,
                    "'" + token.text() + "' belongs to bell files, which are not supported");
            default -> check(place, to);
        }
        in.leave();
    }

    private List<Statement> end() {
        in.expect("end");
        return List.of();
    }

    private List<Statement> until(String word) {
        List<Statement> statements = new ArrayList<>();
        while (!in.take(word)) {
            needMore();
            statement(statements);
        }
        return statements;
    }

    private void needMore() {
        if (in.peek().kind() == Kind.END) {
            throw CatException.at(in.peek().place(), "'end' is needed before the end of the file");
        }
    }

    private void show(Place place, List<Statement> to) {
        boolean shown = in.next().is("show");
        List<String> names = new ArrayList<>();
        do {
            Expression expression = expressions.expression();
            String name = in.take("as") ? in.name("a name") : expression instanceof Expression.Name n ? n.name() : "";
            names.add(name);
            if (shown && in.take("as")) {
                in.name("a name");
            }
        } while (in.take(","));
        to.add(new Statement.Show(place, names, shown));
    }

    private void procedure(Place place, List<Statement> to) {
        in.next();
        String name = in.name("a procedure's name");
        List<String> parameters = expressions.parameters();
        in.expect("=");
        to.add(new Statement.Procedure(place, name, parameters, until("end")));
    }

    private void check(Place place, List<Statement> to) {
        boolean flag = in.take("flag");
        boolean assertion = !flag && in.take("assert");
        if (!flag && !assertion) {
            in.take("undefined_unless");
        }
        boolean negated = in.take("~") || in.take("not");
        Token token = in.next();
        Test test = switch (token.kind() == Kind.NAME ? token.text() : "") {
            case "acyclic" -> Test.ACYCLIC;
            case "irreflexive" -> Test.IRREFLEXIVE;
            case "empty" -> Test.EMPTY;
            default -> throw CatException.at(token.place(),
                    "a definition or a check (let, acyclic, irreflexive, empty, show, include, "
                            + "flag, ...) is needed here, but '" + token.text() + "' was found");
        };
        Expression subject = expressions.expression();
        Optional<String> name = in.take("as") ? Optional.of(in.name("a check's name")) : Optional.empty();
        to.add(new Check(place, test, negated, subject, name, flag, assertion));
    }
}
