package dev.assay.scan.corpus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

@SuppressWarnings("unused")
final class NativeByteOrder {
    static final class WrongView {
        private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class,
                ByteOrder.nativeOrder());

        static long first(byte[] bytes) {
            return (long) LONGS.get(bytes, 0);
        }
    }

    static final class WrongBuffer {
        static byte[] encode(long value) {
            ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
            buffer.putLong(value);
            return buffer.array();
        }
    }

    static final class RightNamed {
        private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class,
                ByteOrder.LITTLE_ENDIAN);

        static long first(byte[] bytes) {
            return (long) LONGS.get(bytes, 0);
        }
    }

    static final class RightAsks {
        static long first(ByteBuffer buffer) {
            long value = buffer.order(ByteOrder.nativeOrder()).getLong(0);
            return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? Long.reverseBytes(value) : value;
        }
    }
}
