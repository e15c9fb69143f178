package dev.assay.bpf;

/** What stands between a request and its answer; the message says the rule, the actual value and the remedy. */
public abstract sealed class BpfException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private BpfException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Bytes that are not what they claim to be: ELF or BTF with a wrong length, offset or kind. */
    public static final class Malformed extends BpfException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null);
        }

        Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Something asked for by name that is not there: a type, a field, a file. */
    public static final class NotFound extends BpfException {
        private static final long serialVersionUID = 1L;

        NotFound(String message) {
            super(message, null);
        }

        NotFound(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** An object that is well formed and uses what this loader does not take, by decision. */
    public static final class Unsupported extends BpfException {
        private static final long serialVersionUID = 1L;

        Unsupported(String message) {
            super(message, null);
        }
    }

    /** The kernel said no: permission, a missing feature, or its verifier. */
    public static final class Refused extends BpfException {
        private static final long serialVersionUID = 1L;
        private final int errno;

        Refused(String message, int errno) {
            super(message, null);
            this.errno = errno;
        }

        /** The errno that the kernel left. */
        public int errno() {
            return errno;
        }
    }
}
