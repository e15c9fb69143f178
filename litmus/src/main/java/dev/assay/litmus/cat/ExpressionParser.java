package dev.assay.litmus.cat;

import dev.assay.litmus.cat.CatLexer.Kind;
import dev.assay.litmus.cat.CatLexer.Token;
import dev.assay.litmus.cat.Expression.Binary;
import dev.assay.litmus.cat.Expression.Binding;
import dev.assay.litmus.cat.Expression.Change;
import dev.assay.litmus.cat.Expression.Condition;
import dev.assay.litmus.cat.Expression.Operation;
import dev.assay.litmus.cat.Expression.Unary;
import java.util.ArrayList;
import java.util.List;

/** Reads expressions and definitions; operators from the weakest, union, to the strongest, application. */
final class ExpressionParser {
    private final CatTokens in;

    ExpressionParser(CatTokens in) {
        this.in = in;
    }

    List<Binding> bindings() {
        List<Binding> bindings = new ArrayList<>();
        do {
            Place place = in.peek().place();
            if (in.peek().is("(")) {
                List<String> names = parameters();
                in.expect("=");
                bindings.add(new Binding(place, names, expression()));
                continue;
            }
            String name = in.peek().kind() == Kind.ANONYMOUS_SET ? in.next().text() : in.name("a name");
            List<List<String>> parameters = new ArrayList<>();
            while (!in.peek().is("=")) {
                parameters.add(parameters());
            }
            in.expect("=");
            Expression value = expression();
            for (List<String> group : parameters.reversed()) {
                value = new Expression.Function(place, group, value);
            }
            bindings.add(new Binding(place, List.of(name), value));
        } while (in.take("and"));
        return bindings;
    }

    /** x, or (x, y); () has none. */
    List<String> parameters() {
        List<String> names = new ArrayList<>();
        if (in.take("(")) {
            while (!in.take(")")) {
                names.add(in.name("a parameter"));
                if (!in.peek().is(")")) {
                    in.expect(",");
                }
            }
            return names;
        }
        names.add(in.name("a parameter"));
        return names;
    }

    Expression expression() {
        Token token = in.peek();
        Place place = token.place();
        in.enter(place);
        try {
            if (in.take("let")) {
                boolean recursive = in.take("rec");
                List<Binding> bindings = bindings();
                in.expect("in");
                return new Expression.Let(place, bindings, recursive, expression());
            }
            if (in.take("fun")) {
                List<String> parameters = parameters();
                in.expect("->");
                return new Expression.Function(place, parameters, expression());
            }
            if (in.take("match")) {
                return match(place);
            }
            if (in.take("try")) {
                Expression attempt = expression();
                in.expect("with");
                return new Expression.Try(place, attempt, expression());
            }
            if (in.take("if")) {
                Condition condition = condition();
                in.expect("then");
                Expression then = expression();
                in.expect("else");
                return new Expression.If(place, condition, then, expression());
            }
            return union();
        } finally {
            in.leave();
        }
    }

    Condition condition() {
        Condition left = conditionAtom();
        while (true) {
            if (in.take("&&")) {
                left = new Condition.Both(left, conditionAtom());
            } else if (in.take("||")) {
                left = new Condition.Either(left, conditionAtom());
            } else {
                return left;
            }
        }
    }

    private Condition conditionAtom() {
        in.enter(in.peek().place());
        try {
            if (in.take("not") || in.take("~")) {
                return new Condition.Not(conditionAtom());
            }
            if (in.peek().kind() == Kind.STRING) {
                return new Condition.Variant(in.next().text());
            }
            Expression left = union();
            in.expect("=");
            return new Condition.Equal(left, union());
        } finally {
            in.leave();
        }
    }

    private Expression match(Place place) {
        Expression subject = expression();
        in.expect("with");
        in.take("||");
        if (in.take("{")) {
            in.expect("}");
            in.expect("->");
            Expression whenEmpty = expression();
            in.expect("||");
            String first = in.name("a variable");
            in.expect("++");
            String rest = in.name("a variable");
            in.expect("->");
            Expression whenNot = expression();
            in.expect("end");
            return new Expression.Match(place, subject, whenEmpty, first, rest, whenNot);
        }
        List<String> tags = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        do {
            Token tag = in.next();
            tags.add(tag.text());
            in.expect("->");
            results.add(expression());
        } while (in.take("||"));
        in.expect("end");
        return new Expression.TagMatch(place, subject, tags, results);
    }

