package dev.assay.scan;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Streams of single compressed files: image layers, tars. A dictionary too large to hold is refused by its library. */
final class Decompression {
    private static final int BUFFER = 64 << 10;
    /** xz -9 needs 65 MiB, the same as zstd's largest window without its option for longer ones (128 MiB at most). */
    private static final int MOST_XZ_KIB = 128 << 10;

    private Decompression() {}

    static boolean reads(FileKind kind) {
        return switch (kind) {
            case GZIP, BZIP2, XZ, ZSTD -> true;
            case ELF, MACH_O, PE, ARCHIVE, CLASS, ZIP, JMOD, TAR, TEXT, OTHER -> false;
        };
    }

    /** The bytes behind a compressed stream; whatever goes wrong in them is an {@link IOException}. */
    static InputStream stream(FileKind kind, InputStream compressed) throws IOException {
        try {
            return new Guarded(opened(kind, compressed));
        } catch (IllegalStateException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private static InputStream opened(FileKind kind, InputStream compressed) throws IOException {
        InputStream buffered = new BufferedInputStream(compressed, BUFFER);
        return switch (kind) {
            case GZIP -> new GZIPInputStream(buffered, BUFFER);
            case BZIP2 -> new BZip2CompressorInputStream(buffered, true);
            case XZ -> XZCompressorInputStream.builder().setInputStream(buffered).setDecompressConcatenated(true)
                    .setMemoryLimitKiB(MOST_XZ_KIB).get();
            case ZSTD -> new ZstdCompressorInputStream(buffered);
            case ELF, MACH_O, PE, ARCHIVE, CLASS, ZIP, JMOD, TAR, TEXT, OTHER ->
                throw new AssertionError(kind + " is not compressed");
        };
    }

    private static IOException damaged(RuntimeException e) {
        return new IOException("damaged compressed data: "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()), e);
    }

    /** Damaged data can make the libraries fail with what they throw for a caller's mistakes. */
    private static final class Guarded extends InputStream {
        private final InputStream in;

        Guarded(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                return in.read(bytes, from, length);
            } catch (IllegalStateException | IndexOutOfBoundsException | IllegalArgumentException e) {
                throw damaged(e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
