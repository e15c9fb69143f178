package dev.assay.scan;

import java.util.Optional;

/**
 * The least that can be read of a class file: its name and whether it has native methods (JVM specification, chapter 4).
 *
 * <p>
 * The constant pool is stepped over, not built: this is done for every class of every jar.
 */
final class ClassSkim {
    private static final int NATIVE = 0x0100;
    /** JNA binds the native methods of a class that refers to it (direct mapping): they need no library of their own. */
    private static final String MAPPED = "com/sun/jna/Native";

    private ClassSkim() {}

    record NativeMethod(String owner, String name) {}

    /** The first native method, if there is one. */
    static Optional<NativeMethod> firstNative(Window bytes) {
        int count = bytes.u16(8);
        int[] offsets = new int[count];
        long at = 10;
        boolean mapped = false;
        for (int i = 1; i < count; i++) {
            offsets[i] = (int) at;
            int tag = bytes.u8(at);
            mapped |= tag == 1 && bytes.u16(at + 1) == MAPPED.length()
                    && bytes.text(at + 3, MAPPED.length()).equals(MAPPED);
            switch (tag) {
                case 1 -> at += 3 + bytes.u16(at + 1);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5;
                case 5, 6 -> {
                    at += 9;
                    i++;
                }
                case 7, 8, 16, 19, 20 -> at += 3;
                case 15 -> at += 4;
                default -> throw new Malformed("a constant pool entry with tag " + tag);
            }
        }
        int self = bytes.u16(at + 2);
        at += 6;
        at += 2 + 2L * bytes.u16(at);
        at = skipMembers(bytes, at);
        if (mapped) {
            return Optional.empty();
        }
        int methods = bytes.u16(at);
        at += 2;
        for (int i = 0; i < methods; i++) {
            if ((bytes.u16(at) & NATIVE) != 0) {
                return Optional.of(new NativeMethod(text(bytes, offsets, pointer(bytes, offsets, self)),
                        text(bytes, offsets, bytes.u16(at + 2))));
            }
            at = skipAttributes(bytes, at + 6);
        }
        return Optional.empty();
    }

    private static long skipMembers(Window bytes, long at) {
        int members = bytes.u16(at);
        long next = at + 2;
        for (int i = 0; i < members; i++) {
            next = skipAttributes(bytes, next + 6);
        }
        return next;
    }

    private static long skipAttributes(Window bytes, long at) {
        int attributes = bytes.u16(at);
        long next = at + 2;
        for (int i = 0; i < attributes; i++) {
            next += 6 + bytes.u32(next + 2);
        }
        return next;
    }

    private static int pointer(Window bytes, int[] offsets, int index) {
        return bytes.u16(offset(offsets, index) + 1);
    }

    private static String text(Window bytes, int[] offsets, int index) {
        int at = offset(offsets, index);
        if (bytes.u8(at) != 1) {
            throw new Malformed("constant " + index + " is not a name");
        }
        return bytes.text(at + 3, bytes.u16(at + 1));
    }

    private static int offset(int[] offsets, int index) {
        if (index <= 0 || index >= offsets.length || offsets[index] == 0) {
            throw new Malformed("a reference to constant " + index + " of " + offsets.length);
        }
        return offsets[index];
    }
}
