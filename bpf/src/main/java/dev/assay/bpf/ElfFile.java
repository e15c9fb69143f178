package dev.assay.bpf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * A 64-bit ELF file of either byte order: sections, symbols and relocations, as much as BPF objects and kernels need
 * (elf(5); gABI chapters 4 and 5).
 */
final class ElfFile {
    static final int MACHINE_BPF = 247;
    private static final int SECTION_BYTES = 64;
    private static final int SYMBOL_BYTES = 24;
    private static final int NOBITS = 8;
    private static final long COMPRESSED = 0x800;
    private static final int MAX_UNPACKED = 1 << 28;

    private final String origin;
    private final ByteBuffer file;
    private final List<Section> sections;

    /** One section; {@code index} is its number, which symbols refer to. */
    record Section(int index, String name, int type, long flags, long address, long offset, long size, int link,
            int info) {
        boolean hasBytes() {
            return type != NOBITS && type != 0;
        }

        boolean executable() {
            return (flags & 4) != 0;
        }
    }

    /** A symbol; {@code section} is 0 where it is undefined. */
    record Symbol(int index, String name, int section, long value, long size, int type, int binding) {
        static final int OBJECT = 1;
        static final int FUNCTION = 2;
        static final int SECTION = 3;
    }

    /** A place at {@code offset} within a section that depends on a symbol. */
    record Relocation(long offset, int type, int symbol) {}

    private ElfFile(String origin, ByteBuffer file, List<Section> sections) {
        this.origin = origin;
        this.file = file;
        this.sections = List.copyOf(sections);
    }

    static boolean isElf(byte[] bytes) {
        return bytes.length >= 4 && bytes[0] == 0x7f && bytes[1] == 'E' && bytes[2] == 'L' && bytes[3] == 'F';
    }

    static ElfFile read(String origin, byte[] bytes) {
        if (!isElf(bytes)) {
            throw new BpfException.Malformed(origin + " is not an ELF file: it does not begin with 7f 45 4c 46");
        }
        if (bytes.length < 64 || bytes[4] != 2) {
            throw new BpfException.Malformed(origin + " is not a 64-bit ELF file");
        }
        ByteOrder order = switch (bytes[5]) {
            case 1 -> ByteOrder.LITTLE_ENDIAN;
            case 2 -> ByteOrder.BIG_ENDIAN;
            default -> throw new BpfException.Malformed(origin + ": ELF byte order at byte 5 is " + bytes[5]
                    + "; 1 (little) and 2 (big) are known");
        };
        ByteBuffer file = ByteBuffer.wrap(bytes).order(order);
        long table = file.getLong(40);
        int count = file.getShort(60) & 0xffff;
        int names = file.getShort(62) & 0xffff;
        if (table == 0) {
            return new ElfFile(origin, file, List.of());
        }
        if ((file.getShort(58) & 0xffff) != SECTION_BYTES || table < 0
                || (long) count * SECTION_BYTES > bytes.length - table) {
            throw new BpfException.Malformed(origin + ": the section table at byte " + table + " (" + count
                    + " entries) does not lie within " + bytes.length + " bytes");
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sections.add(section(file, (int) table + i * SECTION_BYTES, i));
        }
        ElfFile unnamed = new ElfFile(origin, file, sections);
        if (names >= count) {
            throw new BpfException.Malformed(origin + ": section names are in section " + names + " of " + count);
        }
        byte[] strings = unnamed.bytes(sections.get(names));
        sections.replaceAll(s -> new Section(s.index, unnamed.text(strings, Integer.parseInt(s.name)), s.type, s.flags,
                s.address, s.offset, s.size, s.link, s.info));
        return new ElfFile(origin, file, sections);
    }

    private static Section section(ByteBuffer file, int at, int index) {
        return new Section(index, Integer.toString(file.getInt(at)), file.getInt(at + 4), file.getLong(at + 8), file
                .getLong(at + 16), file.getLong(at + 24), file.getLong(at + 32), file.getInt(at + 40),
                file.getInt(at + 44));
    }

