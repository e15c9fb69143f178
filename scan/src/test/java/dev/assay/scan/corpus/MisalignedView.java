package dev.assay.scan.corpus;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

@SuppressWarnings("unused")
final class MisalignedView {
    static final class WrongAtomicOnBytes {
        private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class,
                ByteOrder.LITTLE_ENDIAN);

        static long next(byte[] bytes) {
            return (long) LONGS.getAndAdd(bytes, 4, 1L);
        }
    }

    static final class WrongOrderedOnBuffer {
        private static final VarHandle INTS = MethodHandles
                .byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN).withInvokeExactBehavior();

        static void publish(ByteBuffer buffer, int value) {
            INTS.setRelease(buffer, 3, value);
        }
    }

    static final class WrongAlignedLayoutOverBytes {
        static long first(byte[] bytes) {
            return MemorySegment.ofArray(bytes).get(ValueLayout.JAVA_LONG, 0);
        }
    }

    static final class WrongOffset {
        static long second(MemorySegment header) {
            return header.get(ValueLayout.JAVA_LONG, 4);
        }
    }

    static final class RightPlain {
        private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class,
                ByteOrder.LITTLE_ENDIAN);

        static long at(byte[] bytes, int offset) {
            return (long) LONGS.get(bytes, offset);
        }
    }

    static final class RightArray {
        private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

        static long next(long[] values) {
            return (long) LONGS.getAndAdd(values, 0, 1L);
        }
    }

    static final class RightUnaligned {
        static long second(MemorySegment header, byte[] bytes) {
            return header.get(ValueLayout.JAVA_LONG, 8) + header.get(ValueLayout.JAVA_LONG_UNALIGNED, 4)
                    + MemorySegment.ofArray(bytes).get(ValueLayout.JAVA_LONG_UNALIGNED, 1);
        }
    }
}
