package dev.assay.litmus.cat;

import dev.assay.litmus.cat.Values.BuiltIn;
import dev.assay.litmus.cat.Values.CollectionValue;
import dev.assay.litmus.cat.Values.TupleValue;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The functions that cat has without a definition. */
final class BuiltIns {
    private static final int MAXIMUM_ORDERS = 50_000;

    private static final Map<String, BuiltIn> FUNCTIONS = Map.of(
            "domain", (evaluation, place, v) -> new EventSet(Values.relation(evaluation, place, v).domain()),
            "range", (evaluation, place, v) -> new EventSet(Values.relation(evaluation, place, v).range()),
            "toid", (evaluation, place, v) -> Relation.identity(evaluation.size(), Values.set(place, v)),
            "classes", BuiltIns::classes,
            "classes-loc", BuiltIns::byLocation,
            "partition", BuiltIns::byLocation,
            "linearisations", BuiltIns::linearisations,
            "linearizations", BuiltIns::linearisations);

    private BuiltIns() {}

    static Optional<Node> named(String name) {
        return Optional.ofNullable(FUNCTIONS.get(name)).map(Node.Constant::new);
    }

    private static Object classes(Evaluation evaluation, Place place, Object value) {
        Relation relation = Values.relation(evaluation, place, value);
        Set<Object> classes = new LinkedHashSet<>();
        for (long rest = relation.domain(); rest != 0; rest &= rest - 1) {
            classes.add(new EventSet(relation.row(Long.numberOfTrailingZeros(rest))));
        }
        return new CollectionValue(classes);
    }

    private static Object byLocation(Evaluation evaluation, Place place, Object value) {
        long set = Values.set(place, value);
        Relation location = Values.relation(evaluation, place,
                evaluation.candidate().base("loc").orElse(Values.NOTHING));
        Set<Object> classes = new LinkedHashSet<>();
        for (long rest = set; rest != 0; rest &= rest - 1) {
            classes.add(new EventSet(location.row(Long.numberOfTrailingZeros(rest)) & set));
        }
        return new CollectionValue(classes);
    }

    /** All strict total orders of a set that contain a relation. */
    private static Object linearisations(Evaluation evaluation, Place place, Object value) {
        if (!(value instanceof TupleValue pair) || pair.elements().size() != 2) {
            throw CatException.at(place, "linearisations takes a set and a relation");
        }
        long set = Values.set(place, pair.elements().get(0));
        Relation order = Values.relation(evaluation, place, pair.elements().get(1)).closure();
        Set<Object> orders = new LinkedHashSet<>();
        extend(evaluation, place, order, set, 0, new long[evaluation.size()], orders);
        return new CollectionValue(orders);
    }

    private static void extend(Evaluation evaluation, Place place, Relation order, long left, long done, long[] rows,
            Set<Object> orders) {
        if (left == 0) {
            if (orders.size() >= MAXIMUM_ORDERS) {
                throw CatException.at(place, "there are more than " + MAXIMUM_ORDERS + " orders of these events");
            }
            orders.add(new Relation(rows.clone()));
            return;
        }
        for (long rest = left; rest != 0; rest &= rest - 1) {
            int next = Long.numberOfTrailingZeros(rest);
            boolean minimal = true;
            for (long others = left; others != 0 && minimal; others &= others - 1) {
                minimal = !order.contains(Long.numberOfTrailingZeros(others), next);
            }
            if (minimal) {
                long[] extended = rows.clone();
                for (long before = done; before != 0; before &= before - 1) {
                    extended[Long.numberOfTrailingZeros(before)] |= 1L << next;
                }
                extend(evaluation, place, order, left & ~(1L << next), done | 1L << next, extended, orders);
            }
        }
    }
}
