package dev.assay.experiments;

import dev.assay.lab.Bench;
import dev.assay.lab.Doubt;
import dev.assay.machine.Mapping;
import dev.assay.machine.Reading;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The kernels of STREAM in each way that {@link MemoryBandwidth} compares. */
final class StreamKernels {
    private static final double FACTOR = 3;

    /** One way to move data. Arrays a and b never change, so that every c can be foretold. */
    interface Way {
        /** The kernel on the bytes {@code from} to {@code to} of each array. */
        void move(int kernel, int from, int to);

        boolean right(int kernel);

        default int kernels() {
            return 4;
        }
    }

    private StreamKernels() {}

    static Way named(String name, Bench bench, int bytes) {
        return switch (name) {
            case "loop" -> new Doubles(bytes / Double.BYTES);
            case "bytes" -> new Bytes(bytes);
            case "vector" -> new Vectors(Blocks.of(bench, bytes));
            case "bulk" -> new Bulk(Blocks.of(bench, bytes));
            case "stream" -> new Streams(Blocks.of(bench, bytes));
            default -> throw new IllegalArgumentException("no way to move data is called " + name);
        };
    }

    private static double expected(int kernel, long index) {
        double a = index % 100;
        return switch (kernel) {
            case 0 -> a;
            case 1 -> FACTOR * a;
            case 2 -> a + 1;
            default -> a + FACTOR;
        };
    }

    /** The loops that anyone would write. */
    private static final class Doubles implements Way {
        private final double[] a;
        private final double[] b;
        private final double[] c;

        Doubles(int length) {
            a = new double[length];
            b = new double[length];
            c = new double[length];
            for (int i = 0; i < length; i++) {
                a[i] = i % 100;
                b[i] = 1;
            }
        }

        @Override
        public void move(int kernel, int from, int to) {
            switch (kernel) {
                case 0 -> copy(c, a, from / Double.BYTES, to / Double.BYTES);
                case 1 -> scale(c, a, from / Double.BYTES, to / Double.BYTES);
                case 2 -> add(c, a, b, from / Double.BYTES, to / Double.BYTES);
                default -> triad(c, a, b, from / Double.BYTES, to / Double.BYTES);
            }
        }

        private static void copy(double[] c, double[] a, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = a[i];
            }
        }

