package dev.assay.litmus;

/** What generated Java actors call besides VarHandles. Public, since generated classes have a loader of their own. */
public final class JavaArithmetic {
    /** A loop that waits for another thread is over long before. */
    static final int MAXIMUM_ROUNDS = 5_000_000;
    private static final int ROUNDS_BETWEEN_YIELDS = 4096;

    private JavaArithmetic() {}

    /** Division as the model computes it: by 0 it gives 0. */
    public static int divide(int dividend, int divisor) {
        return divisor == 0 ? 0 : dividend / divisor;
    }

    /** Ends a loop that never ends by itself, as one over a plain read does once the compiler has moved the read out. */
    public static void round(int rounds) {
        if (rounds % ROUNDS_BETWEEN_YIELDS == 0) {
            Thread.yield();
        }
        if (rounds > MAXIMUM_ROUNDS) {
            throw new LitmusException("a loop went round " + MAXIMUM_ROUNDS
                    + " times and was ended: what it waits for never came, or the compiler reads it only once");
        }
    }
}
