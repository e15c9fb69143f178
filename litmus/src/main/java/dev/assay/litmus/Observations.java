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
        for (int i = 0; i < shown.size(); i++) {
            positions.put(shown.get(i), i);
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
                int byName = x.symbol().compareTo(y.symbol());
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
        long[] values = new long[shown.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (shown.get(i)) {
                case Observable.Register register -> {
                    int thread = register.thread();
                    int index = registers.get(thread).indexOf(register.name());
                    yield execution.events().traces().get(thread).registers()[index];
                }
                case Observable.Memory m -> {
                    Variable variable = memory.variable(m.symbol());
                    int bytes = variable.array() ? variable.elementBytes() : 8;
                    long address = memory.address(m.symbol()) + (long) m.index() * variable.elementBytes();
                    yield execution.finalValue(address, bytes);
                }
            };
            values[i] = typed(shown.get(i), values[i]);
        }
        return values;
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
            case Proposition.Same same -> values[positions.get(same.left())] == values[positions.get(same.right())];
            case Proposition.Not not -> !holds(not.operand(), values);
            case Proposition.And and -> and.operands().stream().allMatch(p -> holds(p, values));
            case Proposition.Or or -> or.operands().stream().anyMatch(p -> holds(p, values));
        };
    }

    /** The reported part of the values, ready to be shown. */
    FinalState state(long[] values) {
        List<String> texts = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < reported; i++) {
            String name = memory.name(values[i]);
            Variable type = types.get(shown.get(i));
            texts.add(!name.isEmpty()
                    ? name
                    : type.signed() ? Long.toString(values[i]) : Long.toUnsignedString(values[i]));
            numbers.add(values[i]);
        }
        return new FinalState(texts, numbers);
    }
}
