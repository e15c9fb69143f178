package dev.assay.quantum;

/** A circuit that cannot be put on the device, or that a writer's language cannot express. */
public final class MappingException extends QuantumException {
    private static final long serialVersionUID = 1L;

    MappingException(String message) {
        super(message);
    }
}
