package dev.assay.scan;

/**
 * What one top-level file may cost, so that no input takes all memory or time.
 *
 * <p>
 * The limits are far above what real artifacts need (the largest public jars inflate to about 3 GiB) and are
 * counted down while the file is read; reaching one is a finding that names the entry.
 */
final class Budget {
    /** Deflate cannot exceed 1,032 to 1 (zlib.net, "Maximum Compression Factor"); real nested archives stay near 1. */
    static final int BOMB_RATIO = 100;
    static final long BOMB_BYTES = 16L << 20;
    static final int DEPTH = 32;
    /** Class files are limited to 64 KiB per method and far smaller in practice. */
    static final int CLASS_BYTES = 8 << 20;
    static final int TEXT_BYTES = 1 << 20;
    static final int NATIVE_BYTES = 64 << 20;
    static final long NESTED_HELD = 96L << 20;

    private static final long MOST_INFLATED = 8L << 30;

    private final long mostInflated;
    private long inflatedLeft;
    private long entriesLeft = 2_000_000;
    private long heldLeft = NESTED_HELD;

    Budget() {
        this(MOST_INFLATED);
    }

    Budget(long mostInflated) {
        this.mostInflated = mostInflated;
        this.inflatedLeft = mostInflated;
    }

    void inflated(long bytes) {
        inflatedLeft -= bytes;
        if (inflatedLeft < 0) {
            throw new Exhausted("more than " + (mostInflated >> 20) + " MiB inflated from one file");
        }
    }

    void entry() {
        if (--entriesLeft < 0) {
            throw new Exhausted("more than 2,000,000 entries in one file");
        }
    }

    boolean hold(long bytes) {
        if (bytes > heldLeft) {
            return false;
        }
        heldLeft -= bytes;
        return true;
    }

    void release(long bytes) {
        heldLeft += bytes;
    }

    /** The whole file has cost too much: what was found so far stands, the rest is left unread and said so. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted(String message) {
            super(message, null, false, false);
        }
    }
}
