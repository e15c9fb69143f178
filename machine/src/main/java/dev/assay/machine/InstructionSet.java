package dev.assay.machine;

import java.util.List;
import java.util.Locale;

/** A family of machine code, under the name that {@code uname -m} gives it and the other names in use. */
public enum InstructionSet {
    X86_64("x86_64", 64, "amd64", "x64", "x86-64"), AARCH64("aarch64", 64, "arm64"), RISCV64("riscv64", 64), S390X(
            "s390x", 64),
    PPC64LE("ppc64le", 64), PPC64("ppc64", 64), LOONGARCH64("loongarch64", 64), X86("i686", 32,
            "x86", "i386", "i486", "i586"),
    ARM("arm", 32, "armv7l", "armv6l", "armhf",
            "arm32"),
    OTHER("other", 64);

    private final String title;
    private final int bits;
    private final List<String> aliases;

    InstructionSet(String title, int bits, String... aliases) {
        this.title = title;
        this.bits = bits;
        this.aliases = List.of(aliases);
    }

    /** The name as {@code uname -m} has it: {@code x86_64}, {@code aarch64}, … */
    public String title() {
        return title;
    }

    public int bits() {
        return bits;
    }

    public boolean littleEndian() {
        return this != S390X && this != PPC64;
    }

    /** The cache line that processors of this kind usually have, in bytes; only where nothing better is known. */
    public int usualLineBytes() {
        return switch (this) {
            case S390X -> 256; // z/Architecture Principles of Operation, EXTRACT CPU ATTRIBUTE; all since z10
            case PPC64LE, PPC64 -> 128; // Power ISA user's manuals since POWER4
            case X86_64, AARCH64, RISCV64, LOONGARCH64, X86, ARM, OTHER -> 64;
        };
    }

    /** The one that a name in use anywhere (uname, os.arch, a JDK's release file, Go, Docker) means. */
    public static InstructionSet named(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        for (InstructionSet set : values()) {
            if (set.title.equals(lower) || set.aliases.contains(lower)) {
                return set;
            }
        }
        return lower.startsWith("armv8") || lower.startsWith("armv9") ? AARCH64 : OTHER;
    }

    @Override
    public String toString() {
        return title;
    }
}
