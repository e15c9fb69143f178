package dev.assay.bpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code .BTF.ext} section of an object: which function begins at which instruction, which line it came from, and
 * which instruction depends on which type (include/uapi/linux/bpf.h: bpf_func_info, bpf_line_info, bpf_core_relo).
 *
 * <pre>
 *   header | u32 record size | { u32 section name | u32 count | records… }… for each of functions, lines, relocations
 * </pre>
 */
record BtfExt(Map<String, List<Function>> functions, Map<String, List<Line>> lines,
        Map<String, List<Relocation>> relocations) {

    /** A function of type {@code type} begins at byte {@code offset} of its section. */
    record Function(int offset, int type) {}

    /** The instruction at {@code offset} came from this line; column from 1. */
    record Line(int offset, String file, String text, int line, int column) {}

    /** The instruction at {@code offset} depends on {@code type} and {@code access}; {@code kind} by its number. */
    record Relocation(int offset, int type, String access, int kind) {}

    private static final int MAX_RECORD = 4096;

    static BtfExt empty() {
        return new BtfExt(Map.of(), Map.of(), Map.of());
    }

    static BtfExt read(String origin, byte[] bytes, Btf strings) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(strings.order());
        if (bytes.length < 24 || (buffer.getShort(0) & 0xffff) != Btf.MAGIC) {
            throw new BpfException.Malformed(origin + ": .BTF.ext begins with a header of 24 bytes and eb9f; it has "
                    + bytes.length + " bytes");
        }
        int header = buffer.getInt(4);
        Map<String, List<Function>> functions = new LinkedHashMap<>();
        Map<String, List<Line>> lines = new LinkedHashMap<>();
        Map<String, List<Relocation>> relocations = new LinkedHashMap<>();
        Reader reader = new Reader(origin, buffer, strings, header);
        reader.each("functions", 8, 8, (section, at) -> functions.computeIfAbsent(section, _ -> new ArrayList<>()).add(
                new Function(buffer.getInt(at), buffer.getInt(at + 4))));
        reader.each("lines", 16, 16, (section, at) -> lines.computeIfAbsent(section, _ -> new ArrayList<>()).add(
                new Line(buffer.getInt(at), strings.string(buffer.getInt(at + 4)), strings.string(buffer.getInt(at
                        + 8)), buffer.getInt(at + 12) >>> 10, buffer.getInt(at + 12) & 0x3ff)));
        if (header >= 32) {
            reader.each("relocations", 24, 16, (section, at) -> relocations.computeIfAbsent(section,
                    _ -> new ArrayList<>()).add(
                            new Relocation(buffer.getInt(at), buffer.getInt(at + 4), strings
                                    .string(buffer.getInt(at + 8)), buffer.getInt(at + 12))));
        }
        return new BtfExt(functions, lines, relocations);
    }

    private interface Visitor {
        void record(String section, int at);
    }

    private record Reader(String origin, ByteBuffer buffer, Btf strings, int header) {
        void each(String name, int headerAt, int least, Visitor visitor) {
            long from = (long) header + (buffer.getInt(headerAt) & 0xffffffffL);
            long length = buffer.getInt(headerAt + 4) & 0xffffffffL;
            if (length == 0) {
                return;
            }
            if (header < 24 || from + length > buffer.capacity() || length < 4) {
                throw new BpfException.Malformed(origin + ": .BTF.ext " + name + " span bytes " + from + " to " + (from
                        + length) + " of " + buffer.capacity());
            }
            long end = from + length;
            int size = buffer.getInt((int) from);
            if (size < least || size > MAX_RECORD || size % 4 != 0) {
                throw new BpfException.Malformed(origin + ": .BTF.ext " + name + ": records of " + size
                        + " bytes; at least " + least + " are needed");
            }
            long at = from + 4;
            while (at + 8 <= end) {
                String section = strings.string(buffer.getInt((int) at));
                long count = buffer.getInt((int) at + 4) & 0xffffffffL;
                at += 8;
                if (at + count * size > end) {
                    throw new BpfException.Malformed(origin + ": .BTF.ext " + name + " of section " + section + ": "
                            + count + " records at byte " + at + " run past byte " + end);
                }
                for (long i = 0; i < count; i++, at += size) {
                    visitor.record(section, (int) at);
                }
            }
        }
    }

    /** The last line at or before the instruction at {@code offset}, or null where there is none. */
    Line line(String section, int offset) {
        Line found = null;
        for (Line line : lines.getOrDefault(section, List.of())) {
            if (line.offset() <= offset && (found == null || line.offset() >= found.offset())) {
                found = line;
            }
        }
        return found;
    }
}
