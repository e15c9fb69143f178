package dev.assay.scan;

import java.util.Optional;

/** Reads the header of a native file of any format. */
final class NativeReader {
    private NativeReader() {}

    /**
     * @param data
     *            the file, or the first part of it
     * @param complete
     *            whether data is the whole file
     * @throws Malformed
     *             when the bytes break the rules of the format that their first bytes announce
     */
    static Optional<NativeFile> read(FileKind kind, String path, byte[] data, boolean complete) {
        return switch (kind) {
            case ELF -> Optional.of(ElfHeader.read(path, data, complete));
            case MACH_O -> Optional.of(MachOHeader.read(path, data));
            case PE -> PeHeader.read(path, data);
            case ARCHIVE -> ArchiveMembers.read(path, data, complete);
            case CLASS, ZIP, JMOD, GZIP, XZ, ZSTD, BZIP2, TAR, TEXT, OTHER -> Optional.empty();
        };
    }
}
