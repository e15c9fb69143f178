package dev.assay.litmus;

/**
 * What became of a way to access memory.
 *
 * @param at which
 * @param code how the access was executed
 * @param verdict what happened
 * @param detail the exception or the signal; empty for the others
 * @param seen what the loads held; nothing for accesses that could not be made
 */
public record TearingRow(TearingCase at, Code code, Verdict verdict, String detail, Tally seen) {
    /** How Java code, or code of our own, is executed. */
    public enum Code {
        /** By C2, the JVM's optimising compiler; other JVMs' best compiler. */
        C2("C2"),
        /** By C1, the compiler whose code runs while a program warms up. */
        C1("C1"),
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
        /** The loads did not meet both stored values often, so they prove nothing. */
        UNCHANGED("saw no change"),
        /** The JVM did not compile the loops, or did not keep them compiled, so nothing was learnt about compiled code. */
        NOT_COMPILED("not compiled"),
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
