package dev.assay.litmus;

/** A test, model or request that cannot be used as it stands; the message says where, what and what to do. */
public final class LitmusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LitmusException(String message) {
        super(message);
    }

    /** Something wrong at a place in a text; lines and columns count from 1. */
    static LitmusException at(String source, int line, int column, String message) {
        return new LitmusException(source + ":" + line + ":" + column + ": " + message);
    }
}
