package dev.assay.litmus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** Machine code while it is written: little-endian bytes, labels, and jumps that are filled in once all labels are known. */
final class CodeBuffer {
    private ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    private final Map<String, Integer> labels = new HashMap<>();
    private final List<Fixup> fixups = new ArrayList<>();
    private int fresh;

    /** Four bytes at {@code at} whose value depends on how far {@code label} is away. */
    private record Fixup(int at, String label, LongUnaryOperator word) {}

    int position() {
        return bytes.position();
    }

    CodeBuffer bytes(int... values) {
        for (int value : values) {
            room(1).put((byte) value);
        }
        return this;
    }

    /** The bytes of a listing, see {@link HexCode}. */
    CodeBuffer listing(String listing) {
        for (byte one : HexCode.of(listing)) {
            room(1).put(one);
        }
        return this;
    }

    CodeBuffer int16(long value) {
        room(2).putShort((short) value);
        return this;
    }

    CodeBuffer int32(long value) {
        room(4).putInt((int) value);
        return this;
    }

    CodeBuffer int64(long value) {
        room(8).putLong(value);
        return this;
    }

    private ByteBuffer room(int count) {
        if (bytes.remaining() < count) {
            bytes = ByteBuffer.allocate(bytes.capacity() * 2).order(ByteOrder.LITTLE_ENDIAN)
                    .put(bytes.array(), 0, bytes.position());
        }
        return bytes;
    }

    /** A label that no other has. */
    String newLabel() {
        return "#" + fresh++;
    }

    void mark(String label) {
        if (labels.put(label, position()) != null) {
            throw new IllegalStateException("the label " + label + " is marked twice");
        }
    }

    /**
     * Four bytes that depend on a label.
     *
     * @param word the four bytes, given the distance in bytes from their own place to the label
     */
    void reference(String label, LongUnaryOperator word) {
        fixups.add(new Fixup(position(), label, word));
        int32(0);
    }

    /** The finished code. */
    byte[] finish() {
        for (Fixup fixup : fixups) {
            Integer target = labels.get(fixup.label());
            if (target == null) {
                throw new LitmusException("the label " + fixup.label() + " is not set in this thread");
            }
            bytes.putInt(fixup.at(), (int) fixup.word().applyAsLong((long) target - fixup.at()));
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
