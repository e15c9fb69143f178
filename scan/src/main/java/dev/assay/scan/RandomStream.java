package dev.assay.scan;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Positioned bytes as a stream from their start. */
final class RandomStream extends InputStream {
    private final RandomBytes bytes;
    private long position;

    RandomStream(RandomBytes bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, bytes.size() - position);
        if (count <= 0) {
            return -1;
        }
        bytes.read(position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public long skip(long count) {
        long step = Math.clamp(count, 0, bytes.size() - position);
        position += step;
        return step;
    }
}
