package dev.assay.litmus;

/** One thread of a Java test over many instances; {@link JavaActorWriter} makes the classes, which have a loader of their own. */
public interface JavaActor {
    /**
     * Runs the instances from {@code from} to {@code to}.
     *
     * @param states per class of state, one object per instance
     * @param results the observed locals of each instance, one instance after the other
     */
    void run(Object[][] states, int[] results, int from, int to);
}
