package dev.assay.bpf;

import java.util.ArrayList;
import java.util.List;

/** A program in its place; it runs there until this is closed. */
public final class BpfLink implements AutoCloseable {
    private final String where;
    private final List<Integer> descriptors;
    private boolean closed;

    BpfLink(String where, List<Integer> descriptors) {
        this.where = where;
        this.descriptors = List.copyOf(descriptors);
    }

    /** Where it runs. */
    public String where() {
        return where;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            List<Integer> reversed = new ArrayList<>(descriptors).reversed();
            reversed.forEach(Kernel::close);
        }
    }
}
