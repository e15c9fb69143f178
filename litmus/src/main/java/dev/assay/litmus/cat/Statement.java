package dev.assay.litmus.cat;

import dev.assay.litmus.cat.Expression.Binding;
import java.util.List;
import java.util.Optional;

/** An instruction of cat. */
sealed interface Statement {
    Place place();

    enum Test {
        ACYCLIC, IRREFLEXIVE, EMPTY
    }

    record Let(Place place, List<Binding> bindings, boolean recursive) implements Statement {}

    /**
     * acyclic, irreflexive or empty.
     *
     * @param flag whether a failure only raises a flag
     * @param assertion whether a failure is an error in the model
     */
    record Check(Place place, Test test, boolean negated, Expression subject, Optional<String> name, boolean flag,
            boolean assertion) implements Statement {}

    record Show(Place place, List<String> names, boolean shown) implements Statement {}

    record Include(Place place, String file) implements Statement {}

    record Procedure(Place place, String name, List<String> parameters, List<Statement> body) implements Statement {}

    record Call(Place place, String name, Expression argument, boolean flag) implements Statement {}

    record ForAll(Place place, String variable, Expression set, List<Statement> body) implements Statement {}

    record With(Place place, String variable, Expression set) implements Statement {}

    record If(Place place, Expression.Condition condition, List<Statement> then,
            List<Statement> otherwise) implements Statement {}
}
