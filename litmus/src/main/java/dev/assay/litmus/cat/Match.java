package dev.assay.litmus.cat;

import dev.assay.litmus.cat.Values.CollectionValue;
import dev.assay.litmus.cat.Values.Frame;
import dev.assay.litmus.cat.Values.TupleValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** match on a set. */
final class Match extends Node {
    private final Place place;
    private final Node subject;
    private final Node whenEmpty;
    private final Node whenNot;

    Match(Place place, Node subject, Node whenEmpty, Node whenNot) {
        super(true, subject.local || whenEmpty.local || whenNot.local);
        this.place = place;
        this.subject = subject;
        this.whenEmpty = whenEmpty;
        this.whenNot = whenNot;
    }

    @Override
    Object eval(Evaluation evaluation, Frame frame) {
        Object value = subject.eval(evaluation, frame);
        Object first;
        Object rest;
        switch (value) {
            case EventSet set when set.bits() != 0 -> {
                long lowest = Long.lowestOneBit(set.bits());
                first = new EventSet(lowest);
                rest = new EventSet(set.bits() & ~lowest);
            }
            case Relation relation when !relation.isEmpty() -> {
                int from = Long.numberOfTrailingZeros(relation.domain());
                long to = Long.lowestOneBit(relation.row(from));
                first = new TupleValue(List.of(new EventSet(1L << from), new EventSet(to)));
                rest = relation.difference(Relation.cross(evaluation.size(), 1L << from, to));
            }
            case CollectionValue collection when !collection.elements().isEmpty() -> {
                first = collection.elements().iterator().next();
                Set<Object> others = new LinkedHashSet<>(collection.elements());
                others.remove(first);
                rest = new CollectionValue(others);
            }
            case EventSet _,Relation _,CollectionValue _ -> {
                return whenEmpty.eval(evaluation, frame);
            }
            default -> throw CatException.at(place, "a set is needed here, but this is " + Values.kind(value));
        }
        return whenNot.eval(evaluation, new Frame(new Object[]{first, rest}, frame));
    }
}
