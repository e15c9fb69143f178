package dev.assay.litmus;

import java.util.List;
import java.util.Optional;

/**
 * What a processor was seen to do with a test, beside what the model allows.
 *
 * @param name the test's name
 * @param architecture as test files name it
 * @param model the model's name
 * @param condition the test's question
 * @param instances how many times the test was run
 * @param seconds how long that took, setting up and counting included
 * @param outcomes the final states, most frequent first; allowed ones that were not seen have the count 0
 * @param doubts reasons to trust this less
 * @param plan how threads met and instances lay in the most fruitful rounds
 * @param text the test itself
 * @param refusal why it was not run
 */
public record ObservedTest(String name, String architecture, String model, String condition, long instances,
        double seconds, List<Outcome> outcomes, List<RunDoubt> doubts, String plan, String text,
        Optional<String> refusal) {
    public ObservedTest {
        outcomes = List.copyOf(outcomes);
        doubts = List.copyOf(doubts);
    }

    /**
     * A final state.
     *
     * @param state in the notation {@code 0:rax=0; 1:rax=0}
     * @param count how often it was seen
     * @param allowed whether the model allows it
     * @param interesting whether sequential consistency does not allow it, or the test asks for it
     */
    public record Outcome(String state, long count, boolean allowed, boolean interesting) {}

    /** Whether something was seen that the model forbids. */
    public boolean contradictsModel() {
        return outcomes.stream().anyMatch(outcome -> !outcome.allowed() && outcome.count() > 0);
    }
}
