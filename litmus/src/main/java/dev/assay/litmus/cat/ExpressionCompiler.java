package dev.assay.litmus.cat;

import dev.assay.litmus.cat.Expression.Binary;
import dev.assay.litmus.cat.Expression.Binding;
import dev.assay.litmus.cat.Expression.Condition;
import dev.assay.litmus.cat.Expression.Name;
import dev.assay.litmus.cat.Expression.Operation;
import dev.assay.litmus.cat.Expression.Unary;
import dev.assay.litmus.cat.Values.CollectionValue;
import dev.assay.litmus.cat.Values.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Turns expressions into nodes: names are resolved once, and what can be kept is marked. */
final class ExpressionCompiler {
    private final Set<String> bases;
    private final Set<String> variants;
    private final Map<String, Node> baseNodes = new HashMap<>();

    /**
     * Compiles for candidates that know {@code bases}.
     *
     * @param variants the words for which {@code if "word"} holds
     */
    ExpressionCompiler(Set<String> bases, Set<String> variants) {
        this.bases = bases;
        this.variants = variants;
    }

    Node compile(Expression expression, Scope scope) {
        return switch (expression) {
            case Name name -> name(name.place(), name.name(), scope);
            case Expression.Tag tag -> new Node.Constant(tag.name());
            case Expression.Universe _ -> base("_", false);
            case Operation o ->
                new Combine(o.place(), o.operator(), compile(o.left(), scope), compile(o.right(), scope));
            case Expression.Change c -> new Node.Apply(c.place(), c.operator(), compile(c.operand(), scope));
            case Expression.IdentityOn on -> new Node.OnSet(on.place(), compile(on.set(), scope));
            case Expression.Call call -> call(call, scope);
            case Expression.Tuple tuple -> new Node.Several(tuple.place(), compileAll(tuple.elements(), scope), true);
            case Expression.Collection c -> c.elements().isEmpty()
                    ? new Node.Constant(Values.NOTHING)
                    : new Node.Several(c.place(), compileAll(c.elements(), scope), false);
            case Expression.Function function -> function(function, scope);
            case Expression.Let let -> let(let, scope);
            case Expression.Match match -> match(match, scope);
            case Expression.TagMatch match -> throw CatException.at(match.place(), "match on tags is not supported");
            case Expression.Try attempt -> attempt(attempt, scope);
            case Expression.If choice -> choice(choice, scope);
        };
    }

    private List<Node> compileAll(List<Expression> expressions, Scope scope) {
        List<Node> nodes = new ArrayList<>();
        for (Expression expression : expressions) {
            nodes.add(compile(expression, scope));
        }
        return nodes;
    }

    private Node name(Place place, String name, Scope scope) {
        Optional<Node> known = scope.lookup(name);
        if (known.isPresent()) {
            return known.get();
        }
        if (name.equals("rf") || name.equals("co")) {
            return base(name, true);
        }
        if (bases.contains(name) || name.equals("id") || name.equals("0") || name.equals("_")) {
            return base(name, false);
        }
        Optional<Node> builtIn = BuiltIns.named(name);
        return builtIn.orElseThrow(() -> new Unbound(place, name));
    }

    /** One node for each name, which keeps its value. */
    private Node base(String name, boolean changing) {
        return baseNodes.computeIfAbsent(name, n -> new Node.BaseName(n, changing).kept());
    }

    private Node call(Expression.Call call, Scope scope) {
        if (call.function() instanceof Name name && scope.lookup(name.name()).isEmpty()
                && Set.of("generate_cos", "generate_orders").contains(name.name())) {
            // Coherence has been chosen when a model runs; what a generator would yield is that choice, if it fits.
            return new Node.Several(call.place(), List.of(base("co", true)), false);
        }
        return new Node.Call(call.place(), compile(call.function(), scope), compile(call.argument(), scope));
    }

    private Node function(Expression.Function function, Scope scope) {
        Node body = compile(function.body(), scope.frame(function.parameters()));
        return new Node.Function(function.parameters().size(), body, scope.isGlobal(), dependsOnExecution(body));
    }

    /** Whether a function's body uses more than its parameters that changes; parameters count as changing, so this is cautious. */
    private static boolean dependsOnExecution(Node body) {
        return switch (body) {
            case Node.LocalVariable _,Node.Constant _ -> false;
            case Combine c -> dependsOnExecution(c.left()) || dependsOnExecution(c.right());
            case Node.Apply a -> dependsOnExecution(a.operand());
            case Node.Kept k -> k.changing;
            case Node.BaseName b -> b.changing;
            case Node.Global g -> g.changing;
            default -> true;
        };
    }

    private Node let(Expression.Let let, Scope scope) {
        List<String> names = new ArrayList<>();
        for (Binding binding : let.bindings()) {
            names.addAll(binding.names());
        }
        Scope inner = scope.frame(names);
        List<Node> values = new ArrayList<>();
        for (Binding binding : let.bindings()) {
            // In a recursive let the values see the new frame, else the one outside of it.
            Node value = compile(binding.value(), let.recursive() ? inner : scope);
            values.addAll(parts(binding, value));
        }
        Node body = compile(let.body(), inner);
        boolean local = !scope.isGlobal();
        return new Node.Local(let.place(), values, body, let.recursive(), true, local);
    }

    /** The values of a binding's names: one, or the parts of a tuple. */
    static List<Node> parts(Binding binding, Node value) {
        if (binding.names().size() == 1) {
            return List.of(value);
        }
        List<Node> parts = new ArrayList<>();
        for (int i = 0; i < binding.names().size(); i++) {
            parts.add(new Node.Part(binding.place(), value, i, binding.names().size()));
        }
        return parts;
    }

