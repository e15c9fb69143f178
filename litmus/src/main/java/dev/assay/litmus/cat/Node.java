package dev.assay.litmus.cat;

import dev.assay.litmus.cat.Expression.Unary;
import dev.assay.litmus.cat.Values.BuiltIn;
import dev.assay.litmus.cat.Values.CollectionValue;
import dev.assay.litmus.cat.Values.Frame;
import dev.assay.litmus.cat.Values.FunctionValue;
import dev.assay.litmus.cat.Values.TupleValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** A compiled expression. */
abstract sealed class Node
        permits Combine, Match, Choice, Node.Kept, Node.Constant, Node.BaseName, Node.Global, Node.Cell,
        Node.LocalVariable, Node.Apply, Node.OnSet, Node.Call, Node.Function, Node.Several, Node.Local, Node.Part,
        Node.Recursive {
    /** Whether the value depends on reads-from, coherence or a choice. */
    final boolean changing;
    /** Whether the value depends on local variables, so that it cannot be kept. */
    final boolean local;

    Node(boolean changing, boolean local) {
        this.changing = changing;
        this.local = local;
    }

    abstract Object eval(Evaluation evaluation, Frame frame);

    /** This node, or one that keeps its value while it holds. */
    Node kept() {
        return local || this instanceof Kept || this instanceof Constant || this instanceof Global
                ? this
                : new Kept(this);
    }

    static boolean anyChanging(List<Node> nodes) {
        return nodes.stream().anyMatch(n -> n.changing);
    }

    static boolean anyLocal(List<Node> nodes) {
        return nodes.stream().anyMatch(n -> n.local);
    }

    static final class Kept extends Node {
        private final Node node;
        private long stamp = Long.MIN_VALUE;
        private Object value;

        Kept(Node node) {
            super(node.changing, false);
            this.node = node;
        }

        Node inner() {
            return node;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            long now = evaluation.stamp(changing);
            if (stamp != now) {
                value = node.eval(evaluation, null);
                stamp = now;
            }
            return value;
        }
    }

    static final class Constant extends Node {
        private final Object value;

        Constant(Object value) {
            super(false, false);
            this.value = value;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            return value;
        }
    }

    /** A name that the candidate gives a value. */
    static final class BaseName extends Node {
        private final String name;

        BaseName(String name, boolean changing) {
            super(changing, false);
            this.name = name;
        }

        String name() {
            return name;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            return switch (name) {
                case "rf" -> evaluation.candidate().readsFrom();
                case "co" -> evaluation.candidate().coherence();
                case "_" -> new EventSet(evaluation.all());
                case "id" -> Relation.identity(evaluation.size(), evaluation.all());
                case "0" -> evaluation.emptyRelation();
                default -> evaluation.candidate().base(name).orElse(Values.NOTHING);
            };
        }
    }

    /** A variable of the model; its node is set when its definition has been compiled. */
    static final class Global extends Node {
        private final Node definition;

        Global(Node definition) {
            super(definition.changing, definition.local);
            this.definition = definition;
        }

        Node definition() {
            return definition;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            return definition.eval(evaluation, frame);
        }
    }

    /** A variable that statements set: a loop's, a choice's, or one under recursive definition. */
    static final class Cell extends Node {
        private Object value = Values.NOTHING;

        Cell(boolean changing, boolean local) {
            super(changing, local);
        }

        void set(Object next) {
            value = next;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            return value;
        }
    }

    static final class LocalVariable extends Node {
        private final int up;
        private final int index;

        LocalVariable(int up, int index) {
            super(true, true);
            this.up = up;
            this.index = index;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            Frame at = frame;
            for (int i = 0; i < up; i++) {
                at = at.parent;
            }
            return at.locals[index];
        }
    }

    static final class Apply extends Node {
        private final Place place;
        private final Unary operator;
        private final Node operand;

        Apply(Place place, Unary operator, Node operand) {
            super(operand.changing, operand.local);
            this.place = place;
            this.operator = operator;
            this.operand = operand;
        }

        Unary operator() {
            return operator;
        }

        Node operand() {
            return operand;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            Object value = operand.eval(evaluation, frame);
            if (operator == Unary.COMPLEMENT && (value instanceof EventSet || Values.isNothing(value))) {
                return new EventSet(~Values.set(place, value) & evaluation.all());
            }
            Relation relation = Values.relation(evaluation, place, value);
            return switch (operator) {
                case COMPLEMENT -> relation.complement(evaluation.all());
                case INVERSE -> relation.inverse();
                case CLOSURE -> relation.closure();
                case REFLEXIVE_CLOSURE -> relation.closure().reflexive();
                case REFLEXIVE -> relation.reflexive();
            };
        }
    }

    static final class OnSet extends Node {
        private final Place place;
        private final Node set;

        OnSet(Place place, Node set) {
            super(set.changing, set.local);
            this.place = place;
            this.set = set;
        }

        long set(Evaluation evaluation, Frame frame) {
            return Values.set(place, set.eval(evaluation, frame));
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            return Relation.identity(evaluation.size(), set(evaluation, frame));
        }
    }

    static final class Call extends Node {
        private final Place place;
        private final Node function;
        private final Node argument;

        Call(Place place, Node function, Node argument) {
            super(function.changing || argument.changing, function.local || argument.local);
            this.place = place;
            this.function = function;
            this.argument = argument;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            Object callee = function.eval(evaluation, frame);
            Object value = argument.eval(evaluation, frame);
            if (callee instanceof BuiltIn builtIn) {
                return builtIn.apply(evaluation, place, value);
            }
            if (!(callee instanceof FunctionValue closure)) {
                throw CatException.at(place, "a function is needed here, but this is " + Values.kind(callee));
            }
            Object[] locals;
            if (closure.parameters() == 1) {
                locals = new Object[]{value};
            } else if (value instanceof TupleValue tuple && tuple.elements().size() == closure.parameters()) {
                locals = tuple.elements().toArray();
            } else {
                throw CatException.at(place, "this function takes " + closure.parameters() + " arguments, but is given "
                        + (value instanceof TupleValue tuple ? tuple.elements().size() : 1));
            }
            evaluation.enterCall(place);
            Object result = closure.body().eval(evaluation, new Frame(locals, closure.frame()));
            evaluation.leaveCall();
            return result;
        }
    }

    static final class Function extends Node {
        private final int parameters;
        private final Node body;

        Function(int parameters, Node body, boolean closed, boolean changing) {
            super(changing, !closed);
            this.parameters = parameters;
            this.body = body;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            return new FunctionValue(parameters, body, frame);
        }
    }

    static final class Several extends Node {
        private final List<Node> elements;
        private final boolean tuple;
        private final Place place;

        Several(Place place, List<Node> elements, boolean tuple) {
            super(anyChanging(elements), anyLocal(elements));
            this.place = place;
            this.elements = elements;
            this.tuple = tuple;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            List<Object> values = new ArrayList<>();
            for (Node element : elements) {
                values.add(element.eval(evaluation, frame));
            }
            if (tuple) {
                return new TupleValue(values);
            }
            if (!values.isEmpty()
                    && values.stream().allMatch(v -> v instanceof EventSet s && Long.bitCount(s.bits()) == 1)) {
                long bits = 0;
                for (Object value : values) {
                    bits |= Values.set(place, value);
                }
                return new EventSet(bits);
            }
            return new CollectionValue(new LinkedHashSet<>(values));
        }
    }

    /** Local definitions, then a body in a new frame. */
    static final class Local extends Node {
        private final List<Node> values;
        private final Node body;
        private final boolean recursive;
        private final Place place;

        Local(Place place, List<Node> values, Node body, boolean recursive, boolean changing, boolean local) {
            super(changing, local);
            this.place = place;
            this.values = values;
            this.body = body;
            this.recursive = recursive;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            Frame inner = new Frame(new Object[values.size()], frame);
            if (recursive) {
                Fixpoint.solve(evaluation, place, values, inner);
            } else {
                for (int i = 0; i < values.size(); i++) {
                    inner.locals[i] = values.get(i).eval(evaluation, frame);
                }
            }
            return body.eval(evaluation, inner);
        }
    }

    /** A part of a tuple, for definitions that take one apart. */
    static final class Part extends Node {
        private final Place place;
        private final Node tuple;
        private final int index;
        private final int count;

        Part(Place place, Node tuple, int index, int count) {
            super(tuple.changing, tuple.local);
            this.place = place;
            this.tuple = tuple;
            this.index = index;
            this.count = count;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            if (tuple.eval(evaluation, frame) instanceof TupleValue value && value.elements().size() == count) {
                return value.elements().get(index);
            }
            throw CatException.at(place, "a tuple of " + count + " is needed here");
        }
    }

    /** One of the variables that are defined together, recursively; the first that is asked solves for all. */
    static final class Recursive extends Node {
        private final Fixpoint fixpoint;
        private final int index;

        Recursive(Fixpoint fixpoint, int index, boolean changing) {
            super(changing, false);
            this.fixpoint = fixpoint;
            this.index = index;
        }

        @Override
        Object eval(Evaluation evaluation, Frame frame) {
            return fixpoint.value(evaluation, index, changing);
        }
    }
}
