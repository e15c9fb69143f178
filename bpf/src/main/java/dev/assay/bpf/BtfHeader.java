package dev.assay.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the parts of a BTF lie, checked against its length. Offsets are from the beginning of the bytes.
 *
 * <pre>
 *   byte  0  u16 magic 0xeb9f, which tells the byte order | 2  u8 version 1 | 3  u8 flags
 *         4  u32 header length, 24, or 32 with the layout section
 *         8  u32 types, offset from the header's end   | 12  u32 length
 *        16  u32 strings, offset                       | 20  u32 length
 *        24  u32 layout, offset                        | 28  u32 length (4 bytes for each kind: fixed, element, flags)
 * </pre>
 */
record BtfHeader(ByteOrder order, int typeOffset, int typeLength, int stringOffset, int stringLength, int layoutOffset,
        int layoutLength) {

    static BtfHeader read(String origin, byte[] bytes) {
        if (bytes.length < 24) {
            throw new BpfException.Malformed(origin + ": BTF begins with a header of 24 bytes; there are only "
                    + bytes.length);
        }
        int magic = bytes[0] & 0xff | (bytes[1] & 0xff) << 8;
        ByteOrder order;
        if (magic == Btf.MAGIC) {
            order = ByteOrder.LITTLE_ENDIAN;
        } else if (magic == Integer.reverseBytes(Btf.MAGIC) >>> 16) {
            order = ByteOrder.BIG_ENDIAN;
        } else {
            throw new BpfException.Malformed(origin + ": BTF begins with eb9f in either byte order; these bytes begin "
                    + "with " + Integer.toHexString(magic));
        }
        if (bytes[2] != 1) {
            throw new BpfException.Malformed(origin + ": BTF version 1 is known; this is version " + bytes[2]);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        long header = buffer.getInt(4) & 0xffffffffL;
        if (header < 24 || header > bytes.length) {
            throw new BpfException.Malformed(origin + ": BTF header length at byte 4 is " + header + " of "
                    + bytes.length + " bytes");
        }
        int types = section(origin, "types", header, buffer, 8, bytes.length);
        int typeLength = buffer.getInt(12);
        if (types % 4 != 0 || typeLength % 4 != 0) {
            throw new BpfException.Malformed(origin + ": the types at byte " + types + " (" + typeLength
                    + " bytes) are not aligned to 4");
        }
        int strings = section(origin, "strings", header, buffer, 16, bytes.length);
        int stringLength = buffer.getInt(20);
        if (stringLength > 0 && bytes[strings + stringLength - 1] != 0) {
            throw new BpfException.Malformed(origin + ": the strings at byte " + strings + " do not end with NUL");
        }
        if (header < 32 || buffer.getInt(28) == 0) {
            return new BtfHeader(order, types, typeLength, strings, stringLength, 0, 0);
        }
        int layout = section(origin, "layout", header, buffer, 24, bytes.length);
        return new BtfHeader(order, types, typeLength, strings, stringLength, layout, buffer.getInt(28));
    }

    private static int section(String origin, String name, long header, ByteBuffer buffer, int at, int length) {
        long offset = header + (buffer.getInt(at) & 0xffffffffL);
        long size = buffer.getInt(at + 4) & 0xffffffffL;
        if (offset + size > length) {
            throw new BpfException.Malformed(origin + ": the " + name + " (header byte " + at + ") span bytes " + offset
                    + " to " + (offset + size) + " of " + length);
        }
        return (int) offset;
    }

    /** Sizes of kinds that are newer than this reader, so that it can step over them. */
    void readLayout(byte[] bytes, int[] fixed, int[] element) {
        for (int kind = Kind.count(); kind < Math.min(128, layoutLength / 4); kind++) {
            int fixedBytes = bytes[layoutOffset + 4 * kind] & 0xff;
            int elementBytes = bytes[layoutOffset + 4 * kind + 1] & 0xff;
            if (fixedBytes % 4 == 0 && elementBytes % 4 == 0) {
                fixed[kind] = 3 + fixedBytes / 4;
                element[kind] = elementBytes / 4;
            }
        }
    }
}
