package dev.assay.litmus;

/**
 * The question of a test.
 *
 * @param quantifier how the proposition is meant
 * @param proposition about the final state
 * @param text as written, on one line
 */
public record Condition(Quantifier quantifier, Proposition proposition, String text) {
    /** How a condition's proposition is meant. */
    public enum Quantifier {
        /** Some execution ends in such a state. */
        EXISTS("exists"),
        /** No execution ends in such a state. */
        NOT_EXISTS("~exists"),
        /** All executions end in such a state. */
        FORALL("forall");

        private final String word;

        Quantifier(String word) {
            this.word = word;
        }

        /** The word in a test file. */
        public String word() {
            return word;
        }
    }
}
