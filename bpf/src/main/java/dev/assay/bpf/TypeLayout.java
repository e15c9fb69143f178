package dev.assay.bpf;

import java.util.ArrayList;
import java.util.List;

/** The fields of a type in the order of their bytes, with the holes between them, and a drawing of its words. */
public final class TypeLayout {
    private static final int MAX_DEPTH = 32;

    private TypeLayout() {}

    /**
     * One line of a layout.
     *
     * @param depth nesting within structs and unions without a name
     * @param name empty for a member without a name, and for a hole
     * @param declaration the type in C; {@code hole} for bytes that belong to no field
     * @param enumerator the value where the type is an enumeration
     */
    public record Row(int depth, long bitOffset, long bitSize, String name, String declaration, boolean hole,
            Long enumerator) {}

    /** All rows of a struct, union or enumeration. A type without members has none. */
    public static List<Row> rows(Btf btf, int id) {
        int at = btf.resolve(id);
        List<Row> rows = new ArrayList<>();
        if (at == 0) {
            return rows;
        }
        switch (btf.kind(at)) {
            case STRUCT, UNION -> composite(btf, at, 0, 0, rows);
            case ENUM, ENUM64 -> {
                for (int i = 0; i < btf.length(at); i++) {
                    Btf.Enumerator value = btf.enumerator(at, i);
                    rows.add(new Row(0, 0, 8L * btf.storedSize(at), value.name(), "", false, value.value()));
                }
            }
            default -> {
            }
        }
        return rows;
    }

    private static void composite(Btf btf, int at, long base, int depth, List<Row> rows) {
        if (depth > MAX_DEPTH) {
            throw new BpfException.Malformed(btf.origin() + ": type " + at + " is nested over " + MAX_DEPTH + " deep");
        }
        boolean union = btf.kind(at) == Kind.UNION;
        long end = 0;
        for (int i = 0; i < btf.length(at); i++) {
            Btf.Member member = btf.member(at, i);
            if (!union && member.bitOffset() > end) {
                rows.add(new Row(depth, base + end, member.bitOffset() - end, "", "hole", true, null));
            }
            long bits = member.bitfieldBits() > 0
                    ? member.bitfieldBits()
                    : btf.sized(member.type())
                            ? 8 * btf.sizeOf(
                                    member.type())
                            : 0;
            rows.add(new Row(depth, base + member.bitOffset(), bits, member.name(), Declaration.of(btf, member.type())
                    + (member.bitfieldBits() > 0 ? " : " + member.bitfieldBits() : ""), false, null));
            int nested = btf.resolve(member.type());
            if (member.name().isEmpty() && nested != 0 && btf.kind(nested).composite()) {
                composite(btf, nested, base + member.bitOffset(), depth + 1, rows);
            }
            end = Math.max(end, member.bitOffset() + bits);
        }
        long size = 8L * btf.storedSize(at);
        if (!union && end < size) {
            rows.add(new Row(depth, base + end, size - end, "", "hole", true, null));
        }
    }

    private static final int CELL = 8;

    /**
     * Draws the eight-byte words from byte {@code from} to byte {@code to}, each byte eight columns wide, so that what
     * shares a word is seen to share it. Where a union lays several fields over each other, the first is drawn.
     *
     * <pre>
     *         +0      +1      +2      +3      +4      +5      +6      +7
     *  2464 | pid                           | tgid                          |
     * </pre>
     */
    public static String draw(Btf btf, int id, long from, long to) {
        long first = from / 8 * 8;
        long last = (to + 7) / 8 * 8;
        String[] owner = new String[(int) (last - first)];
        for (Row row : rows(btf, id)) {
            if (row.hole() || row.name().isEmpty()) {
                continue;
            }
            long end = (row.bitOffset() + Math.max(1, row.bitSize()) + 7) / 8;
            for (long b = Math.max(first, row.bitOffset() / 8); b < Math.min(last, end) && row.bitSize() > 0; b++) {
                int cell = (int) (b - first);
                String label = row.name() + (row.declaration().contains(" : ") ? ":" + row.bitSize() : "");
                owner[cell] = owner[cell] == null
                        ? label
                        : row.declaration().contains(" : ") && owner[cell].contains(":")
                                ? owner[cell] + " " + label
                                : owner[cell];
            }
        }
        StringBuilder out = new StringBuilder("        ");
        for (int i = 0; i < 8; i++) {
            out.append(String.format("%-" + CELL + "s", "+" + i));
        }
        out.append('\n');
        for (long word = first; word < last; word += 8) {
            out.append(line(owner, (int) (word - first), word)).append('\n');
        }
        return out.toString();
    }

    private static String line(String[] owner, int at, long word) {
        StringBuilder line = new StringBuilder(String.format("%6d |", word));
        int b = 0;
        while (b < 8) {
            int run = 1;
            while (b + run < 8 && java.util.Objects.equals(owner[at + b], owner[at + b + run])) {
                run++;
            }
            int width = run * CELL - 1;
            String label = " " + (owner[at + b] == null ? "·" : owner[at + b]);
            line.append(String.format("%-" + width + "s", label.length() > width
                    ? label.substring(0, width - 1) + "…"
                    : label)).append('|');
            b += run;
        }
        return line.toString();
    }
}
