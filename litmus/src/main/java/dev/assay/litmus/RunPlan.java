package dev.assay.litmus;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How instances are laid out and how closely the threads meet, for one round.
 *
 * @param strideBytes from one instance to the next
 * @param skewBytes how far the variables' arrays are moved against each other
 * @param group instances between two meetings
 * @param delays how many turns of an empty loop each thread lags after a meeting
 * @param starts at which instance each thread begins, in parts of 1024 of all; the rest follows
 * @param turn by how many the threads are moved round the processors
 */
record RunPlan(int strideBytes, int skewBytes, int group, int[] delays, int[] starts, int turn) {
    static final int WHOLE = 1024;
    private static final int[] STRIDES = {4, 4, 8, 16, 64, 128};
    private static final int[] SKEWS = {0, 0, 128, 4096};
    private static final int[] GROUPS = {1, 2, 4, 8, 16, 16, 32, 64, 128};
    private static final int LONGEST_DELAY = 200;

    RunPlan {
        delays = delays.clone();
        starts = starts.clone();
    }

    /** A plan at random. In a crowd the threads never meet, so they begin at different instances instead. */
    static RunPlan random(RandomGenerator random, int threads, boolean crowded) {
        int[] delays = new int[threads];
        int[] starts = new int[threads];
        for (int i = 0; i < threads; i++) {
            delays[i] = random.nextInt(3) > 0 ? 0 : random.nextInt(LONGEST_DELAY);
            starts[i] = crowded ? random.nextInt(WHOLE) : 0;
        }
        return new RunPlan(pick(STRIDES, random), pick(SKEWS, random),
                crowded ? Integer.MAX_VALUE : pick(GROUPS, random), delays, starts, random.nextInt(threads));
    }

    /** This plan with one thing changed. */
    RunPlan varied(RandomGenerator random, boolean crowded) {
        RunPlan other = random(random, delays.length, crowded);
        int[] newDelays = delays.clone();
        int one = random.nextInt(delays.length);
        newDelays[one] = Math.max(0, newDelays[one] + random.nextInt(-10, 11));
        return switch (random.nextInt(crowded ? 2 : 5)) {
            case 0 -> new RunPlan(strideBytes, skewBytes, group, delays, other.starts, other.turn);
            case 1 -> new RunPlan(other.strideBytes, other.skewBytes, group, delays, starts, turn);
            case 2 -> new RunPlan(strideBytes, skewBytes, other.group, delays, starts, turn);
            case 3 -> new RunPlan(strideBytes, skewBytes, group, newDelays, starts, turn);
            default -> new RunPlan(strideBytes, skewBytes, group, other.delays, starts, turn);
        };
    }

    private static int pick(int[] choices, RandomGenerator random) {
        return choices[random.nextInt(choices.length)];
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
        return "stride " + strideBytes + " skew " + skewBytes + " group " + group + " delays " + Arrays.toString(delays)
                + " turn " + turn;
    }
}
