package dev.assay.litmus.cat;

/**
 * A set of events.
 *
 * @param bits bit i says whether event i is in the set
 */
public record EventSet(long bits) {
    /** The set without events. */
    public static final EventSet EMPTY = new EventSet(0);
}
