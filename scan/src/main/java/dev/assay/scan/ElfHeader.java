package dev.assay.scan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an ELF file by its header, program headers, notes and dynamic section.
 *
 * <p>
 * Sources: System V ABI, chapters 4 and 5; Linux Standard Base, "Symbol Versioning" for .gnu.version_r. The section
 * table is not used: it lies at the end, may be stripped, and the loader does not look at it either.
 */
final class ElfHeader {
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final int PT_NOTE = 4;
    private static final int MOST_SEGMENTS = 256;
    private static final int MOST_ENTRIES = 4096;

    private final String path;
    private final Window bytes;
    private final boolean wide;
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> needed = new ArrayList<>();
    private final Set<String> versions = new HashSet<>();
    private final Set<String> exports = new HashSet<>();
    private OperatingSystem system = OperatingSystem.LINUX;
    private boolean dynamic;
    private boolean interpreted;

    private record Segment(int type, long offset, long address, long size, long alignment) {}

    private ElfHeader(String path, Window bytes, boolean wide) {
        this.path = path;
        this.bytes = bytes;
        this.wide = wide;
    }

    /**
     * @param complete
     *            whether these are all bytes of the file; of a prefix only what lies in it is read
     */
    static NativeFile read(String path, byte[] data, boolean complete) {
        Window raw = Window.little(data);
        int width = raw.u8(4);
        int order = raw.u8(5);
        if (width != 1 && width != 2 || order != 1 && order != 2) {
            throw new Malformed("an ELF header with class " + width + " and byte order " + order);
        }
        ElfHeader header = new ElfHeader(path, raw.ordered(order == 1), width == 2);
        return header.build(complete);
    }

    private NativeFile build(boolean complete) {
        int osAbi = bytes.u8(7);
        int type = bytes.u16(16);
        Processor processor = Processor.ofElf(bytes.u16(18), wide, bytes.little());
        readSegments(complete);
        system = bySystemByte(osAbi);
        readNotes();
        boolean read = complete && readDynamic();
        Libc libc = read || complete && !dynamic ? libc() : Libc.UNREAD;
        if (libc == Libc.BIONIC) {
            system = OperatingSystem.ANDROID;
        }
        return new NativeFile(path, NativeFile.Format.ELF, kind(type, processor), system, Set.of(processor),
                wide ? 64 : 32,
                bytes.little(), libc, newestGlibc(), alignment(), needed, exports);
    }

    private void readSegments(boolean complete) {
        long table = wide ? bytes.u64(32) : bytes.u32(28);
        int size = bytes.u16(wide ? 54 : 42);
        int count = bytes.u16(wide ? 56 : 44);
        if (count > MOST_SEGMENTS) {
            throw new Malformed("an ELF file with " + count + " segments");
        }
        if (count > 0 && size < (wide ? 56 : 32)) {
            throw new Malformed("ELF program headers of " + size + " bytes");
        }
        for (int i = 0; i < count; i++) {
            long at = table + (long) i * size;
            if (!complete && at + size > bytes.length()) {
                return;
            }
            segments.add(wide
                    ? new Segment(bytes.i32(at), bytes.u64(at + 8), bytes.u64(at + 16), bytes.u64(at + 32),
                            bytes.u64(at + 48))
                    : new Segment(bytes.i32(at), bytes.u32(at + 4), bytes.u32(at + 8), bytes.u32(at + 16),
                            bytes.u32(at + 28)));
        }
        dynamic = segments.stream().anyMatch(segment -> segment.type == PT_DYNAMIC);
        interpreted = segments.stream().anyMatch(segment -> segment.type == PT_INTERP);
    }

    private static OperatingSystem bySystemByte(int osAbi) {
        return switch (osAbi) {
            case 0, 3 -> OperatingSystem.LINUX;
            case 9 -> OperatingSystem.FREEBSD;
            // ARM and AMD GPU numbers share the range from 64; on ARM they still mean Linux.
            case 64, 97 -> OperatingSystem.LINUX;
            default -> OperatingSystem.OTHER_UNIX;
        };
    }

    /** The owner's name in a note tells what the system byte leaves open. */
    private void readNotes() {
        for (Segment segment : segments) {
            if (segment.type != PT_NOTE) {
                continue;
            }
            long at = segment.offset;
            long end = Math.min(segment.offset + segment.size, bytes.length());
            for (int i = 0; i < 64 && at + 12 <= end; i++) {
                long nameSize = bytes.u32(at);
                long size = bytes.u32(at + 4);
                if (at + 12 + nameSize > end) {
                    break;
                }
                switch (bytes.slice(at + 12, nameSize).text(0)) {
                    case "Android" -> system = OperatingSystem.ANDROID;
                    case "FreeBSD" -> system = OperatingSystem.FREEBSD;
                    case "OpenBSD", "NetBSD", "DragonFly" -> system = OperatingSystem.OTHER_UNIX;
                    default -> {
                    }
                }
                at += 12 + (nameSize + 3 & ~3L) + (size + 3 & ~3L);
            }
        }
    }