        private static void scale(double[] c, double[] a, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = FACTOR * a[i];
            }
        }

        private static void add(double[] c, double[] a, double[] b, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = a[i] + b[i];
            }
        }

        private static void triad(double[] c, double[] a, double[] b, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = a[i] + FACTOR * b[i];
            }
        }

        @Override
        public boolean right(int kernel) {
            for (int i = 0; i < c.length; i++) {
                if (c[i] != expected(kernel, i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The same loops over bytes. */
    private static final class Bytes implements Way {
        private final byte[] a;
        private final byte[] b;
        private final byte[] c;

        Bytes(int length) {
            a = new byte[length];
            b = new byte[length];
            c = new byte[length];
            for (int i = 0; i < length; i++) {
                a[i] = (byte) (i % 100);
                b[i] = 1;
            }
        }

        @Override
        public void move(int kernel, int from, int to) {
            switch (kernel) {
                case 0 -> copy(c, a, from, to);
                case 1 -> scale(c, a, from, to);
                case 2 -> add(c, a, b, from, to);
                default -> triad(c, a, b, from, to);
            }
        }

        private static void copy(byte[] c, byte[] a, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = a[i];
            }
        }

        private static void scale(byte[] c, byte[] a, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = (byte) (3 * a[i]);
            }
        }

        private static void add(byte[] c, byte[] a, byte[] b, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = (byte) (a[i] + b[i]);
            }
        }

        private static void triad(byte[] c, byte[] a, byte[] b, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = (byte) (a[i] + 3 * b[i]);
            }
        }

        @Override
        public boolean right(int kernel) {
            for (int i = 0; i < c.length; i++) {
                if (c[i] != (byte) expected(kernel, i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Three blocks of doubles outside the heap, on huge pages. */
    private record Blocks(MemorySegment a, MemorySegment b, MemorySegment c) {
        static Blocks of(Bench bench, long bytes) {
            Blocks blocks = new Blocks(block(bench, bytes), block(bench, bytes), block(bench, bytes));
            for (long i = 0; i < bytes / Double.BYTES; i++) {
                blocks.a.setAtIndex(ValueLayout.JAVA_DOUBLE, i, i % 100);
                blocks.b.setAtIndex(ValueLayout.JAVA_DOUBLE, i, 1);
            }
            return blocks;
        }

        private static MemorySegment block(Bench bench, long bytes) {
            Reading<Mapping> mapping = Mapping.map(bytes, Mapping.Kind.TRANSPARENT_HUGE);
            if (!mapping.map(m -> m.obtained().asWanted()).orElse(false)) {
                bench.doubt(Doubt.Kind.PAGES, mapping.map(m -> m.obtained().says()).orElse(mapping.because()),
                        "see assay machine on huge pages");
            }
            return mapping.map(m -> m.segment().asSlice(0, bytes))
                    .orElseGet(() -> Arena.global().allocate(bytes, 4096));
        }

        boolean right(int kernel) {
            for (long i = 0; i < c.byteSize() / Double.BYTES; i++) {
                if (c.getAtIndex(ValueLayout.JAVA_DOUBLE, i) != expected(kernel, i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The Vector API at the species that this machine prefers. */
    private record Vectors(Blocks blocks) implements Way {
        private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
        private static final ByteOrder ORDER = ByteOrder.nativeOrder();

        @Override
        public void move(int kernel, int from, int to) {
            MemorySegment a = blocks.a;
            MemorySegment b = blocks.b;
            MemorySegment c = blocks.c;
            int step = SPECIES.vectorByteSize();
            switch (kernel) {
                case 0 -> copy(a, c, from, to, step);
                case 1 -> scale(a, c, from, to, step);
                case 2 -> add(a, b, c, from, to, step);
                default -> triad(a, b, c, from, to, step);
            }
        }

        private static void copy(MemorySegment a, MemorySegment c, int from, int to, int step) {
            for (int i = from; i < to; i += step) {
                DoubleVector.fromMemorySegment(SPECIES, a, i, ORDER).intoMemorySegment(c, i, ORDER);
            }
        }

        private static void scale(MemorySegment a, MemorySegment c, int from, int to, int step) {
            for (int i = from; i < to; i += step) {
                DoubleVector.fromMemorySegment(SPECIES, a, i, ORDER).mul(FACTOR).intoMemorySegment(c, i, ORDER);
            }
        }

        private static void add(MemorySegment a, MemorySegment b, MemorySegment c, int from, int to, int step) {
            for (int i = from; i < to; i += step) {
                DoubleVector.fromMemorySegment(SPECIES, a, i, ORDER)
                        .add(DoubleVector.fromMemorySegment(SPECIES, b, i, ORDER)).intoMemorySegment(c, i, ORDER);
            }
        }

        private static void triad(MemorySegment a, MemorySegment b, MemorySegment c, int from, int to, int step) {
            for (int i = from; i < to; i += step) {
                DoubleVector.fromMemorySegment(SPECIES, b, i, ORDER).mul(FACTOR)
                        .add(DoubleVector.fromMemorySegment(SPECIES, a, i, ORDER)).intoMemorySegment(c, i, ORDER);
            }
        }

        @Override
        public boolean right(int kernel) {
            return blocks.right(kernel);
        }
    }

    /** The library's copy; it has no arithmetic. */
    private record Bulk(Blocks blocks) implements Way {
        @Override
        public int kernels() {
            return 1;
        }

        @Override
        public void move(int kernel, int from, int to) {
            MemorySegment.copy(blocks.a, from, blocks.c, from, to - from);
        }

        @Override
        public boolean right(int kernel) {
            return blocks.right(kernel);
        }
    }

    /** Stores that bypass the caches (movntpd, stnp), 64 bytes a turn. */
    private static final class Streams implements Way {
        private static final MachineCode COPY = new MachineCode(
                "31c0" + "660f280c06660f28540610660f285c0620660f28640630" // eax = 0; load 4 x 16 bytes of a
                        + X86_STORE + "72c9" + "0faef8c3", // store, next; jb; sfence; ret
                "2108c1ac2310c1ac" + ARM_STORE + "41ffff54" + "c0035fd6"); // ldp x 2; store, next; b.ne; ret
        private static final MachineCode SCALE = new MachineCode(
                "660f14c0" + "31c0" + "660f280c06660f28540610660f285c0620660f28640630" // both halves of xmm0
                        + "660f59c8660f59d0660f59d8660f59e0" + X86_STORE + "72b9" + "0faef8c3", // mulpd x 4
                "0004084e" + "2108c1ac2310c1ac" + "21dc606e42dc606e63dc606e84dc606e" + ARM_STORE + "c1feff54"
                        + "c0035fd6"); // dup; ldp x 2; fmul x 4
        private static final MachineCode ADD = new MachineCode(
                "31c0" + "660f280c06660f28540610660f285c0620660f28640630"
                        + "660f580c02660f58540210660f585c0220660f58640230" + X86_STORE + "72b2" + "0faef8c3",
                "2108c1ac2310c1ac5044c1ac524cc1ac" + "21d4704e42d4714e63d4724e84d4734e" + ARM_STORE + "81feff54"
                        + "c0035fd6"); // ldp x 4; fadd x 4
        private static final MachineCode TRIAD = new MachineCode(
                "660f14c0" + "31c0" + "660f280c02660f28540210660f285c0220660f28640230"
                        + "660f59c8660f59d0660f59d8660f59e0" + "660f580c06660f58540610660f585c0620660f58640630"
                        + X86_STORE + "72a2" + "0faef8c3",
                "0004084e" + "2108c1ac2310c1ac5044c1ac524cc1ac" + "10de606e31de606e52de606e73de606e"
                        + "21d4704e42d4714e63d4724e84d4734e" + ARM_STORE + "01feff54" + "c0035fd6");

        private final Blocks blocks;
        private final MethodHandle[] kernels = new MethodHandle[4];

        Streams(Blocks blocks) {
            this.blocks = blocks;
            FunctionDescriptor shape = FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_DOUBLE);
            MachineCode[] codes = {COPY, SCALE, ADD, TRIAD};
            for (int i = 0; i < codes.length; i++) {
                Reading<MethodHandle> bound = codes[i].bind(shape);
                kernels[i] = bound.optional().orElseThrow(() -> new IllegalStateException(bound.because()));
            }
        }

        @Override
        public void move(int kernel, int from, int to) {
            try {
                kernels[kernel].invokeExact(blocks.c.address() + from, blocks.a.address() + from,
                        blocks.b.address() + from, (long) (to - from), FACTOR);
            } catch (Throwable e) {
                throw new IllegalStateException("the kernel could not be called", e);
            }
        }

        @Override
        public boolean right(int kernel) {
            return blocks.right(kernel);
        }
    }

    /** movntpd x 4; add rax, 64; cmp rax, rcx. */
    private static final String X86_STORE = "660f2b0c07660f2b540710660f2b5c0720660f2b640730" + "4883c0404839c8";
    /** stnp x 2; add x0, x0, #64; subs x3, x3, #64. */
    private static final String ARM_STORE = "010800ac031001ac" + "00000191" + "630001f1";
}
