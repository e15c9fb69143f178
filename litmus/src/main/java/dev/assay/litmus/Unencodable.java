package dev.assay.litmus;

/** An instruction that the processor does not have in this form. */
final class Unencodable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message the rule, and what to write instead */
    Unencodable(String message) {
        super(message);
    }
}
