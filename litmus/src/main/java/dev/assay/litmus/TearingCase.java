package dev.assay.litmus;

/**
 * One way to access memory: what is accessed, how wide, by which mode, and where.
 *
 * @param memory the kind of memory
 * @param bits the width of an access: 16, 32, 64 or 128
 * @param mode how it is accessed
 * @param place where it lies relative to lines and pages
 * @param offset its distance in bytes from the start of a line (from the end of the array's header for heap memory)
 */
public record TearingCase(Kind memory, int bits, Mode mode, Place place, int offset) {
    /** Kinds of memory, and the way by which Java reaches them. */
    public enum Kind {
        /** An array of the accessed type, through its element VarHandle. */
        HEAP_ARRAY("heap array"),
        /** A byte array, through a byte-array view VarHandle. */
        BYTE_ARRAY_VIEW("byte-array view"),
        /** A direct buffer, through a byte-buffer view VarHandle. */
        DIRECT("direct buffer"),
        /** A mapped file, as a memory segment. */
        MAPPED("mapped file"),
        /** Native memory, as a memory segment. */
        NATIVE("native memory"),
        /** Native memory, by machine code of our own. */
        MACHINE_CODE("machine code");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What people call it. */
        public String words() {
            return words;
        }
    }

    /** Access modes. */
    public enum Mode {
        /** {@code get} and {@code set}. */
        PLAIN("plain"),
        /** {@code getOpaque} and {@code setOpaque}. */
        OPAQUE("opaque"),
        /** {@code getAcquire} and {@code setRelease}. */
        ACQUIRE_RELEASE("acquire/release"),
        /** {@code getVolatile} and {@code setVolatile}. */
        VOLATILE("volatile"),
        /** {@code compareAndSet}, read by {@code getVolatile}. */
        CAS("CAS"),
        /** Machine code that demands alignment: movdqa. */
        ALIGNED_VECTOR("movdqa"),
        /** Machine code that does not: movdqu. */
        VECTOR("movdqu");

        private final String words;

        Mode(String words) {
            this.words = words;
        }

        /** What people call it. */
        public String words() {
            return words;
        }
    }

    /** Where an access lies. */
    public enum Place {
        /** Aligned to its own width. */
        ALIGNED("aligned"),
        /** Misaligned, but inside one cache line of 64 bytes. */
        INSIDE_LINE("inside a line"),
        /** Across the border of two lines. */
        ACROSS_LINE("across a line"),
        /** Across the border of two pages. */
        ACROSS_PAGE("across a page"),
        /** In heap memory, where addresses are not known: every position of this misalignment in a few lines. */
        ANYWHERE("misaligned in the heap");

        private final String words;

        Place(String words) {
            this.words = words;
        }

        /** What people call it. */
        public String words() {
            return words;
        }
    }
}
