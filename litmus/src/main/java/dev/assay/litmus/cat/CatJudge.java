package dev.assay.litmus.cat;

import dev.assay.litmus.cat.Expression.Binding;
import dev.assay.litmus.cat.Statement.Check;
import dev.assay.litmus.cat.Statement.Test;
import dev.assay.litmus.cat.Values.CollectionValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A compiled model that judges candidates one after the other; it keeps what several of them share. Not thread-safe. */
public final class CatJudge {
    /** A step of the compiled model: it answers whether the rest of the model accepts. */
    private sealed interface Step {
        record Test(Check check, Node subject, String name) implements Step {}

        record ForAll(Place place, Node.Cell variable, Node set, List<Step> body) implements Step {}

        record With(Place place, Node.Cell variable, Node set, boolean coherence) implements Step {}

        record Branch(BooleanSupplier condition, List<Step> then, List<Step> otherwise) implements Step {}
    }

    private final ExpressionCompiler compiler;
    private final Evaluation evaluation = new Evaluation();
    private final List<Step> steps;
    private final Map<String, Node> shown = new LinkedHashMap<>();
    private final Scope scope;
    private final boolean coherent;
    private final boolean atomic;
    private String failed = "";
    private final List<String> flags = new ArrayList<>();
    private int unnamed;
    private int procedureDepth;

    CatJudge(CatModel model, CatModel prelude, Set<String> bases, Set<String> variants) {
        this.compiler = new ExpressionCompiler(bases, variants);
        Scope root = Scope.root();
        try {
            List<Step> first = compile(prelude.statements(), root);
            shown.clear();
            scope = root.inner();
            first.addAll(compile(model.statements(), scope));
            steps = first;
        } catch (ExpressionCompiler.Unbound e) {
            throw e.asError();
        }
        Axioms axioms = new Axioms(root);
        coherent = topTests().stream()
                .anyMatch(t -> t.check.test() == Test.ACYCLIC && axioms.impliesCoherence(t.subject));
        atomic = topTests().stream().anyMatch(t -> t.check.test() == Test.EMPTY && axioms.impliesAtomicity(t.subject));
    }

