package dev.assay.litmus.cat;

import java.util.List;

/** An expression of cat. */
sealed interface Expression {
    Place place();

    enum Binary {
        UNION, INTERSECTION, DIFFERENCE, SEQUENCE, CROSS, ADD
    }

    enum Unary {
        COMPLEMENT, INVERSE, CLOSURE, REFLEXIVE_CLOSURE, REFLEXIVE
    }

    record Name(Place place, String name) implements Expression {}

    record Tag(Place place, String name) implements Expression {}

    record Universe(Place place) implements Expression {}

    record Operation(Place place, Binary operator, Expression left, Expression right) implements Expression {}

    record Change(Place place, Unary operator, Expression operand) implements Expression {}

    /** [S]: the identity on a set. */
    record IdentityOn(Place place, Expression set) implements Expression {}

    record Call(Place place, Expression function, Expression argument) implements Expression {}

    record Tuple(Place place, List<Expression> elements) implements Expression {}

    /** {a, b}: a set of values. */
    record Collection(Place place, List<Expression> elements) implements Expression {}

    record Function(Place place, List<String> parameters, Expression body) implements Expression {}

    record Let(Place place, List<Binding> bindings, boolean recursive, Expression body) implements Expression {}

    /** match e with || {} -> a || x ++ S -> b end */
    record Match(Place place, Expression subject, Expression whenEmpty, String first, String rest,
            Expression whenNot) implements Expression {}

    /** match e with || tag -> ... || _ -> ... end */
    record TagMatch(Place place, Expression subject, List<String> tags,
            List<Expression> results) implements Expression {}

    record Try(Place place, Expression attempt, Expression otherwise) implements Expression {}

    record If(Place place, Condition condition, Expression then, Expression otherwise) implements Expression {}

    /** name = value, or name(parameters) = value. */
    record Binding(Place place, List<String> names, Expression value) {}

    /** What an if asks. */
    sealed interface Condition {
        record Variant(String name) implements Condition {}

        record Equal(Expression left, Expression right) implements Condition {}

        record Not(Condition operand) implements Condition {}

        record Both(Condition left, Condition right) implements Condition {}

        record Either(Condition left, Condition right) implements Condition {}
    }
}
