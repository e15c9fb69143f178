package dev.assay.litmus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts what rounds show and remembers the plan that shows most of what is looked for in a second.
 *
 * @param <P> how a round is run; plans are told apart by identity
 */
final class PlanSearch<P> {
    private final LitmusTest test;
    private final Observations observations;
    private final Set<String> wanted;
    private final OutcomeCounts total;
    private final List<OutcomeCounts> shares = new ArrayList<>();
    private P best;
    private double bestRate = -1;
    private int rounds;

    /**
     * What was seen.
     *
     * @param states how often each final state was seen, in the notation {@code 0:rax=0; 1:rax=0} or {@code 0:a=0; [x]=1}
     * @param crowded whether there were more threads than processors
     * @param plan the plan that showed most
     */
    record Seen(long instances, double seconds, Map<String, Long> states, boolean crowded, String plan) {
        Map<String, Object> answer() {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("instances", instances);
            answer.put("seconds", seconds);
            answer.put("crowded", crowded);
            answer.put("plan", plan);
            answer.put("states", states);
            return answer;
        }
    }

    /** @param wanted the states to steer for; when empty, the rarer ones */
    PlanSearch(LitmusTest test, Observations observations, Set<String> wanted) {
        this.test = test;
        this.observations = observations;
        this.wanted = Set.copyOf(wanted);
        this.total = counts();
        for (int i = 0; i < test.threads().size(); i++) {
            shares.add(counts());
        }
    }

    private OutcomeCounts counts() {
        return new OutcomeCounts(observations.observables().size());
    }

    /** Where a thread counts its share of the round. */
    OutcomeCounts share(int thread) {
        return shares.get(thread);
    }

    /** Whether some plan showed what is looked for. */
    boolean found() {
        return best != null && bestRate > 0;
    }

    /** The best plan so far; null before the first round. */
    P best() {
        return best;
    }

    int rounds() {
        return rounds;
    }

    /** Takes the round's counts and compares its plan with the best so far. */
    void learn(P plan, long roundNanos) {
        OutcomeCounts round = counts();
        for (OutcomeCounts share : shares) {
            round.add(share);
            share.clear();
        }
        total.add(round);
        Map<String, Long> states = states(round);
        double found = wanted.isEmpty()
                ? states.values().stream().mapToLong(Long::longValue).sum()
                        - states.values().stream().mapToLong(Long::longValue).max().orElse(0)
                : states.entrySet().stream().filter(e -> wanted.contains(e.getKey())).mapToLong(Map.Entry::getValue)
                        .sum();
        double rate = found / roundNanos;
        if (plan == best) {
            // Measured again whenever it is used: luck does not keep it.
            bestRate = (bestRate + rate) / 2;
        } else if (rate > bestRate) {
            best = plan;
            bestRate = rate;
        }
        rounds++;
    }

    /** All that was counted, by state. */
    Map<String, Long> states() {
        return states(total);
    }

    /** Counts by state as text; states outside the test's filter are left out. */
    private Map<String, Long> states(OutcomeCounts counts) {
        Map<String, Long> states = new HashMap<>();
        counts.all().forEach((outcome, count) -> {
            long[] values = observations.typed(outcome.stream().mapToLong(Long::longValue).toArray());
            if (test.filter().isEmpty() || observations.holds(test.filter().get(), values)) {
                states.merge(observations.state(values).text(observations.reported()), count, Long::sum);
            }
        });
        return states;
    }
}
