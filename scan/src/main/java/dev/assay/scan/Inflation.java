package dev.assay.scan;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Inflates the entries of one archive; one native inflater is kept, since making one costs as much as a small entry. */
final class Inflation implements AutoCloseable {
    private static final int STEP = 64 << 10;

    private final Inflater inflater = new Inflater(true);
    private final byte[] input = new byte[STEP];
    private byte[] lent = {};

    /** The first bytes of an entry; fewer than asked where the entry ends. */
    byte[] first(RandomBytes outer, long start, long compressed, int most, Budget budget) throws IOException {
        byte[] output = new byte[most];
        int filled = first(outer, start, compressed, output, most, budget);
        return filled == most ? output : Arrays.copyOf(output, filled);
    }

    /** The same, only to be looked at until the next entry: nothing is allocated for it. */
    Window glance(RandomBytes outer, long start, long compressed, int most, Budget budget) throws IOException {
        if (lent.length < most) {
            lent = new byte[Math.max(most, 2 * lent.length)];
        }
        return new Window(lent, 0, first(outer, start, compressed, lent, most, budget), false);
    }

    private int first(RandomBytes outer, long start, long compressed, byte[] output, int most, Budget budget)
            throws IOException {
        inflater.reset();
        int filled = 0;
        long position = start;
        long end = start + compressed;
        // 512 bytes of output need far less input than a whole entry; ask for little first.
        int ask = most <= FileKind.HEAD ? 1024 : STEP;
        try {
            while (filled < most && !inflater.finished()) {
                if (inflater.needsInput()) {
                    int count = (int) Math.min(ask, end - position);
                    if (count <= 0) {
                        throw new Malformed("its compressed data ends too early");
                    }
                    outer.read(position, input, 0, count);
                    position += count;
                    inflater.setInput(input, 0, count);
                }
                int count = inflater.inflate(output, filled, most - filled);
                if (count == 0 && inflater.needsDictionary()) {
                    throw new Malformed("its compressed data asks for a dictionary");
                }
                filled += count;
            }
        } catch (DataFormatException e) {
            throw new Malformed("its compressed data is damaged: " + e.getMessage());
        }
        budget.inflated(filled);
        return filled;
    }

    /** The whole entry as a stream with an inflater of its own, for it may be read while others are. */
    InputStream stream(RandomBytes compressed, Budget budget) {
        Inflater own = new Inflater(true);
        return new InflaterInputStream(new RandomStream(compressed), own, STEP) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                if (count > 0) {
                    budget.inflated(count);
                }
                return count;
            }

            @Override
            public void close() throws IOException {
                super.close();
                own.end();
            }
        };
    }

    @Override
    public void close() {
        inflater.end();
    }
}
