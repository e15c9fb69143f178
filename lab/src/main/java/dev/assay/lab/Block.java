package dev.assay.lab;

import java.util.List;
import java.util.Optional;

/**
 * One round of trials: every variant once, in random order, close in time, or all at once on separate processors (a
 * duet).
 *
 * @param number counts the blocks of an experiment from 1
 * @param seed of the order and of the workloads
 * @param duet whether the trials ran at the same time
 * @param trials in the order in which they were started
 * @param surroundings the worst over the trials
 * @param discarded why the block was set aside; empty when it counts
 */
public record Block(int number, long seed, boolean duet, List<Trial> trials, Surroundings surroundings,
        Optional<String> discarded) {
    public Block {
        trials = List.copyOf(trials);
    }

    public boolean counts() {
        return discarded.isEmpty();
    }

    /** The usable observation of a variant in this block. */
    Optional<Observation> of(String variant) {
        return trials.stream().filter(t -> t.variant().equals(variant)).findFirst().flatMap(Trial::observation);
    }

    Block takenBack() {
        return new Block(number, seed, duet, trials, surroundings, Optional.empty());
    }

    Block setAside(String reason) {
        return new Block(number, seed, duet, trials, surroundings, Optional.of(reason));
    }
}