    private Node match(Expression.Match match, Scope scope) {
        Node whenNot = compile(match.whenNot(), scope.frame(List.of(match.first(), match.rest())));
        return new Match(match.place(), compile(match.subject(), scope), compile(match.whenEmpty(), scope),
                whenNot);
    }

    private Node attempt(Expression.Try attempt, Scope scope) {
        try {
            return compile(attempt.attempt(), scope);
        } catch (Unbound _) {
            return compile(attempt.otherwise(), scope);
        }
    }

    private Node choice(Expression.If choice, Scope scope) {
        if (fixed(choice.condition()).isPresent()) {
            // Only the branch that is taken is compiled: the other one may use names that this candidate lacks.
            return compile(fixed(choice.condition()).get() ? choice.then() : choice.otherwise(), scope);
        }
        List<Node> nodes = new ArrayList<>();
        BiPredicate<Evaluation, Frame> condition = condition(choice.condition(), scope, nodes);
        return new Choice(nodes, condition, compile(choice.then(), scope), compile(choice.otherwise(), scope));
    }

    /** The value of a condition that only asks for variants. */
    Optional<Boolean> fixed(Condition condition) {
        return switch (condition) {
            case Condition.Variant variant -> Optional.of(variants.contains(variant.name()));
            case Condition.Not not -> fixed(not.operand()).map(b -> !b);
            case Condition.Both both -> fixed(both.left()).flatMap(l -> fixed(both.right()).map(r -> l && r));
            case Condition.Either either -> fixed(either.left()).flatMap(l -> fixed(either.right()).map(r -> l || r));
            case Condition.Equal _ -> Optional.empty();
        };
    }

    BiPredicate<Evaluation, Frame> condition(Condition condition, Scope scope, List<Node> nodes) {
        return switch (condition) {
            case Condition.Variant variant -> (_, _) -> variants.contains(variant.name());
            case Condition.Not not -> condition(not.operand(), scope, nodes).negate();
            case Condition.Both both -> condition(both.left(), scope, nodes).and(condition(both.right(), scope, nodes));
            case Condition.Either either ->
                condition(either.left(), scope, nodes).or(condition(either.right(), scope, nodes));
            case Condition.Equal equal -> {
                Node left = compile(equal.left(), scope);
                Node right = compile(equal.right(), scope);
                nodes.add(left);
                nodes.add(right);
                yield (evaluation, frame) -> same(left.eval(evaluation, frame), right.eval(evaluation, frame));
            }
        };
    }

    private static boolean same(Object left, Object right) {
        return Objects.equals(left, right) || isEmpty(left) && isEmpty(right);
    }

    private static boolean isEmpty(Object value) {
        return switch (value) {
            case EventSet set -> set.bits() == 0;
            case Relation relation -> relation.isEmpty();
            case CollectionValue collection -> collection.elements().isEmpty();
            default -> false;
        };
    }

    /**
     * The other terms of a definition {@code r = a | b | r; r}, whose least solution is the closure of {@code a | b}; empty when the
     * definition has another form.
     */
    static Optional<Expression> closedUnion(Binding binding) {
        if (binding.names().size() != 1) {
            return Optional.empty();
        }
        String self = binding.names().getFirst();
        List<Expression> terms = new ArrayList<>();
        unionTerms(binding.value(), terms);
        Expression others = null;
        boolean closed = false;
        for (Expression term : terms) {
            if (term instanceof Operation o && o.operator() == Binary.SEQUENCE && isName(o.left(), self)
                    && isName(o.right(), self)) {
                closed = true;
            } else if (mentions(term, self)) {
                return Optional.empty();
            } else {
                others = others == null ? term : new Operation(term.place(), Binary.UNION, others, term);
            }
        }
        return closed && others != null
                ? Optional.of(new Expression.Change(binding.place(), Unary.CLOSURE, others))
                : Optional.empty();
    }

    private static void unionTerms(Expression expression, List<Expression> terms) {
        if (expression instanceof Operation o && o.operator() == Binary.UNION) {
            unionTerms(o.left(), terms);
            unionTerms(o.right(), terms);
        } else {
            terms.add(expression);
        }
    }

    private static boolean isName(Expression expression, String name) {
        return expression instanceof Name n && n.name().equals(name);
    }

    /** Whether an expression may use a name; forms that bind names are taken to use it. */
    private static boolean mentions(Expression expression, String name) {
        return switch (expression) {
            case Name n -> n.name().equals(name);
            case Expression.Tag _,Expression.Universe _ -> false;
            case Operation o -> mentions(o.left(), name) || mentions(o.right(), name);
            case Expression.Change c -> mentions(c.operand(), name);
            case Expression.IdentityOn on -> mentions(on.set(), name);
            case Expression.Call call -> mentions(call.function(), name) || mentions(call.argument(), name);
            case Expression.Tuple tuple -> tuple.elements().stream().anyMatch(e -> mentions(e, name));
            case Expression.Collection c -> c.elements().stream().anyMatch(e -> mentions(e, name));
            case Expression.Function _,Expression.Let _,Expression.Match _,Expression.TagMatch _,Expression.Try _,Expression.If _ ->
                true;
        };
    }

    /** A name that means nothing; {@code try} asks for it. */
    static final class Unbound extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Place place;

        Unbound(Place place, String name) {
            super("the name '" + name
                    + "' is not defined; events and relations of this architecture, definitions above and "
                    + "included files are", null, false, false);
            this.place = place;
        }

        CatException asError() {
            return CatException.at(place, getMessage());
        }
    }
}
