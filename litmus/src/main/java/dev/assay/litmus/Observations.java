package dev.assay.litmus;

import dev.assay.litmus.InitialState.ThreadRegister;
import dev.assay.litmus.InitialState.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a test observes, where the values come from, and how they are shown. */
final class Observations {
    private final LitmusTest test;
    private final Memory memory;
    private final List<Observable> shown;
    private final List<List<String>> registers = new ArrayList<>();
    private final Map<Observable, Integer> positions = new HashMap<>();
    private final Map<Observable, Variable> types = new HashMap<>();
    private final int reported;
    /** Where the values of each observable begin; an array has as many as elements. */
    private final int[] starts;

    Observations(LitmusTest test, Memory memory) {
        this.test = test;
        this.memory = memory;
        Set<Observable> reportedOnes = new LinkedHashSet<>();
        test.condition().proposition().observables(reportedOnes::add);
        reportedOnes.addAll(test.locations());
        List<Observable> ordered = new ArrayList<>(reportedOnes);
        ordered.sort(order());
        reported = ordered.size();
        // What only the filter mentions is computed and not reported.
        test.filter().ifPresent(f -> f.observables(o -> {
            if (reportedOnes.add(o)) {
                ordered.add(o);
            }
        }));
        shown = List.copyOf(ordered);
        for (int i = 0; i < test.threads().size(); i++) {
            registers.add(new ArrayList<>());
        }
        starts = new int[shown.size() + 1];
        for (int i = 0; i < shown.size(); i++) {
            positions.put(shown.get(i), starts[i]);
            starts[i + 1] = starts[i] + width(shown.get(i));
            if (shown.get(i) instanceof Observable.Register register
                    && !registers.get(register.thread()).contains(register.name())) {
                registers.get(register.thread()).add(register.name());
            }
            types.put(shown.get(i), type(shown.get(i)));
        }
    }

    private static Comparator<Observable> order() {
        return (a, b) -> {
            if (a instanceof Observable.Register x && b instanceof Observable.Register y) {
                return new ThreadRegister(x.thread(), x.name()).compareTo(new ThreadRegister(y.thread(), y.name()));
            }
            if (a instanceof Observable.Memory x && b instanceof Observable.Memory y) {
                // Whole variables before elements.
                int byForm = Boolean.compare(x.indexed(), y.indexed());
                int byName = byForm != 0 ? byForm : x.symbol().compareTo(y.symbol());
                return byName != 0 ? byName : Integer.compare(x.index(), y.index());
            }
            return a instanceof Observable.Register ? -1 : 1;
        };
    }

    private Variable type(Observable observable) {
        return switch (observable) {
            case Observable.Register r -> test.initial().registers().entrySet().stream()
                    .filter(e -> e.getKey().equals(new ThreadRegister(r.thread(), r.name())) && e.getValue().typed())
                    .map(Map.Entry::getValue).findFirst().orElse(Variable.ZERO);
            case Observable.Memory m -> memory.variable(m.symbol());
        };
    }

    /** The observables in the order in which they are reported. */
    List<Observable> reported() {
        return shown.subList(0, reported);
    }

    /** The same, then those that only the filter mentions. */
    List<Observable> observables() {
        return shown;
    }

    /** Values read from a machine, one for each observable, as the observables' types hold them. */
    long[] typed(long[] raw) {
        long[] values = raw.clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = typed(shown.get(i), values[i]);
        }
        return values;
    }

    /** The registers of each thread whose final values are needed. */
    List<List<String>> registers() {
        return registers;
    }

    /** The raw final values of an execution, in order; those of the filter last. */
    long[] values(Execution execution) {
        long[] values = new long[starts[shown.size()]];
        for (int i = 0; i < shown.size(); i++) {
            Observable observable = shown.get(i);
            for (int at = starts[i]; at < starts[i + 1]; at++) {
                values[at] = typed(observable, value(execution, observable, at - starts[i]));
            }
        }
        return values;
    }

    private long value(Execution execution, Observable observable, int element) {
        return switch (observable) {
            case Observable.Register register -> {
                int index = registers.get(register.thread()).indexOf(register.name());
                yield execution.events().traces().get(register.thread()).registers()[index];
            }
            case Observable.Memory m -> {
                Variable variable = memory.variable(m.symbol());
                int bytes = variable.array() ? variable.elementBytes() : 8;
                long address = memory.address(m.symbol()) + (long) (m.index() + element) * variable.elementBytes();
                yield execution.finalValue(address, bytes);
            }
        };
    }

    /** How many values an observable has: a whole array has all its elements'. */
    private int width(Observable observable) {
        return observable instanceof Observable.Memory m && !m.indexed() && memory.variable(m.symbol()).array()
                ? memory.variable(m.symbol()).elements().size()
                : 1;
    }

    /** A value as the observable's type holds it; addresses are never cut. */
    private long typed(Observable observable, long value) {
        if (!memory.name(value).isEmpty()) {
            return value;
        }
        Variable type = types.get(observable);
        int shift = 64 - 8 * type.elementBytes();
        return type.signed() ? value << shift >> shift : value << shift >>> shift;
    }

    boolean holds(Proposition proposition, long[] values) {
        return switch (proposition) {
            case Proposition.Constant constant -> constant.holds();
            case Proposition.Equal equal -> {
                int at = positions.get(equal.observable());
                yield values[at] == typed(equal.observable(), memory.value(equal.value()));
            }
            case Proposition.EqualElements equal -> equalElements(equal, values);
            case Proposition.Same same -> values[positions.get(same.left())] == values[positions.get(same.right())];
            case Proposition.Not not -> !holds(not.operand(), values);
            case Proposition.And and -> and.operands().stream().allMatch(p -> holds(p, values));
            case Proposition.Or or -> or.operands().stream().anyMatch(p -> holds(p, values));
        };
    }

    private boolean equalElements(Proposition.EqualElements equal, long[] values) {
        int start = positions.get(equal.array());
        int width = width(equal.array());
        if (width != equal.values().size()) {
            return false;
        }
        for (int i = 0; i < width; i++) {
            if (values[start + i] != typed(equal.array(), memory.value(equal.values().get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** The reported part of the values, ready to be shown. */
    FinalState state(long[] values) {
        List<String> texts = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < reported; i++) {
            List<String> elements = new ArrayList<>();
            for (int at = starts[i]; at < starts[i + 1]; at++) {
                elements.add(text(shown.get(i), values[at]));
                numbers.add(values[at]);
            }
            boolean array = shown.get(i) instanceof Observable.Memory m && !m.indexed()
                    && memory.variable(m.symbol()).array();
            texts.add(array ? "{" + String.join(",", elements) + "}" : elements.getFirst());
        }
        return new FinalState(texts, numbers);
    }

    private String text(Observable observable, long value) {
        String name = memory.name(value);
        return !name.isEmpty()
                ? name
                : types.get(observable).signed() ? Long.toString(value) : Long.toUnsignedString(value);
    }
}