    /** Whether the dynamic section was there to be read. */
    private boolean readDynamic() {
        Segment section = segments.stream().filter(segment -> segment.type == PT_DYNAMIC).findFirst().orElse(null);
        // Detached debug symbols keep the program headers and drop the contents.
        if (section == null || section.size == 0 || section.offset >= bytes.length()) {
            return false;
        }
        int step = wide ? 16 : 8;
        long strings = 0;
        long stringsSize = 0;
        long versionNeeds = 0;
        long symbols = 0;
        int versionNeedCount = 0;
        List<Long> neededNames = new ArrayList<>();
        for (long at = section.offset, i = 0; at + step <= Math.min(bytes.length(), section.offset + section.size)
                && i < MOST_ENTRIES; at += step, i++) {
            long tag = wide ? bytes.u64Wrapped(at) : bytes.u32(at);
            long value = wide ? bytes.u64Wrapped(at + 8) : bytes.u32(at + 4);
            if (tag == 0) {
                break;
            } else if (tag == 1) {
                neededNames.add(value);
            } else if (tag == 5) {
                strings = value;
            } else if (tag == 6) {
                symbols = value;
            } else if (tag == 10) {
                stringsSize = value;
            } else if (tag == 0x6ffffffeL) {
                versionNeeds = value;
            } else if (tag == 0x6fffffffL) {
                versionNeedCount = (int) Math.min(value, 256);
            }
        }
        Optional<Long> table = offsetOf(strings);
        if (table.isEmpty()) {
            return false;
        }
        for (long name : neededNames) {
            needed.add(bytes.text(table.get() + name));
        }
        readVersionNeeds(offsetOf(versionNeeds), versionNeedCount, table.get());
        readJniExports(bytes.slice(table.get(), Math.min(stringsSize, bytes.length())), offsetOf(symbols).isPresent());
        return true;
    }

    private void readVersionNeeds(Optional<Long> start, int count, long strings) {
        if (start.isEmpty()) {
            return;
        }
        long at = start.get();
        for (int i = 0; i < count; i++) {
            int versionsHere = Math.min(bytes.u16(at + 2), 1024);
            long version = at + bytes.u32(at + 8);
            for (int j = 0; j < versionsHere; j++) {
                versions.add(bytes.text(strings + bytes.u32(version + 8)));
                long next = bytes.u32(version + 12);
                if (next == 0) {
                    break;
                }
                version += next;
            }
            long next = bytes.u32(at + 12);
            if (next == 0) {
                return;
            }
            at += next;
        }
    }

    /** The names of JNI functions stand in the string table; imports of that form do not occur in practice. */
    private void readJniExports(Window strings, boolean symbols) {
        if (!symbols) {
            return;
        }
        byte[] data = strings.data();
        int end = strings.from() + strings.length();
        for (int i = strings.from(); i + 6 < end && exports.size() < MOST_ENTRIES; i++) {
            if (data[i] == 'J' && data[i + 1] == 'a' && data[i + 2] == 'v' && data[i + 3] == 'a' && data[i + 4] == '_'
                    && (i == strings.from() || data[i - 1] == 0)) {
                exports.add(strings.text(i - strings.from()));
            }
        }
    }

    /** File offset of a virtual address, by the loadable segments. */
    private Optional<Long> offsetOf(long address) {
        if (address == 0) {
            return Optional.empty();
        }
        return segments.stream()
                .filter(segment -> segment.type == PT_LOAD && address >= segment.address
                        && address - segment.address < segment.size)
                .map(segment -> address - segment.address + segment.offset).filter(offset -> offset < bytes.length())
                .findFirst();
    }

    private Libc libc() {
        if (system == OperatingSystem.ANDROID || versions.contains("LIBC") || needed.contains("liblog.so")
                || needed.contains("libandroid.so")) {
            return Libc.BIONIC;
        }
        if (versions.stream().anyMatch(version -> version.startsWith("GLIBC_")) || needed.contains("libc.so.6")) {
            return Libc.GLIBC;
        }
        if (needed.stream().anyMatch(name -> name.startsWith("libc.musl-") || name.equals("libc.so"))) {
            return Libc.MUSL;
        }
        return needed.isEmpty() ? Libc.NONE : Libc.UNREAD;
    }

    private Optional<String> newestGlibc() {
        return versions.stream().filter(version -> version.matches("GLIBC_\\d+(\\.\\d+)*"))
                .map(version -> version.substring(6)).max(Versions::compare);
    }

    private Optional<Long> alignment() {
        return segments.stream().filter(segment -> segment.type == PT_LOAD && segment.alignment > 1)
                .map(Segment::alignment).min(Long::compare);
    }

    private NativeFile.Kind kind(int type, Processor processor) {
        if (processor == Processor.DEVICE) {
            return NativeFile.Kind.DEVICE;
        }
        boolean hollow = segments.stream().anyMatch(segment -> segment.type == PT_DYNAMIC && segment.size == 0);
        return switch (type) {
            case 1 -> NativeFile.Kind.OBJECT;
            case 2 -> NativeFile.Kind.EXECUTABLE;
            case 3 ->
                hollow ? NativeFile.Kind.DEBUG : interpreted ? NativeFile.Kind.EXECUTABLE : NativeFile.Kind.SHARED;
            case 4 -> NativeFile.Kind.CORE;
            default -> throw new Malformed("an ELF header of type " + type);
        };
    }
}
