package dev.assay.litmus;

/**
 * What a reader saw of a place in which a writer stores all zeros and all ones in turn.
 *
 * @param loads how many loads were checked
 * @param zeros how many held all zeros
 * @param ones how many held all ones
 * @param changes how many differed from the load before: only there a store could have been met half-way
 */
public record Tally(long loads, long zeros, long ones, long changes) {
    /** Each value must be met so often before loads that held nothing else say anything. */
    static final long MANY = 200;
    /** And so often a load must differ from the one before. */
    static final long MANY_CHANGES = 2000;
    static final Tally NONE = new Tally(0, 0, 0, 0);

    /** Where a reader counts, in an array. */
    static final int LOADS = 0;
    static final int ZEROS = 1;
    static final int ONES = 2;
    static final int CHANGES = 3;
    static final int LAST = 4;
    /** Two more, for a reader's own use. */
    static final int FIRST_OWN = 5;
    static final int SECOND_OWN = 6;
    static final int WIDTH = 7;

    static Tally of(long[] counts) {
        return new Tally(counts[LOADS], counts[ZEROS], counts[ONES], counts[CHANGES]);
    }

    /** How many loads held parts of two stores. */
    public long torn() {
        return loads - zeros - ones;
    }

    /** Whether enough was seen: both values often, or torn ones. */
    boolean tells() {
        return Math.min(zeros, ones) >= MANY && changes >= MANY_CHANGES || torn() >= MANY;
    }

    TearingRow.Verdict verdict() {
        if (torn() > 0) {
            return TearingRow.Verdict.TEARS;
        }
        return tells() ? TearingRow.Verdict.WHOLE : TearingRow.Verdict.UNCHANGED;
    }
}
