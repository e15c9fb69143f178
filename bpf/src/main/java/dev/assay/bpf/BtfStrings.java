package dev.assay.bpf;

import java.nio.charset.StandardCharsets;

/** The names of one BTF, each ended by NUL; those of split BTF continue the offsets of its base. */
final class BtfStrings {
    private final String origin;
    private final BtfStrings base;
    private final byte[] bytes;
    private final int from;
    private final int length;
    private final int first;

    /** The {@code length} bytes of {@code bytes} at {@code from}, of which the last is NUL where there are any. */
    BtfStrings(String origin, byte[] bytes, int from, int length, BtfStrings base) {
        this.origin = origin;
        this.bytes = bytes;
        this.from = from;
        this.length = length;
        this.base = base;
        first = base == null ? 0 : base.end();
    }

    /** One past the largest offset. */
    int end() {
        return first + length;
    }

    private BtfStrings owner(int offset) {
        BtfStrings owner = this;
        while (owner.base != null && Integer.compareUnsigned(offset, owner.first) < 0) {
            owner = owner.base;
        }
        return owner;
    }

    private int place(BtfStrings owner, int offset) {
        int local = offset - owner.first;
        if (local < 0 || local >= owner.length) {
            throw new BpfException.Malformed(origin + ": string offset " + Integer.toUnsignedString(offset)
                    + " lies outside of the strings (" + owner.end() + " bytes)");
        }
        return owner.from + local;
    }

    String at(int offset) {
        BtfStrings owner = owner(offset);
        int begin = place(owner, offset);
        int end = begin;
        // The header was refused unless the last byte of the strings is NUL, so this ends.
        while (owner.bytes[end] != 0) {
            end++;
        }
        return new String(owner.bytes, begin, end - begin, StandardCharsets.ISO_8859_1);
    }

    /** Appends the string without making an object of it. */
    void append(int offset, Text out) {
        BtfStrings owner = owner(offset);
        out.addUntilNul(owner.bytes, place(owner, offset));
    }

    /** {@code offset} where a string may begin there, so that it can number a table. */
    int checked(int offset) {
        place(owner(offset), offset);
        return offset;
    }

    /**
     * Whether the string at {@code offset} is {@code name}, or {@code name} followed by a flavour ({@code ___…}) where
     * {@code flavours}; made without creating a string, since a search asks it for every type.
     */
    boolean is(int offset, byte[] name, boolean flavours) {
        BtfStrings owner = owner(offset);
        int begin = owner.from + offset - owner.first;
        int end = owner.from + owner.length;
        if (offset < owner.first || end - begin <= name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (owner.bytes[begin + i] != name[i]) {
                return false;
            }
        }
        if (owner.bytes[begin + name.length] == 0) {
            return true;
        }
        return flavours && Flavour.essential(owner.at(offset)).length() == name.length;
    }
}
