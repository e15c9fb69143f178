package dev.assay.litmus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recognises skeletons that differ in values alone. Sets and relations do not depend on the values that are read and written, so such
 * skeletons share them, and a model computes what follows from them once.
 */
final class Shapes {
    /** What skeletons of one shape share: the sets and relations by name. */
    static final class Shape {
        final Map<String, Object> values = new HashMap<>();
    }

    /** All of an event but its value. */
    private record Form(Action.Kind kind, long address, int size, long tags, int instance, long addressSources,
            long addressPicks, long valueSources, long valuePicks, long controlSources, long controlPicks,
            long computedFrom, long decidedBy, int updates, long orderedAfter, int access) {}

    private final IdentityHashMap<Trace, Integer> numbers = new IdentityHashMap<>();
    private final Map<List<Form>, Integer> forms = new HashMap<>();
    private final Map<List<Integer>, Shape> shapes = new HashMap<>();

    /** The shape of a combination of executions. */
    Shape of(List<Trace> traces) {
        List<Integer> key = new ArrayList<>(traces.size());
        for (Trace trace : traces) {
            key.add(numbers.computeIfAbsent(trace, this::number));
        }
        return shapes.computeIfAbsent(key, _ -> new Shape());
    }

    private int number(Trace trace) {
        List<Form> form = new ArrayList<>(trace.actions().size());
        for (Action a : trace.actions()) {
            form.add(new Form(a.kind, a.address, a.size, a.tags, a.instance, a.addressSources, a.addressPicks,
                    a.valueSources,
                    a.valuePicks, a.controlSources, a.controlPicks, a.computedFrom, a.decidedBy, a.updates,
                    a.orderedAfter, a.access));
        }
        return forms.computeIfAbsent(form, _ -> forms.size());
    }
}
