package dev.assay.scan;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the header of one native file says.
 *
 * @param path
 *            where it lies, nested archives by {@code !/}
 * @param processors
 *            more than one for a universal Mach-O file or an archive of mixed members
 * @param glibc
 *            the newest glibc symbol version that it needs, for example {@code 2.17}
 * @param alignmentBytes
 *            the smallest alignment of a loadable segment; empty when the format or the part read does not say
 */
record NativeFile(String path, Format format, Kind kind, OperatingSystem system, Set<Processor> processors,
        int wordBits,
        boolean littleEndian, Libc libc, Optional<String> glibc, Optional<Long> alignmentBytes, List<String> needed,
        Set<String> exportsJni) {

    enum Format {
        ELF("ELF"), MACH_O("Mach-O"), PE("PE"), ARCHIVE("ar");

        private final String label;

        Format(String label) {
            this.label = label;
        }
    }

    enum Kind {
        SHARED("shared library"), EXECUTABLE("executable"), OBJECT("object file"), STATIC("static library"), CORE(
                "core dump"),
        DEBUG("debug symbols"), MANAGED("managed code"), DEVICE("device code");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** Whether it has to be there for the processor that a program moves to. */
        boolean moves() {
            return switch (this) {
                case SHARED, EXECUTABLE, OBJECT, STATIC -> true;
                case CORE, DEBUG, MANAGED, DEVICE -> false;
            };
        }
    }

    NativeFile {
        processors = Set.copyOf(processors);
        needed = List.copyOf(needed);
        exportsJni = Set.copyOf(exportsJni);
    }

    /** The platform in a word, for example {@code linux-x86-64}. */
    String platform() {
        return system.label() + "-"
                + String.join("+", processors.stream().map(Processor::label).sorted().toList());
    }

    /** One line of evidence. */
    String says() {
        StringBuilder line = new StringBuilder(format.label).append(' ').append(wordBits).append("-bit ")
                .append(littleEndian ? "little-endian " : "big-endian ").append(kind.label).append(" for ")
                .append(platform());
        if (libc != Libc.UNREAD) {
            line.append(", ").append(glibc.map(version -> "needs glibc " + version).orElse(libc.label()));
        }
        alignmentBytes.ifPresent(bytes -> line.append(", segments aligned to ").append(bytes / 1024).append(" KiB"));
        if (!needed.isEmpty()) {
            line.append(", needs ").append(String.join(" ", needed));
        }
        return line.toString();
    }
}
