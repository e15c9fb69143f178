package dev.assay.litmus;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A litmus test as it was read.
 *
 * @param architecture the language of the threads
 * @param name the test's name, as its file states it
 * @param information the {@code Key=value} lines of the header, for example {@code Cycle} and {@code Orig}
 * @param initial what memory and registers hold before the threads start
 * @param threads the threads, in order; the first is thread 0
 * @param locations observables that are reported besides those of the condition
 * @param filter outcomes outside of it are not considered
 * @param condition the question about the outcome
 */
public record LitmusTest(Architecture architecture, String name, Map<String, String> information, InitialState initial,
        List<LitmusThread> threads, List<Observable> locations, Optional<Proposition> filter, Condition condition) {
    public LitmusTest {
        information = Map.copyOf(information);
        threads = List.copyOf(threads);
        locations = List.copyOf(locations);
    }
}