    private Expression union() {
        Expression left = addition();
        while (in.peek().is("|")) {
            Place place = in.next().place();
            left = new Operation(place, Binary.UNION, left, addition());
        }
        return left;
    }

    private Expression addition() {
        Expression left = sequence();
        if (in.peek().is("++")) {
            Place place = in.next().place();
            return new Operation(place, Binary.ADD, left, addition());
        }
        return left;
    }

    private Expression sequence() {
        Expression left = difference();
        while (in.peek().is(";")) {
            Place place = in.next().place();
            left = new Operation(place, Binary.SEQUENCE, left, difference());
        }
        return left;
    }

    private Expression difference() {
        Expression left = intersection();
        while (in.peek().is("\\")) {
            Place place = in.next().place();
            left = new Operation(place, Binary.DIFFERENCE, left, intersection());
        }
        return left;
    }

    private Expression intersection() {
        Expression left = cross();
        while (in.peek().is("&")) {
            Place place = in.next().place();
            left = new Operation(place, Binary.INTERSECTION, left, cross());
        }
        return left;
    }

    private Expression cross() {
        Expression left = prefix();
        while (in.peek().is("*") && startsOperand(in.second())) {
            Place place = in.next().place();
            left = new Operation(place, Binary.CROSS, left, prefix());
        }
        return left;
    }

    private Expression prefix() {
        Place place = in.peek().place();
        in.enter(place);
        try {
            if (in.take("~") || in.take("!")) {
                return new Change(place, Unary.COMPLEMENT, prefix());
            }
            return postfix();
        } finally {
            in.leave();
        }
    }

    private Expression postfix() {
        Expression operand = application();
        while (true) {
            Place place = in.peek().place();
            if (in.take("^-1")) {
                operand = new Change(place, Unary.INVERSE, operand);
            } else if (in.take("^+") || in.take("+")) {
                operand = new Change(place, Unary.CLOSURE, operand);
            } else if (in.take("^*") || in.peek().is("*") && !startsOperand(in.second()) && in.take("*")) {
                operand = new Change(place, Unary.REFLEXIVE_CLOSURE, operand);
            } else if (in.take("?")) {
                operand = new Change(place, Unary.REFLEXIVE, operand);
            } else {
                return operand;
            }
        }
    }

    private Expression application() {
        Expression left = primary();
        while (startsPrimary(in.peek())) {
            Place place = in.peek().place();
            left = new Expression.Call(place, left, primary());
        }
        return left;
    }

    private static boolean startsPrimary(Token token) {
        return switch (token.kind()) {
            case NAME -> !CatTokens.isKeyword(token);
            case ANONYMOUS_SET -> true;
            case SIGN -> token.text().equals("(") || token.text().equals("{");
            case STRING, END -> false;
        };
    }

    private static boolean startsOperand(Token token) {
        return startsPrimary(token) || token.is("[") || token.is("~");
    }

    Expression primary() {
        Token token = in.next();
        Place place = token.place();
        switch (token.kind()) {
            case NAME -> {
                if (CatTokens.isKeyword(token)) {
                    if (token.is("let") || token.is("fun") || token.is("match") || token.is("try") || token.is("if")) {
                        in.back();
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
                        in.expect("]");
                        return new Expression.IdentityOn(place, set);
                    }
                    case "{" -> {
                        List<Expression> elements = new ArrayList<>();
                        while (!in.take("}")) {
                            elements.add(expression());
                            if (!in.peek().is("}")) {
                                in.expect(",");
                            }
                        }
                        return new Expression.Collection(place, elements);
                    }
                    case "'" -> {
                        return new Expression.Tag(place, in.name("a tag"));
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
        if (in.take(")")) {
            return new Expression.Tuple(place, List.of());
        }
        Expression first = expression();
        if (!in.peek().is(",")) {
            in.expect(")");
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (in.take(",")) {
            elements.add(expression());
        }
        in.expect(")");
        return new Expression.Tuple(place, elements);
    }
}
