package dev.assay.scan;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file of which only the stretches that are asked for are read, a window at a time: the entries of an archive most often
 * follow each other as its directory names them, so that one system call serves many. For one thread.
 */
final class FileBytes implements RandomBytes {
    private static final int WINDOW = 64 << 10;

    private final FileChannel channel;
    private final long size;
    private final byte[] window;
    private long start;
    private int filled;

    FileBytes(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        this.window = new byte[(int) Math.min(WINDOW, size)];
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
        if (length > window.length) {
            fill(position, into, offset, length);
            return;
        }
        if (position < start || position + length > start + filled) {
            filled = 0;
            // Near the end the window lies before it, for directories are read from there.
            long from = Math.clamp(position, 0, Math.max(0, size - window.length));
            int count = (int) Math.min(window.length, size - from);
            fill(from, window, 0, count);
            start = from;
            filled = count;
        }
        System.arraycopy(window, Math.toIntExact(position - start), into, offset, length);
    }

    private void fill(long position, byte[] into, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position + buffer.position() - offset);
            if (read < 0) {
                throw new EOFException("it became shorter while it was read");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
