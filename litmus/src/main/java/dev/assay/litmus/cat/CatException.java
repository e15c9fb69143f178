package dev.assay.litmus.cat;

/** A model that cannot be used; the message says where, what and what to do. */
public final class CatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CatException(String message) {
        super(message);
    }

    static CatException at(Place place, String message) {
        return new CatException(place + ": " + message);
    }
}
