package dev.assay.scan;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes that can be read at any position: a file, or an archive within an archive that is held in memory. */
sealed interface RandomBytes extends Closeable permits RandomBytes.Held, RandomBytes.Slice, FileBytes {
    long size();

    void read(long position, byte[] into, int offset, int length) throws IOException;

    @Override
    void close() throws IOException;

    default byte[] read(long position, int length) throws IOException {
        if (position < 0 || length < 0 || position + length > size()) {
            throw new EOFException(
                    "it ends after " + size() + " bytes where byte " + (position + length) + " is needed");
        }
        byte[] bytes = new byte[length];
        read(position, bytes, 0, length);
        return bytes;
    }

    static RandomBytes open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new FileBytes(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    record Held(byte[] bytes) implements RandomBytes {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long position, byte[] into, int offset, int length) {
            System.arraycopy(bytes, Math.toIntExact(position), into, offset, length);
        }

        @Override
        public void close() {}
    }

    /** A stored entry of an archive is a stretch of the archive. */
    record Slice(RandomBytes outer, long start, long size) implements RandomBytes {
        @Override
        public void read(long position, byte[] into, int offset, int length) throws IOException {
            outer.read(start + position, into, offset, length);
        }

        @Override
        public void close() {}
    }
}
