package dev.assay.litmus.cat;

import java.util.Optional;

/**
 * A candidate execution as a model sees it: its events and the relations that it starts from.
 *
 * <p>
 * Candidates that differ only in reads-from and coherence have the same skeleton; what a model computes from the other names is kept
 * while the skeleton stays.
 */
public interface Candidate {
    /** How many events there are, 0 to 64. */
    int size();

    /** An object that stands for everything but {@code rf} and {@code co}; it is compared by identity. */
    Object skeleton();

    /** The value of a name that does not depend on reads-from and coherence: an {@link EventSet} or a {@link Relation}. */
    Optional<Object> base(String name);

    /** Reads-from: from writes to reads. */
    Relation readsFrom();

    /** Coherence: a strict total order over the writes of each location, transitively closed. */
    Relation coherence();
}