    private String text(byte[] strings, int offset) {
        if (offset < 0 || offset >= strings.length) {
            throw new BpfException.Malformed(
                    origin + ": string offset " + offset + " lies outside of a string table of "
                            + strings.length + " bytes");
        }
        int end = offset;
        while (end < strings.length && strings[end] != 0) {
            end++;
        }
        return new String(strings, offset, end - offset, StandardCharsets.ISO_8859_1);
    }

    ByteOrder order() {
        return file.order();
    }

    int machine() {
        return file.getShort(18) & 0xffff;
    }

    List<Section> sections() {
        return sections;
    }

    Optional<Section> section(String name) {
        return sections.stream().filter(s -> s.name.equals(name) && s.hasBytes()).findFirst();
    }

    Section section(int index) {
        if (index < 0 || index >= sections.size()) {
            throw new BpfException.Malformed(origin + ": section " + index + " does not exist; there are " + sections
                    .size());
        }
        return sections.get(index);
    }

    /** The contents, unpacked where the section is compressed with zlib. */
    byte[] bytes(Section section) {
        if (!section.hasBytes()) {
            return new byte[0];
        }
        if (section.offset < 0 || section.size < 0 || section.size > file.capacity() - section.offset) {
            throw new BpfException.Malformed(origin + ": section " + section.name + " spans bytes " + section.offset
                    + " to " + (section.offset + section.size) + " of " + file.capacity());
        }
        byte[] raw = Arrays.copyOfRange(file.array(), (int) section.offset, (int) (section.offset + section.size));
        return (section.flags & COMPRESSED) == 0 ? raw : inflate(section, raw);
    }

    private byte[] inflate(Section section, byte[] raw) {
        ByteBuffer header = ByteBuffer.wrap(raw).order(file.order());
        if (raw.length < 24 || header.getInt(0) != 1 || header.getLong(8) < 0 || header.getLong(8) > MAX_UNPACKED) {
            throw new BpfException.Malformed(origin + ": section " + section.name
                    + " is compressed in a way that is not zlib, or to over 256 MiB");
        }
        try (var in = new InflaterInputStream(new ByteArrayInputStream(raw, 24, raw.length - 24))) {
            return in.readNBytes((int) header.getLong(8));
        } catch (IOException e) {
            throw new BpfException.Malformed(origin + ": section " + section.name + " cannot be unpacked: " + e
                    .getMessage(), e);
        }
    }

    List<Symbol> symbols() {
        Optional<Section> table = sections.stream().filter(s -> s.type == 2).findFirst()
                .or(() -> sections.stream().filter(
                        s -> s.type == 11).findFirst());
        if (table.isEmpty()) {
            return List.of();
        }
        ByteBuffer entries = ByteBuffer.wrap(bytes(table.get())).order(file.order());
        byte[] names = bytes(section(table.get().link));
        List<Symbol> symbols = new ArrayList<>();
        for (int at = 0; at + SYMBOL_BYTES <= entries.capacity(); at += SYMBOL_BYTES) {
            int kind = entries.get(at + 4);
            symbols.add(new Symbol(symbols.size(), text(names, entries.getInt(at)), entries.getShort(at + 6) & 0xffff,
                    entries.getLong(at + 8), entries.getLong(at + 16), kind & 0xf, kind >>> 4 & 0xf));
        }
        return symbols;
    }

    /** The relocations that apply to {@code section}; BPF uses the form without addend. */
    List<Relocation> relocations(Section section) {
        List<Relocation> found = new ArrayList<>();
        for (Section table : sections) {
            if (table.type == 9 && table.info == section.index) {
                ByteBuffer entries = ByteBuffer.wrap(bytes(table)).order(file.order());
                for (int at = 0; at + 16 <= entries.capacity(); at += 16) {
                    long info = entries.getLong(at + 8);
                    found.add(new Relocation(entries.getLong(at), (int) info, (int) (info >>> 32)));
                }
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return origin;
    }
}
