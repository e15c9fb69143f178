package dev.assay.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A stretch of bytes read in one byte order; every access is checked, since the bytes may be hostile. */
record Window(byte[] data, int from, int length, boolean little) {
    private static final VarHandle LITTLE_4 = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LITTLE_8 = view(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static VarHandle view(Class<?> array, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(array, order);
    }

    static Window little(byte[] data) {
        return new Window(data, 0, data.length, true);
    }

    static Window big(byte[] data) {
        return new Window(data, 0, data.length, false);
    }

    Window ordered(boolean littleEndian) {
        return new Window(data, from, length, littleEndian);
    }

    /** The part that starts at an offset; as long as asked, or to the end where fewer bytes are there. */
    Window slice(long offset, long most) {
        int start = check(offset, 0);
        return new Window(data, from + start, (int) Math.min(most, length - start), little);
    }

    int u8(long offset) {
        return data[from + check(offset, 1)] & 0xff;
    }

    int u16(long offset) {
        // By hand: millions of constant pool entries are read so, and C1 does not inline a VarHandle.
        int at = from + check(offset, 2);
        int first = data[at] & 0xff;
        int second = data[at + 1] & 0xff;
        return little ? second << 8 | first : first << 8 | second;
    }

    int i32(long offset) {
        int value = (int) LITTLE_4.get(data, from + check(offset, 4));
        return little ? value : Integer.reverseBytes(value);
    }

    long u32(long offset) {
        return i32(offset) & 0xffff_ffffL;
    }

    /** Eight bytes; above 2^63 it is refused, for no offset or size can be that large. */
    long u64(long offset) {
        long ordered = u64Wrapped(offset);
        if (ordered < 0) {
            throw new Malformed("a size or offset above 2^63 at byte " + offset);
        }
        return ordered;
    }

    /** Eight bytes as they are; a tag or flag word may use all 64 bits. */
    long u64Wrapped(long offset) {
        long value = (long) LITTLE_8.get(data, from + check(offset, 8));
        return little ? value : Long.reverseBytes(value);
    }

    /** The text up to the next zero byte, at most 4,096 bytes. */
    String text(long offset) {
        int start = check(offset, 0);
        int end = start;
        while (end < length && end - start < 4096 && data[from + end] != 0) {
            end++;
        }
        return new String(data, from + start, end - start, StandardCharsets.ISO_8859_1);
    }

    String text(long offset, int bytes) {
        return new String(data, from + check(offset, bytes), bytes, StandardCharsets.UTF_8);
    }

    private int check(long offset, int bytes) {
        if (offset < 0 || offset > length - (long) bytes) {
            throw new Malformed("it ends after " + length + " bytes where byte " + (offset + bytes) + " is needed");
        }
        return (int) offset;
    }
}
