package dev.assay.bpf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as the bytes that will be written, one for each letter. A kernel's header is three million letters in a hundred
 * thousand lines, most of them copied from its own strings; making a String of each name costs more than all else.
 */
final class Text {
    /** Types of a few kilobytes can nest so that their text doubles with each; no kernel's is a tenth of this. */
    private static final int MAX_BYTES = 1 << 28;

    private byte[] bytes;
    private int length;

    Text(int capacity) {
        bytes = new byte[capacity];
    }

    private void room(int more) {
        if (more > bytes.length - length) {
            long wanted = Math.max((long) length + more, 2L * bytes.length);
            checkLength(wanted);
            bytes = Arrays.copyOf(bytes, (int) wanted);
        }
    }

    /** Refuses what nests without end; {@code bytes} of one text, or of all that belong together. */
    static void checkLength(long bytes) {
        if (bytes > MAX_BYTES) {
            throw new BpfException.Malformed("the types are more than 256 MiB as text; no kernel's are");
        }
    }

    Text add(char letter) {
        room(1);
        bytes[length++] = (byte) letter;
        return this;
    }

    /** Letters of Latin-1, which is what String.getBytes without a charset narrows to and why it is deprecated. */
    @SuppressWarnings("deprecation")
    Text add(String letters) {
        int count = letters.length();
        room(count);
        letters.getBytes(0, count, bytes, length);
        length += count;
        return this;
    }

    void addUntilNul(byte[] from, int at) {
        int end = at;
        while (from[end] != 0) {
            end++;
        }
        room(end - at);
        System.arraycopy(from, at, bytes, length, end - at);
        length += end - at;
    }

    Text add(long number) {
        if (number < 0 || number >= 10_000) {
            return add(Long.toString(number));
        }
        int small = (int) number;
        int digits = small < 10 ? 1 : small < 100 ? 2 : small < 1000 ? 3 : 4;
        room(digits);
        length += digits;
        for (int at = length - 1, left = small, n = digits; n > 0; n--, left /= 10) {
            bytes[at--] = (byte) ('0' + left % 10);
        }
        return this;
    }

    /** The bytes until now; what follows begins anew. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, length);
        length = 0;
        return taken;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
