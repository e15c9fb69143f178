package dev.assay.scan;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a static library (ar): the header of every member decides (System V and BSD variants, Windows .lib). */
final class ArchiveMembers {
    private static final int HEADER = 60;
    private static final int MOST_MEMBERS = 100_000;

    private ArchiveMembers() {}

    /** Empty when no member is an object file: a Debian package and a Windows import list are ar files too. */
    static Optional<NativeFile> read(String path, byte[] data, boolean complete) {
        Window bytes = Window.little(data);
        Set<Processor> processors = EnumSet.noneOf(Processor.class);
        Set<OperatingSystem> systems = new HashSet<>();
        int word = 64;
        boolean little = true;
        long at = 8;
        for (int i = 0; i < MOST_MEMBERS && at + HEADER <= data.length; i++) {
            if (bytes.u8(at + 58) != 0x60 || bytes.u8(at + 59) != '\n') {
                throw new Malformed("an ar member header at byte " + at + " without its end mark");
            }
            String name = bytes.text(at, 16).strip();
            long size = number(bytes.text(at + 48, 10).strip());
            long body = at + HEADER;
            if (name.startsWith("#1/")) {
                body += number(name.substring(3));
            }
            long end = at + HEADER + size;
            if (complete && end > data.length) {
                throw new Malformed("ar member " + name + " claims " + size + " bytes beyond the end of the file");
            }
            Optional<NativeFile> member = member(path, bytes, body, end);
            if (member.isPresent()) {
                processors.addAll(member.get().processors());
                systems.add(member.get().system());
                word = member.get().wordBits();
                little = member.get().littleEndian();
            }
            at = end + (end & 1);
        }
        if (processors.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new NativeFile(path, NativeFile.Format.ARCHIVE, NativeFile.Kind.STATIC,
                systems.iterator().next(), processors, word, little, Libc.UNREAD, Optional.empty(), Optional.empty(),
                List.of(), Set.of()));
    }

    private static long number(String digits) {
        if (!digits.matches("\\d{1,10}")) {
            throw new Malformed("an ar member size that is not a number: " + digits);
        }
        return Long.parseLong(digits);
    }

    private static Optional<NativeFile> member(String path, Window bytes, long body, long end) {
        if (body >= bytes.length() || end - body < 20) {
            return Optional.empty();
        }
        Window slice = bytes.slice(body, Math.min(end - body, 4096));
        byte[] head = java.util.Arrays.copyOfRange(slice.data(), slice.from(), slice.from() + slice.length());
        return switch (FileKind.of(head)) {
            case ELF -> Optional.of(ElfHeader.read(path, head, false));
            case MACH_O -> Optional.of(MachOHeader.read(path, head));
            default -> coff(path, Window.little(head));
        };
    }

    /** A COFF object has no magic number, so that only a known machine number counts. */
    private static Optional<NativeFile> coff(String path, Window head) {
        int machine = head.u16(0) == 0 && head.u16(2) == 0xffff ? head.u16(6) : head.u16(0);
        Processor processor = Processor.ofCoff(machine);
        if (processor == Processor.UNRECOGNISED) {
            return Optional.empty();
        }
        return Optional.of(new NativeFile(path, NativeFile.Format.PE, NativeFile.Kind.OBJECT, OperatingSystem.WINDOWS,
                Set.of(processor), 64, true, Libc.UNREAD, Optional.empty(), Optional.empty(), List.of(), Set.of()));
    }
}
