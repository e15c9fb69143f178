package dev.assay.litmus;

/**
 * What became of a way to access memory.
 *
 * @param at which
 * @param verdict what happened
 * @param detail the exception or the signal; empty for the others
 * @param tries how many loads were checked
 * @param torn how many loads held parts of two stores
 */
public record TearingRow(TearingCase at, Verdict verdict, String detail, long tries, long torn) {
    /** What can happen. */
    public enum Verdict {
        /** Every load held one whole store. */
        WHOLE("not seen to tear"),
        /** Some loads held parts of two stores. */
        TEARS("tears"),
        /** Java throws. */
        THROWS("throws"),
        /** The processor ends the process. */
        TRAPS("traps");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** What people call it. */
        public String words() {
            return words;
        }
    }
}
