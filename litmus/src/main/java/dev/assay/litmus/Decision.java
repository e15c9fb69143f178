package dev.assay.litmus;

import dev.assay.litmus.Condition.Quantifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model says of a test.
 *
 * @param test the test
 * @param observables what the states list
 * @param states the allowed final states, in order, each with whether the condition's proposition holds in it
 * @param positive how many allowed executions fulfil the proposition
 * @param negative how many allowed executions do not
 * @param candidates how many candidate executions were judged
 * @param truncated whether a loop was unrolled only in part
 * @param wild whether executions were left out because they use a number as an address
 * @param flags what the model flagged
 * @param witness an allowed execution that fulfils the proposition
 * @param counter an allowed execution that does not
 * @param rejected a forbidden candidate that fulfils the proposition
 * @param rejectedBy the check that it fails
 */
record Decision(LitmusTest test, List<Observable> observables, Map<FinalState, Boolean> states, long positive,
        long negative,
        long candidates, boolean truncated, boolean wild, List<String> flags, Optional<Execution> witness,
        Optional<Execution> counter, Optional<Execution> rejected, String rejectedBy) {
    Decision {
        observables = List.copyOf(observables);
        states = new TreeMap<>(states);
        flags = List.copyOf(flags);
    }

    /** Whether the condition holds. */
    boolean ok() {
        return switch (test.condition().quantifier()) {
            case EXISTS -> positive > 0;
            case NOT_EXISTS -> positive == 0;
            case FORALL -> negative == 0;
        };
    }

    /** Whether the proposition holds in no, some or all allowed executions. */
    String observation() {
        if (positive == 0) {
            return "Never";
        }
        return negative == 0 ? "Always" : "Sometimes";
    }

    /** What the herdtools call the kind of question. */
    String kind() {
        Quantifier quantifier = test.condition().quantifier();
        return switch (quantifier) {
            case EXISTS -> "Allowed";
            case NOT_EXISTS -> "Forbidden";
            case FORALL -> "Required";
        };
    }
}
