package dev.assay.litmus;

import dev.assay.litmus.Histories.History;
import dev.assay.litmus.cat.CatJudge;
import dev.assay.litmus.cat.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Decides a test by a model: makes every candidate execution that the model might accept and asks the model. */
final class Decider {
    private static final long MAXIMUM_CANDIDATES = 5_000_000;

    private final LitmusTest test;
    private final CatJudge judge;
    private final Memory memory;
    private final Observations observations;
    private final Unfolding unfolding;
    private final Shapes shapes = new Shapes();
    private final TreeMap<FinalState, Boolean> states = new TreeMap<>();
    private final TreeSet<String> flags = new TreeSet<>();
    private final List<History> histories = new ArrayList<>();
    private List<List<History>> options = List.of();
    private long positive;
    private long negative;
    private long candidates;
    private Execution witness;
    private Execution counter;
    private Execution rejected;
    private String rejectedBy = "";

    Decider(LitmusTest test, CatJudge judge, int unroll) {
        this.test = test;
        this.judge = judge;
        this.memory = new Memory(test);
        this.observations = new Observations(test, memory);
        this.unfolding = new Unfolding(test, memory, observations.registers(), judge.requiresCoherence(), unroll);
    }

    Decision decide() {
        new Combiner(unfolding, memory, judge.requiresCoherence(), judge.requiresAtomicity(), this::fill).combine();
        return new Decision(test, observations.reported(), states, positive, negative, candidates,
                unfolding.truncated(),
                unfolding.wild(), List.copyOf(flags), Optional.ofNullable(witness), Optional.ofNullable(counter),
                Optional.ofNullable(rejected), rejectedBy);
    }

    private void fill(List<Trace> traces) {
        Skeleton skeleton = new Skeleton(memory, traces, shapes.of(traces));
        List<List<History>> all = new ArrayList<>();
        for (int cell = 0; cell < skeleton.cells(); cell++) {
            List<History> some = Histories.of(skeleton, cell, judge.requiresCoherence(),
                    judge.requiresAtomicity());
            if (some.isEmpty()) {
                return;
            }
            all.add(some);
        }
        options = all;
        histories.clear();
        choose(skeleton, 0);
    }

    private void choose(Skeleton skeleton, int cell) {
        if (cell == skeleton.cells()) {
            judge(new Execution(skeleton, List.copyOf(histories)));
            return;
        }
        for (History history : options.get(cell)) {
            histories.add(history);
            choose(skeleton, cell + 1);
            histories.removeLast();
        }
    }

    private void judge(Execution execution) {
        if (++candidates > MAXIMUM_CANDIDATES) {
            throw new LitmusException(test.name() + " has more than " + MAXIMUM_CANDIDATES
                    + " candidate executions; tests with fewer accesses to one location can be decided");
        }
        long[] values = observations.values(execution);
        if (test.filter().isPresent() && !observations.holds(test.filter().get(), values)) {
            return;
        }
        boolean holds = observations.holds(test.condition().proposition(), values);
        Judgement judgement = judge.judge(execution);
        if (!judgement.allowed()) {
            if (holds && rejected == null) {
                rejected = execution;
                rejectedBy = judgement.failed().orElse("");
            }
            return;
        }
        flags.addAll(judgement.flags());
        states.put(observations.state(values), holds);
        if (holds) {
            positive++;
            witness = witness == null ? execution : witness;
        } else {
            negative++;
            counter = counter == null ? execution : counter;
        }
    }
}
