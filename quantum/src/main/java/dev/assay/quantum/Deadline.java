package dev.assay.quantum;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** When a search must end, by a clock that never goes back. Every stage asks it often; once passed it stays passed. */
final class Deadline implements BooleanSupplier {
    private final LongSupplier nanos;
    private final long until;
    private volatile boolean passed;

    Deadline(LongSupplier nanos, long until) {
        this.nanos = nanos;
        this.until = until;
    }

    @Override
    public boolean getAsBoolean() {
        if (!passed && nanos.getAsLong() - until > 0) {
            passed = true;
        }
        return passed;
    }

    /** Whether anyone was told to end. */
    boolean passed() {
        return passed;
    }
}
