package dev.assay.decide;

/** What is wrong with what a user brought: a command, a jar, a claim, a profile. Rule, actual value, remedy. */
public final class DecideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DecideException(String message) {
        super(message);
    }

    public DecideException(String message, Throwable cause) {
        super(message, cause);
    }
}
