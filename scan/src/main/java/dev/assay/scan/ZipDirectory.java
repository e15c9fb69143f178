package dev.assay.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The central directory of a zip file, read without trust (APPNOTE.TXT 6.3.10, sections 4.3 to 4.5).
 *
 * <p>
 * The JDK's own reader works on files only; archives in archives are read here from the bytes in which they lie.
 */
record ZipDirectory(List<Entry> entries, long shift, long start) {
    private static final int END = 22;
    private static final int CENTRAL = 46;
    private static final int LOCAL = 30;
    private static final long MAX_U32 = 0xffff_ffffL;
    private static final int MOST_DIRECTORY_BYTES = 256 << 20;

    record Entry(String name, int method, boolean encrypted, long compressed, long size, long offset) {
        boolean folder() {
            return name.endsWith("/");
        }
    }

    ZipDirectory {
        entries = List.copyOf(entries);
    }

    static ZipDirectory read(RandomBytes bytes) throws IOException {
        long end = findEnd(bytes);
        Window record = Window.little(bytes.read(end, END));
        long count = record.u16(10);
        long size = record.u32(12);
        long offset = record.u32(16);
        long directoryEnd = end;
        if ((count == 0xffff || size == MAX_U32 || offset == MAX_U32) && end >= 20) {
            Window locator = Window.little(bytes.read(end - 20, 20));
            if (locator.i32(0) == 0x07064b50) {
                long at = locator.u64(8);
                Window wide = Window.little(bytes.read(at, 56));
                if (wide.i32(0) != 0x06064b50) {
                    throw new Malformed("a zip64 locator that points at no zip64 record");
                }
                count = wide.u64(32);
                size = wide.u64(40);
                offset = wide.u64(48);
                directoryEnd = at;
            }
        }
        if (size > directoryEnd || size > MOST_DIRECTORY_BYTES) {
            throw new Malformed("a zip directory that claims " + size + " bytes");
        }
        // A launch script may stand before the archive; offsets then count from behind it.
        long start = directoryEnd - size;
        long shift = start - offset;
        if (shift < 0) {
            throw new Malformed("a zip directory that claims to start at byte " + offset + " of " + bytes.size());
        }
        return new ZipDirectory(entries(bytes.read(start, (int) size), count), shift, start);
    }

    private static long findEnd(RandomBytes bytes) throws IOException {
        int length = (int) Math.min(bytes.size(), END + 0xffff);
        if (length < END) {
            throw new Malformed("it has " + bytes.size() + " bytes, too few for a zip file");
        }
        byte[] tail = bytes.read(bytes.size() - length, length);
        for (int i = length - END; i >= 0; i--) {
            if (tail[i] == 'P' && tail[i + 1] == 'K' && tail[i + 2] == 5 && tail[i + 3] == 6) {
                int comment = (tail[i + 20] & 0xff) | (tail[i + 21] & 0xff) << 8;
                if (i + END + comment <= length) {
                    return bytes.size() - length + i;
                }
            }
        }
        throw new Malformed("the zip directory is missing: the file is truncated");
    }

    private static List<Entry> entries(byte[] data, long count) {
        Window bytes = Window.little(data);
        List<Entry> entries = new ArrayList<>((int) Math.min(count, data.length / CENTRAL + 1));
        long at = 0;
        // The count may lie (it wraps at 65,536 in old archives), so the bytes decide.
        while (at + CENTRAL <= data.length && bytes.i32(at) == 0x02014b50) {
            int flags = bytes.u16(at + 8);
            int nameLength = bytes.u16(at + 28);
            int extraLength = bytes.u16(at + 30);
            String name = new String(data, (int) at + CENTRAL, check(bytes, at + CENTRAL, nameLength),
                    StandardCharsets.UTF_8);
            long compressed = bytes.u32(at + 20);
            long size = bytes.u32(at + 24);
            long offset = bytes.u32(at + 42);
            if (compressed == MAX_U32 || size == MAX_U32 || offset == MAX_U32) {
                Window extra = bytes.slice(at + CENTRAL + nameLength, extraLength);
                long field = 0;
                while (field + 4 <= extra.length() && extra.u16(field) != 1) {
                    field += 4 + extra.u16(field + 2);
                }
                field += 4;
                if (size == MAX_U32) {
                    size = extra.u64(field);
                    field += 8;
                }
                if (compressed == MAX_U32) {
                    compressed = extra.u64(field);
                    field += 8;
                }
                if (offset == MAX_U32) {
                    offset = extra.u64(field);
                }
            }
            entries.add(new Entry(name, bytes.u16(at + 10), (flags & 1) != 0, compressed, size, offset));
            at += CENTRAL + nameLength + extraLength + bytes.u16(at + 32);
        }
        return entries;
    }

    private static int check(Window bytes, long at, int length) {
        if (at + length > bytes.length()) {
            throw new Malformed("a zip entry name beyond the end of the directory");
        }
        return length;
    }

    /** Where the bytes of an entry start; the local header has its own name and extra lengths. */
    long dataStart(RandomBytes bytes, Entry entry) throws IOException {
        long at = entry.offset() + shift;
        Window local = Window.little(bytes.read(at, LOCAL));
        if (local.i32(0) != 0x04034b50) {
            throw new Malformed("no local header at byte " + at);
        }
        long data = at + LOCAL + local.u16(26) + local.u16(28);
        if (data + entry.compressed() > bytes.size()) {
            throw new Malformed("its data would end at byte " + (data + entry.compressed()) + " of " + bytes.size());
        }
        return data;
    }
}
