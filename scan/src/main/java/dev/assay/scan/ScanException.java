package dev.assay.scan;

/** What stops a scan as a whole; what is wrong with one artifact is a finding instead. */
public abstract sealed class ScanException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ScanException(String message) {
        super(message);
    }

    /** What was asked cannot be done as asked: a path that is not there, an unknown target, a broken baseline. */
    public static final class Usage extends ScanException {
        private static final long serialVersionUID = 1;

        public Usage(String message) {
            super(message);
        }
    }

    /** What was asked cannot be done here, for something is not there that can be installed or built. */
    public static final class Unavailable extends ScanException {
        private static final long serialVersionUID = 1;

        public Unavailable(String message) {
            super(message);
        }
    }
}
