package dev.assay.scan;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a Windows image by its COFF and optional headers (Microsoft, "PE Format"). */
final class PeHeader {
    private static final int DLL = 0x2000;

    private PeHeader() {}

    /** Empty for a DOS program, which has the same first two bytes and no code for any processor in question. */
    static Optional<NativeFile> read(String path, byte[] data) {
        Window bytes = Window.little(data);
        if (data.length < 0x40) {
            return Optional.empty();
        }
        long header = bytes.u32(0x3c);
        if (header < 4 || header > data.length - 24 || bytes.i32(header) != 0x00004550) {
            return Optional.empty();
        }
        Processor processor = Processor.ofCoff(bytes.u16(header + 4));
        int characteristics = bytes.u16(header + 22);
        int optionalSize = bytes.u16(header + 20);
        long optional = header + 24;
        boolean wide = optionalSize >= 2 && bytes.u16(optional) == 0x20b;
        return Optional.of(new NativeFile(path, NativeFile.Format.PE,
                managed(bytes, optional, optionalSize, wide)
                        ? NativeFile.Kind.MANAGED
                        : (characteristics & DLL) != 0 ? NativeFile.Kind.SHARED : NativeFile.Kind.EXECUTABLE,
                OperatingSystem.WINDOWS, Set.of(processor), wide ? 64 : 32, true, Libc.UNREAD, Optional.empty(),
                Optional.empty(), List.of(), Set.of()));
    }

    /** Directory 14 is the CLR header: such a file holds intermediate code and runs on every processor. */
    private static boolean managed(Window bytes, long optional, int size, boolean wide) {
        long directories = optional + (wide ? 108 : 92);
        long clr = directories + 4 + 14 * 8;
        return clr + 8 <= Math.min(bytes.length(), optional + size) && bytes.u32(directories) > 14
                && bytes.u32(clr) != 0;
    }
}
