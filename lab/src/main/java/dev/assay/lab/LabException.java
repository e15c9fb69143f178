package dev.assay.lab;

/** What the laboratory refuses or cannot do. The message says the rule, the actual value and the remedy. */
public abstract sealed class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private LabException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What was asked for is wrong. */
    public static final class Usage extends LabException {
        private static final long serialVersionUID = 1L;

        public Usage(String message) {
            super(message, null);
        }
    }

    /** The archive cannot be written or read. */
    public static final class Archive extends LabException {
        private static final long serialVersionUID = 1L;

        public Archive(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
