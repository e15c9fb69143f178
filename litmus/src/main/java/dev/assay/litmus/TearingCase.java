package dev.assay.litmus;

import java.util.List;

/**
 * One way to access memory: what is accessed, how wide, by which mode, and where.
 *
 * @param memory the kind of memory
 * @param bits the width of an access: 16, 32, 64 or 128
 * @param mode how it is accessed
 * @param place where it lies relative to lines and pages
 * @param offset its distance in bytes from the start of a page
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
        /** Machine code of x86-64 that demands alignment. */
        MOVDQA("movdqa"),
        /** Machine code of x86-64 that does not. */
        MOVDQU("movdqu"),
        /** As movdqa, in AVX's encoding: where there is AVX, Intel and AMD promise that it is whole when aligned. */
        VMOVDQA("vmovdqa"),
        /** As movdqu, in AVX's encoding. */
        VMOVDQU("vmovdqu"),
        /** Machine code of x86-64: stores and loads are both locked compare-and-exchange, which demands alignment. */
        CMPXCHG16B("lock cmpxchg16b"),
        /** Machine code of AArch64: a pair of registers. */
        PAIR("ldp/stp"),
        /** Machine code of AArch64: compare-and-swap of a pair, which is load and store. */
        CASP("caspal");

        /** Which of them are machine code for {@code architecture}, as Java names it. */
        static List<Mode> machineCode(String architecture) {
            return switch (architecture) {
                case "amd64" -> List.of(MOVDQA, MOVDQU, VMOVDQA, VMOVDQU, CMPXCHG16B);
                case "aarch64" -> List.of(PAIR, CASP);
                default -> List.of();
            };
        }

        /** Those of VarHandles. */
        static List<Mode> java() {
            return List.of(PLAIN, OPAQUE, ACQUIRE_RELEASE, VOLATILE, CAS);
        }

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
        ACROSS_PAGE("across a page");

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
