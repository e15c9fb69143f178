package dev.assay.litmus;

/** Reads and writes the variables of many instances; {@link JavaStateWriter} makes the classes, which have a loader of their own. */
public interface JavaStore {
    /** Gives every variable of the instances from {@code from} to {@code to} its initial value. */
    void reset(Object[][] states, int[] initial, int from, int to);

    /** Copies every variable of these instances to {@code finals}, by variable and instance. */
    void copy(Object[][] states, int[][] finals, int from, int to);
}
