package dev.assay.quantum;

/** A device description that cannot be read or makes no sense. */
public final class DeviceException extends QuantumException {
    private static final long serialVersionUID = 1L;

    DeviceException(String message) {
        super(message);
    }
}
