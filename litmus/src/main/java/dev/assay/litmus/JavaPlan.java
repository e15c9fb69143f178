package dev.assay.litmus;

import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * How instances of a Java test lie and how closely the threads meet, for one round.
 *
 * @param layout which classes hold the variables
 * @param group instances between two meetings
 * @param delays how many turns of an empty loop each thread lags after a meeting
 * @param starts at which instance each thread begins when the threads do not meet
 */
record JavaPlan(JavaLayout layout, int group, int[] delays, int[] starts) {
    private static final int[] GROUPS = {1, 2, 4, 8, 16, 32, 64, 128};
    private static final int LONGEST_DELAY = 60;

    JavaPlan {
        delays = delays.clone();
        starts = starts.clone();
    }

    /**
     * A plan at random.
     *
     * @param apart whether the threads begin at different instances, since they do not all run at the same time
     */
    static JavaPlan random(RandomGenerator random, int threads, boolean apart) {
        int[] delays = new int[threads];
        int[] starts = new int[threads];
        for (int i = 0; i < threads; i++) {
            delays[i] = random.nextBoolean() ? 0 : random.nextInt(LONGEST_DELAY);
            starts[i] = apart ? random.nextInt(JavaInstances.INSTANCES) : 0;
        }
        JavaLayout[] layouts = JavaLayout.values();
        return new JavaPlan(layouts[random.nextInt(layouts.length)], GROUPS[random.nextInt(GROUPS.length)], delays,
                starts);
    }

    /** The tightest meeting, for warming up. */
    static JavaPlan tight(JavaLayout layout, int threads) {
        return new JavaPlan(layout, 1, new int[threads], new int[threads]);
    }

    @Override
    public int[] delays() {
        return delays.clone();
    }

    @Override
    public int[] starts() {
        return starts.clone();
    }

    @Override
    public String toString() {
        return "variables " + layout.name().toLowerCase(Locale.ROOT) + " group " + group + " delays "
                + Arrays.toString(delays);
    }
}
