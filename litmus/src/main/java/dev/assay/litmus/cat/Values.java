package dev.assay.litmus.cat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What expressions evaluate to, besides {@link EventSet}, {@link Relation} and a tag's name. */
final class Values {
    /** The empty collection, which is also the empty set of events and the empty relation. */
    static final CollectionValue NOTHING = new CollectionValue(Set.of());

    private Values() {}

    /** Several values side by side. */
    record TupleValue(List<Object> elements) {}

    /** A set of values that are not events. */
    record CollectionValue(Set<Object> elements) {
        CollectionValue {
            elements = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(elements));
        }
    }

    /** A function with the variables that it sees. */
    record FunctionValue(int parameters, Node body, Frame frame) {}

    /** A function that is built in. */
    interface BuiltIn {
        Object apply(Evaluation evaluation, Place place, Object argument);
    }

    /** Local variables; the outer ones are in the parent. */
    static final class Frame {
        final Object[] locals;
        final Frame parent;

        Frame(Object[] locals, Frame parent) {
            this.locals = locals;
            this.parent = parent;
        }
    }

    static String kind(Object value) {
        return switch (value) {
            case EventSet _ -> "a set of events";
            case Relation _ -> "a relation";
            case TupleValue _ -> "a tuple";
            case CollectionValue _ -> "a set of values";
            case FunctionValue _ -> "a function";
            case BuiltIn _ -> "a function";
            case String _ -> "a tag";
            default -> value.getClass().getSimpleName();
        };
    }

    static Relation relation(Evaluation evaluation, Place place, Object value) {
        if (value instanceof Relation relation) {
            return relation;
        }
        if (isNothing(value) || value instanceof EventSet set && set.bits() == 0) {
            return evaluation.emptyRelation();
        }
        throw CatException.at(place, "a relation is needed here, but this is " + kind(value));
    }

    static long set(Place place, Object value) {
        if (value instanceof EventSet set) {
            return set.bits();
        }
        if (isNothing(value) || value instanceof Relation relation && relation.isEmpty()) {
            return 0;
        }
        throw CatException.at(place, "a set of events is needed here, but this is " + kind(value));
    }

    static boolean isNothing(Object value) {
        return value instanceof CollectionValue collection && collection.elements().isEmpty();
    }
}
