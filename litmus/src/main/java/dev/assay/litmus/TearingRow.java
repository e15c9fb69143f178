package dev.assay.litmus;

/**
 * What became of a way to access memory.
 *
 * @param at which
 * @param code how the access was executed
 * @param verdict what happened
 * @param detail the exception or the signal; empty for the others
 * @param tries how many loads were checked
 * @param torn how many loads held parts of two stores
 */
public record TearingRow(TearingCase at, Code code, Verdict verdict, String detail, long tries, long torn) {
    /** How Java code, or code of our own, is executed. */
    public enum Code {
        /** By C2 or another compiler of the JVM, after warm-up. */
        COMPILED("compiled"),
        /** By the interpreter. */
        INTERPRETED("interpreted"),
        /** Machine code of our own. */
        MACHINE_CODE("machine code");

        private final String words;

        Code(String words) {
            this.words = words;
        }

        /** What people call it. */
        public String words() {
            return words;
        }
    }

    /** What can happen. */
    public enum Verdict {
        /** Every load held one whole store. */
        WHOLE("not seen to tear"),
        /** The loads saw only one of the two stored values, so they prove nothing. */
        UNCHANGED("saw no change"),
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
