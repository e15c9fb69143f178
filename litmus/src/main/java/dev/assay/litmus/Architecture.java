package dev.assay.litmus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages in which a test's threads may be written. */
public enum Architecture {
    /** 64-bit x86, AT&amp;T syntax. */
    X86_64("X86_64"),
    /** 32-bit x86 in the older Intel-like syntax of the herdtools. */
    X86("X86"),
    /** 64-bit Arm. */
    AARCH64("AArch64"),
    /** RV64 with the A extension. */
    RISCV("RISCV"),
    /** Java with VarHandle access modes. */
    JAVA("Java");

    private final String header;

    Architecture(String header) {
        this.header = header;
    }

    /** The word that opens a test file, for example {@code AArch64}. */
    public String header() {
        return header;
    }

    /** The architecture that a test file's first word names, whatever its case. */
    static Optional<Architecture> ofHeader(String word) {
        String wanted = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(a -> a.header.toUpperCase(Locale.ROOT).equals(wanted)).findFirst();
    }
}
