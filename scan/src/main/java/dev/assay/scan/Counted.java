package dev.assay.scan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what passes, and leaves the stream beneath open. */
final class Counted extends FilterInputStream {
    private final Budget budget;

    Counted(InputStream stream, Budget budget) {
        super(stream);
        this.budget = budget;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count > 0) {
            budget.inflated(count);
        }
        return count;
    }

    @Override
    public void close() {}
}
