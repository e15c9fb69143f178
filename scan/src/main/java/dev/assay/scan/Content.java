package dev.assay.scan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The bytes of one file or entry, read on demand. */
sealed interface Content {
    long size();

    /** The first bytes, at most this many. */
    byte[] head(int most) throws IOException;

    /** The first bytes, valid only until the next entry is read. */
    default Window glance(int most) throws IOException {
        return Window.big(head(most));
    }

    InputStream stream() throws IOException;

    /** As bytes at any position where that costs nothing: files and stored entries. */
    default java.util.Optional<RandomBytes> random() throws IOException {
        return java.util.Optional.empty();
    }

    /** Of bytes that lie open, such as a file. */
    record Plain(RandomBytes bytes) implements Content {
        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public byte[] head(int most) throws IOException {
            return bytes.read(0, (int) Math.min(most, bytes.size()));
        }

        @Override
        public InputStream stream() {
            return new RandomStream(bytes);
        }

        @Override
        public java.util.Optional<RandomBytes> random() {
            return java.util.Optional.of(bytes);
        }
    }

    /** Of a deflated zip entry: the compressed bytes are read once and inflated as far as asked. */
    record Deflated(RandomBytes outer, long start, long compressed, long size, Budget budget, Inflation inflation)
            implements
                Content {
        @Override
        public byte[] head(int most) throws IOException {
            return inflation.first(outer, start, compressed, (int) Math.min(most, size), budget);
        }

        @Override
        public Window glance(int most) throws IOException {
            return inflation.glance(outer, start, compressed, (int) Math.min(most, size), budget);
        }

        @Override
        public InputStream stream() {
            return inflation.stream(new RandomBytes.Slice(outer, start, compressed), budget);
        }
    }

    /** Of a stream that passes once, such as a tar member: what was read ahead is kept. */
    final class Passing implements Content {
        private final InputStream rest;
        private final long size;
        private byte[] ahead = {};

        private Passing(InputStream rest, long size) {
            this.rest = rest;
            this.size = size;
        }

        static Passing of(InputStream stream, long size) {
            return new Passing(stream, size);
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public byte[] head(int most) throws IOException {
            if (most > ahead.length) {
                byte[] more = rest.readNBytes(most - ahead.length);
                byte[] all = Arrays.copyOf(ahead, ahead.length + more.length);
                System.arraycopy(more, 0, all, ahead.length, more.length);
                ahead = all;
            }
            return Arrays.copyOf(ahead, Math.min(most, ahead.length));
        }

        @Override
        public InputStream stream() {
            return new java.io.SequenceInputStream(new ByteArrayInputStream(ahead), rest);
        }
    }
}