    private List<Step.Test> topTests() {
        List<Step.Test> tests = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.With) {
                break;
            }
            if (step instanceof Step.Test test && !test.check.flag() && !test.check.negated()) {
                tests.add(test);
            }
        }
        return tests;
    }

    /** Whether the model surely rejects what is not sequentially consistent per location, so that it need not be tried. */
    public boolean requiresCoherence() {
        return coherent;
    }

    /** Whether the model surely rejects a foreign write between the read and the write of an atomic update. */
    public boolean requiresAtomicity() {
        return atomic;
    }

    /**
     * Judges one candidate.
     *
     * @throws CatException when the model cannot be evaluated
     */
    public Judgement judge(Candidate candidate) {
        evaluation.begin(candidate);
        failed = "";
        flags.clear();
        try {
            if (run(steps, 0)) {
                return flags.isEmpty() ? Judgement.ALLOWED : new Judgement(Optional.empty(), flags);
            }
        } catch (StackOverflowError _) {
            throw new CatException("the model nests too deeply to be evaluated");
        }
        return new Judgement(Optional.of(failed), flags);
    }

    /** The relations that the model wants drawn, by name, for the candidate that was judged last. */
    public Map<String, Relation> shown() {
        Map<String, Relation> values = new LinkedHashMap<>();
        shown.forEach((name, node) -> {
            if (node.eval(evaluation, null) instanceof Relation relation) {
                values.put(name, relation);
            }
        });
        return values;
    }

    /** The value of a name of the model for the candidate that was judged last, when it is a relation. */
    public Optional<Relation> relation(String name) {
        return scope.lookup(name).map(node -> node.eval(evaluation, null))
                .flatMap(value -> value instanceof Relation r ? Optional.of(r) : Optional.empty());
    }

    /** The relation of a named acyclicity or irreflexivity check for the candidate that was judged last. */
    public Optional<Relation> checked(String name) {
        for (Step step : steps) {
            if (step instanceof Step.Test test && test.name.equals(name)
                    && test.subject.eval(evaluation, null) instanceof Relation relation) {
                return Optional.of(relation);
            }
        }
        return Optional.empty();
    }

    private boolean run(List<Step> list, int from) {
        for (int i = from; i < list.size(); i++) {
            switch (list.get(i)) {
                case Step.Test test -> {
                    if (!passes(test)) {
                        return false;
                    }
                }
                case Step.ForAll loop -> {
                    if (!forAll(loop)) {
                        return false;
                    }
                }
                case Step.Branch branch -> {
                    if (!run(branch.condition.getAsBoolean() ? branch.then : branch.otherwise, 0)) {
                        return false;
                    }
                }
                case Step.With with -> {
                    return withSome(with, list, i + 1);
                }
            }
        }
        return true;
    }

    private boolean passes(Step.Test test) {
        Object value = test.subject.eval(evaluation, null);
        Place place = test.check.place();
        boolean holds = switch (test.check.test()) {
            case EMPTY -> switch (value) {
                case EventSet set -> set.bits() == 0;
                case CollectionValue collection -> collection.elements().isEmpty();
                default -> Values.relation(evaluation, place, value).isEmpty();
            };
            case ACYCLIC -> Values.relation(evaluation, place, value).isAcyclic();
            case IRREFLEXIVE -> Values.relation(evaluation, place, value).isIrreflexive();
        };
        holds ^= test.check.negated();
        if (test.check.flag()) {
            // A flag is raised when its test holds; it never rejects.
            if (holds) {
                flags.add(test.name);
            }
            return true;
        }
        if (!holds) {
            failed = test.name;
        }
        return holds;
    }

    private boolean forAll(Step.ForAll loop) {
        Object set = loop.set.eval(evaluation, null);
        List<Object> elements = new ArrayList<>();
        if (set instanceof CollectionValue collection) {
            elements.addAll(collection.elements());
        } else {
            for (long rest = Values.set(loop.place, set); rest != 0; rest &= rest - 1) {
                elements.add(new EventSet(Long.lowestOneBit(rest)));
            }
        }
        for (Object element : elements) {
            loop.variable.set(element);
            evaluation.choiceMade();
            if (!run(loop.body, 0)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the rest accepts for some value of a choice. */
    private boolean withSome(Step.With with, List<Step> list, int rest) {
        Object set = with.set.eval(evaluation, null);
        if (!(set instanceof CollectionValue collection)) {
            throw CatException.at(with.place,
                    "with takes a value from a set of values, but this is " + Values.kind(set));
        }
        for (Object element : collection.elements()) {
            with.variable.set(element);
            evaluation.choiceMade();
            if (run(list, rest)) {
                return true;
            }
        }
        if (failed.isEmpty()) {
            failed = "no choice";
        }
        return false;
    }

    private List<Step> compile(List<Statement> statements, Scope scope) {
        List<Step> compiled = new ArrayList<>();
        for (Statement statement : statements) {
            compile(statement, scope, compiled);
        }
        return compiled;
    }

    private void compile(Statement statement, Scope scope, List<Step> to) {
        switch (statement) {
            case Statement.Let let -> define(let, scope);
            case Check check -> {
                String name = check.name()
                        .orElseGet(() -> check.test().name().toLowerCase(java.util.Locale.ROOT) + " " + ++unnamed);
                to.add(new Step.Test(check, compiler.compile(check.subject(), scope).kept(), name));
            }
            case Statement.Show show -> show(show, scope);
            case Statement.Include include -> throw CatException.at(include.place(),
                    "the included file \"" + include.file() + "\" was not found beside the model nor among ours");
            case Statement.Procedure procedure -> scope.define(procedure);
            case Statement.Call call -> call(call, scope, to);
            case Statement.ForAll loop -> {
                Node.Cell variable = new Node.Cell(true, false);
                Scope inner = scope.inner();
                inner.define(loop.variable(), variable);
                to.add(new Step.ForAll(loop.place(), variable, compiler.compile(loop.set(), scope).kept(),
                        compile(loop.body(), inner)));
            }
            case Statement.With with -> {
                Node.Cell variable = new Node.Cell(true, false);
                Node set = compiler.compile(with.set(), scope);
                scope.define(with.variable(), variable);
                to.add(new Step.With(with.place(), variable, set, with.variable().equals("co")));
            }
            case Statement.If choice -> branch(choice, scope, to);
        }
    }

    private void branch(Statement.If choice, Scope scope, List<Step> to) {
        Optional<Boolean> fixed = compiler.fixed(choice.condition());
        if (fixed.isPresent()) {
            for (Statement inner : fixed.get() ? choice.then() : choice.otherwise()) {
                compile(inner, scope, to);
            }
            return;
        }
        var condition = compiler.condition(choice.condition(), scope, new ArrayList<>());
        to.add(new Step.Branch(() -> condition.test(evaluation, null), compile(choice.then(), scope.inner()),
                compile(choice.otherwise(), scope.inner())));
    }

    private void show(Statement.Show show, Scope scope) {
        for (String name : show.names()) {
            if (!show.shown()) {
                shown.remove(name);
            } else if (!name.isEmpty()) {
                scope.lookup(name).ifPresent(node -> shown.put(name, node));
            }
        }
    }

    private void call(Statement.Call call, Scope scope, List<Step> to) {
        Scope.ProcedureDefinition definition = scope.procedure(call.name())
                .orElseThrow(() -> CatException.at(call.place(), "the procedure '" + call.name() + "' is not defined"));
        List<String> parameters = definition.procedure().parameters();
        Node argument = compiler.compile(call.argument(), scope).kept();
        Scope inner = definition.scope().inner();
        if (parameters.size() == 1) {
            inner.define(parameters.getFirst(), argument);
        } else {
            for (int i = 0; i < parameters.size(); i++) {
                inner.define(parameters.get(i), new Node.Part(call.place(), argument, i, parameters.size()).kept());
            }
        }
        if (++procedureDepth > 50) {
            throw CatException.at(call.place(), "procedures call each other without end");
        }
        to.addAll(compile(definition.procedure().body(), inner));
        procedureDepth--;
    }

    private void define(Statement.Let let, Scope scope) {
        if (let.recursive()) {
            recursive(let, scope);
            return;
        }
        // All values are compiled before any name is defined: "let a = .. and b = .." see what was before.
        List<Node> nodes = new ArrayList<>();
        for (Binding binding : let.bindings()) {
            for (Node part : ExpressionCompiler.parts(binding, compiler.compile(binding.value(), scope).kept())) {
                nodes.add(part.kept());
            }
        }
        int index = 0;
        for (Binding binding : let.bindings()) {
            for (String name : binding.names()) {
                scope.define(name, new Node.Global(nodes.get(index++)));
            }
        }
    }

    private void recursive(Statement.Let let, Scope scope) {
        if (let.bindings().size() == 1) {
            Binding binding = let.bindings().getFirst();
            Optional<Expression> closed = ExpressionCompiler.closedUnion(binding);
            if (closed.isPresent()) {
                scope.define(binding.names().getFirst(), new Node.Global(compiler.compile(closed.get(), scope).kept()));
                return;
            }
        }
        Scope inner = scope.inner();
        List<Node.Cell> cells = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Binding binding : let.bindings()) {
            for (String name : binding.names()) {
                // Local, so that nothing that uses it is kept from one round to the next.
                Node.Cell cell = new Node.Cell(true, true);
                inner.define(name, cell);
                cells.add(cell);
                names.add(name);
            }
        }
        List<Node> values = new ArrayList<>();
        for (Binding binding : let.bindings()) {
            values.addAll(ExpressionCompiler.parts(binding, compiler.compile(binding.value(), inner)));
        }
        Fixpoint fixpoint = new Fixpoint(let.place(), cells, values);
        for (int i = 0; i < names.size(); i++) {
            scope.define(names.get(i), new Node.Recursive(fixpoint, i, true));
        }
    }
}
