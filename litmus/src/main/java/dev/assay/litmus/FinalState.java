package dev.assay.litmus;

import java.util.ArrayList;
import java.util.List;

/**
 * The final values of what a test observes, in the order of its {@link Observations}, shown as the observables' types say.
 *
 * @param values the values as text, for example {@code 1} or {@code x}
 * @param numbers the same as numbers, for comparing
 */
record FinalState(List<String> values, List<Long> numbers) implements Comparable<FinalState> {
    FinalState {
        values = List.copyOf(values);
        numbers = List.copyOf(numbers);
    }

    @Override
    public int compareTo(FinalState other) {
        for (int i = 0; i < numbers.size(); i++) {
            int order = Long.compare(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The state in the notation of the herdtools, without the last semicolon. */
    String text(List<Observable> observables) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < observables.size(); i++) {
            String value = values.get(i);
            String name = observables.get(i) instanceof Observable.Memory memory && value.startsWith("{")
                    ? memory.symbol()
                    : observables.get(i).toString();
            parts.add(name + "=" + value);
        }
        return String.join("; ", parts);
    }
}
