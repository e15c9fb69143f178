package dev.assay.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes BTF: types in the order in which they are added, numbered from 1, each string once.
 *
 * <p>
 * Numbers may refer forward, since C's types do. Nothing is checked here; {@link Btf} does that when it reads.
 */
public final class BtfWriter {
    private static final int HEADER_BYTES = 24;

    private int[] words = new int[1024];
    private int wordCount;
    private int types;
    private byte[] strings = new byte[1024];
    private int stringBytes = 1;
    private final Map<String, Integer> offsets = new HashMap<>(Map.of("", 0));

    /** All types of {@code btf} under their own numbers, those of its base included, in either byte order. */
    public static byte[] write(Btf btf, ByteOrder order) {
        BtfWriter writer = new BtfWriter();
        for (int id = 1; id < btf.endId(); id++) {
            writer.copy(btf, id);
        }
        return writer.bytes(order);
    }

    private void copy(Btf btf, int id) {
        Kind kind = btf.kind(id);
        if (kind == Kind.UNKNOWN) {
            throw new BpfException.Unsupported(btf.origin() + ": type " + id
                    + " is of a kind newer than this writer, which cannot know where its names are");
        }
        int length = btf.length(id);
        int elements = kind.elementWords == 0 ? 0 : length;
        int[] extra = new int[kind.fixedWords + kind.elementWords * elements];
        for (int i = 0; i < extra.length; i++) {
            extra[i] = btf.word(id, 3 + i);
        }
        boolean named = kind.composite() || kind.enumeration() || kind == Kind.FUNC_PROTO;
        for (int i = 0; named && i < elements; i++) {
            extra[i * kind.elementWords] = string(btf.string(extra[i * kind.elementWords]));
        }
        add(kind, btf.name(id), btf.flag(id), length, btf.word(id, 2), extra);
    }

    /**
     * Adds a type.
     *
     * @param length members, values or parameters; for functions their linkage
     * @param sizeOrType what word 2 of the type holds
     * @param extra what follows, names as offsets that {@link #string} gave
     * @return its number
     */
    int add(Kind kind, String name, boolean flag, int length, int sizeOrType, int... extra) {
        int needed = wordCount + 3 + extra.length;
        if (needed > words.length) {
            words = Arrays.copyOf(words, Math.max(needed, 2 * words.length));
        }
        words[wordCount] = string(name);
        words[wordCount + 1] = (flag ? 1 << 31 : 0) | kind.ordinal() << 24 | length;
        words[wordCount + 2] = sizeOrType;
        System.arraycopy(extra, 0, words, wordCount + 3, extra.length);
        wordCount = needed;
        return ++types;
    }

    /** An integer of {@code bytes}. */
    public int integer(String name, int bytes, boolean signed) {
        return add(Kind.INT, name, false, 0, bytes, (signed ? 1 << 24 : 0) | 8 * bytes);
    }

    /** A pointer, typedef or qualifier of {@code target}. */
    public int referring(Kind kind, String name, int target) {
        return add(kind, name, false, 0, target);
    }

    /** An array of {@code count}. */
    public int array(int element, int index, int count) {
        return add(Kind.ARRAY, "", false, 0, 0, element, index, count);
    }

    /** A struct or union; offsets of members in bits, widths only for bitfields. */
    public int composite(Kind kind, String name, int bytes, Btf.Member... members) {
        boolean bitfields = Arrays.stream(members).anyMatch(m -> m.bitfieldBits() > 0);
        int[] extra = new int[3 * members.length];
        for (int i = 0; i < members.length; i++) {
            extra[3 * i] = string(members[i].name());
            extra[3 * i + 1] = members[i].type();
            extra[3 * i + 2] = bitfields
                    ? members[i].bitfieldBits() << 24 | members[i].bitOffset()
                    : members[i]
                            .bitOffset();
        }
        return add(kind, name, bitfields, members.length, bytes, extra);
    }

    /** The offset of a string, which is stored once. */
    int string(String text) {
        Integer known = offsets.get(text);
        if (known != null) {
            return known;
        }
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int needed = stringBytes + bytes.length + 1;
        if (needed > strings.length) {
            strings = Arrays.copyOf(strings, Math.max(needed, 2 * strings.length));
        }
        System.arraycopy(bytes, 0, strings, stringBytes, bytes.length);
        offsets.put(text, stringBytes);
        int offset = stringBytes;
        stringBytes = needed;
        return offset;
    }

    /** All of it, with the header. */
    public byte[] bytes(ByteOrder order) {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + 4 * wordCount + stringBytes).order(order);
        buffer.putShort((short) Btf.MAGIC).put((byte) 1).put((byte) 0).putInt(HEADER_BYTES);
        buffer.putInt(0).putInt(4 * wordCount).putInt(4 * wordCount).putInt(stringBytes);
        for (int i = 0; i < wordCount; i++) {
            buffer.putInt(words[i]);
        }
        buffer.put(strings, 0, stringBytes);
        return buffer.array();
    }
}
