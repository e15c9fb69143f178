package dev.assay.lab;

import dev.assay.machine.Machine;
import java.util.List;

/**
 * A question with variants, a metric and requirements: one chapter of the catalogue. Implementations have a public
 * constructor without parameters, since every trial makes its own.
 */
public interface Experiment {
    /** The question and how it is asked. */
    Card card();

    /** What is varied on this machine, the baseline first; at least two. */
    List<Variant> variants(Machine machine);

    /** What a trial runs. Called in the trial's process only. */
    Workload workload();

    /** What the machine sheet leads one to expect, to be read beside the figures. */
    default List<Expectation> expectations(Machine machine) {
        return List.of();
    }
}
