package dev.assay.litmus.cat;

import dev.assay.litmus.cat.Expression.Binary;
import dev.assay.litmus.cat.Values.CollectionValue;
import dev.assay.litmus.cat.Values.Frame;
import dev.assay.litmus.cat.Values.TupleValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Two values and an operator between them. */
final class Combine extends Node {
    private final Place place;
    private final Binary operator;
    private final Node left;
    private final Node right;

    Combine(Place place, Binary operator, Node left, Node right) {
        super(left.changing || right.changing, left.local || right.local);
        this.place = place;
        this.operator = operator;
        // What stays the same under something that changes is kept.
        this.left = changing && !left.changing ? left.kept() : left;
        this.right = changing && !right.changing ? right.kept() : right;
    }

    Binary operator() {
        return operator;
    }

    Node left() {
        return left;
    }

    Node right() {
        return right;
    }

    @Override
    Object eval(Evaluation evaluation, Frame frame) {
        if (operator == Binary.SEQUENCE) {
            if (left instanceof Node.OnSet on) {
                return Values.relation(evaluation, place, right.eval(evaluation, frame))
                        .from(on.set(evaluation, frame));
            }
            if (right instanceof Node.OnSet on) {
                return Values.relation(evaluation, place, left.eval(evaluation, frame))
                        .to(on.set(evaluation, frame));
            }
        }
        return apply(evaluation, left.eval(evaluation, frame), right.eval(evaluation, frame));
    }

    private Object apply(Evaluation evaluation, Object a, Object b) {
        if (a instanceof CollectionValue || b instanceof CollectionValue || operator == Binary.ADD) {
            if (!(Values.isNothing(a) && (b instanceof EventSet || b instanceof Relation))
                    && !(Values.isNothing(b) && (a instanceof EventSet || a instanceof Relation))
                    || operator == Binary.ADD) {
                return collections(evaluation, a, b);
            }
        }
        boolean sets = operator == Binary.CROSS || (a instanceof EventSet || Values.isNothing(a))
                && (b instanceof EventSet || Values.isNothing(b)) && operator != Binary.SEQUENCE;
        if (sets) {
            long x = Values.set(place, a);
            long y = Values.set(place, b);
            return switch (operator) {
                case UNION -> new EventSet(x | y);
                case INTERSECTION -> new EventSet(x & y);
                case DIFFERENCE -> new EventSet(x & ~y);
                case CROSS -> Relation.cross(evaluation.size(), x, y);
                case SEQUENCE, ADD -> throw new IllegalStateException("sets have no " + operator);
            };
        }
        Relation x = Values.relation(evaluation, place, a);
        Relation y = Values.relation(evaluation, place, b);
        return switch (operator) {
            case UNION -> x.union(y);
            case INTERSECTION -> x.intersection(y);
            case DIFFERENCE -> x.difference(y);
            case SEQUENCE -> x.sequence(y);
            case CROSS, ADD -> throw new IllegalStateException("relations have no " + operator);
        };
    }

    private Object collections(Evaluation evaluation, Object a, Object b) {
        if (operator == Binary.ADD) {
            if (b instanceof Relation relation && a instanceof TupleValue pair && pair.elements().size() == 2) {
                long from = Values.set(place, pair.elements().get(0));
                return relation
                        .union(Relation.cross(evaluation.size(), from, Values.set(place, pair.elements().get(1))));
            }
            if (b instanceof EventSet set && a instanceof EventSet element) {
                return new EventSet(set.bits() | element.bits());
            }
            Set<Object> all = new LinkedHashSet<>(List.of(a));
            all.addAll(collection(b).elements());
            return new CollectionValue(all);
        }
        Set<Object> result = new LinkedHashSet<>(collection(a).elements());
        switch (operator) {
            case UNION -> result.addAll(collection(b).elements());
            case INTERSECTION -> result.retainAll(collection(b).elements());
            case DIFFERENCE -> result.removeAll(collection(b).elements());
            case SEQUENCE, CROSS, ADD ->
                throw CatException.at(place, "sets of values cannot be put in sequence or multiplied");
        }
        return new CollectionValue(result);
    }

    private CollectionValue collection(Object value) {
        if (value instanceof CollectionValue collection) {
            return collection;
        }
        throw CatException.at(place, "a set of values is needed here, but this is " + Values.kind(value));
    }
}
