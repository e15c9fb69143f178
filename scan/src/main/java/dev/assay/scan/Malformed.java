package dev.assay.scan;

/** Bytes that break the rules of their format; the walker turns it into a finding that names the entry. */
final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
        super(message, null, false, false);
    }
}
