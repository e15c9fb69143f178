package dev.assay.scan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a Mach-O file, single or universal, by its load commands (mach-o/loader.h, mach-o/fat.h). */
final class MachOHeader {
    private static final int SEGMENT_64 = 0x19;
    private static final int LOAD_DYLIB = 0xc;
    private static final int LOAD_WEAK_DYLIB = 0x80000018;
    private static final int VERSION_MIN_IPHONEOS = 0x25;
    private static final int BUILD_VERSION = 0x32;

    private MachOHeader() {}

    static NativeFile read(String path, byte[] data) {
        int magic = Window.big(data).i32(0);
        return magic == FileKind.FAT_MAGIC || magic == FileKind.FAT_MAGIC_64 ? universal(path, data) : thin(path, data);
    }

    private static NativeFile universal(String path, byte[] data) {
        Window bytes = Window.big(data);
        boolean wide = bytes.i32(0) == FileKind.FAT_MAGIC_64;
        long count = bytes.u32(4);
        int step = wide ? 32 : 20;
        Set<Processor> processors = EnumSet.noneOf(Processor.class);
        for (int i = 0; i < count; i++) {
            processors.add(Processor.ofMachO(bytes.i32(8 + (long) i * step)));
        }
        if (processors.isEmpty()) {
            throw new Malformed("a universal Mach-O file without members");
        }
        // The members lie page-aligned behind the table, most often beyond what was read; the system is macOS or iOS.
        return new NativeFile(path, NativeFile.Format.MACH_O, NativeFile.Kind.SHARED, OperatingSystem.MACOS, processors,
                64,
                true, Libc.UNREAD, Optional.empty(), Optional.empty(), List.of(), Set.of());
    }

    private static NativeFile thin(String path, byte[] data) {
        int magic = Window.big(data).i32(0);
        boolean little = magic == 0xcffaedfe || magic == 0xcefaedfe;
        boolean wide = magic == 0xcffaedfe || magic == 0xfeedfacf;
        Window bytes = new Window(data, 0, data.length, little);
        Processor processor = Processor.ofMachO(bytes.i32(4));
        int type = bytes.i32(12);
        long commands = Math.min(bytes.u32(16), 4096);
        long at = wide ? 32 : 28;
        OperatingSystem system = OperatingSystem.MACOS;
        Optional<Long> alignment = Optional.empty();
        List<String> needed = new ArrayList<>();
        for (int i = 0; i < commands && at + 8 <= data.length; i++) {
            int command = bytes.i32(at);
            long size = bytes.u32(at + 4);
            if (size < 8) {
                throw new Malformed("a Mach-O load command of " + size + " bytes");
            }
            if (at + size > data.length) {
                break;
            }
            switch (command) {
                case LOAD_DYLIB, LOAD_WEAK_DYLIB -> needed.add(lastName(bytes.text(at + bytes.u32(at + 8))));
                case VERSION_MIN_IPHONEOS -> system = OperatingSystem.IOS;
                case BUILD_VERSION -> {
                    int platform = bytes.i32(at + 8);
                    system = platform == 1 || platform == 6 ? OperatingSystem.MACOS : OperatingSystem.IOS;
                }
                case SEGMENT_64 -> {
                    long address = bytes.u64(at + 24);
                    if (address != 0) {
                        long granularity = Long.lowestOneBit(address);
                        alignment = Optional.of(Math.min(alignment.orElse(Long.MAX_VALUE), granularity));
                    }
                }
                default -> {
                }
            }
            at += size;
        }
        return new NativeFile(path, NativeFile.Format.MACH_O, kind(type), system, Set.of(processor), wide ? 64 : 32,
                little,
                Libc.UNREAD, Optional.empty(), alignment, needed, Set.of());
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static NativeFile.Kind kind(int type) {
        return switch (type) {
            case 1 -> NativeFile.Kind.OBJECT;
            case 2, 5, 7 -> NativeFile.Kind.EXECUTABLE;
            case 3, 6, 8, 9 -> NativeFile.Kind.SHARED;
            case 4 -> NativeFile.Kind.CORE;
            case 10 -> NativeFile.Kind.DEBUG;
            default -> throw new Malformed("a Mach-O header of type " + type);
        };
    }
}
