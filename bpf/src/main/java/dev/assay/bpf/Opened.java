package dev.assay.bpf;

import java.util.ArrayList;
import java.util.List;

/** What was opened one after the other, closed in reverse; a failure keeps nothing else from being closed. */
final class Opened implements AutoCloseable {
    private final List<AutoCloseable> all = new ArrayList<>();

    <T extends AutoCloseable> T add(T one) {
        all.add(one);
        return one;
    }

    /** Those of this type that are open, in the order in which they were opened. */
    <T extends AutoCloseable> List<T> of(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() {
        IllegalStateException failure = null;
        for (AutoCloseable one : all.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("closing " + one + " failed", e) : failure;
            }
        }
        all.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
