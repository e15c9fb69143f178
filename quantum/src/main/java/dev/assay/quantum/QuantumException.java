package dev.assay.quantum;

/** What this module refuses: the rule, the actual value and what to do. */
public abstract sealed class QuantumException extends RuntimeException
        permits QasmException, DeviceException, MappingException {
    private static final long serialVersionUID = 1L;

    QuantumException(String message) {
        super(message);
    }

    QuantumException(String message, Throwable cause) {
        super(message, cause);
    }
}
