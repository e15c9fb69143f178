package dev.assay.litmus;

import java.util.Locale;
import java.util.Optional;

/**
 * A general-purpose register of AArch64.
 *
 * @param number 0 to 30; 31 is the zero register; 32 is the stack pointer (encoded as 31 too)
 * @param wide whether all 64 bits (X) or the low 32 (W) are meant
 */
record Arm64Register(int number, boolean wide) {
    static final int ZERO = 31;
    static final int STACK_POINTER = 32;

    /** The register that a name means, in any case. */
    static Optional<Arm64Register> named(String word) {
        String name = word.toUpperCase(Locale.ROOT);
        return switch (name) {
            case "XZR" -> Optional.of(new Arm64Register(ZERO, true));
            case "WZR" -> Optional.of(new Arm64Register(ZERO, false));
            case "SP" -> Optional.of(new Arm64Register(STACK_POINTER, true));
            case "WSP" -> Optional.of(new Arm64Register(STACK_POINTER, false));
            default -> name.matches("[XW]([0-9]|[12][0-9]|30)")
                    ? Optional.of(new Arm64Register(Integer.parseInt(name.substring(1)), name.charAt(0) == 'X'))
                    : Optional.empty();
        };
    }

    /** The name of the whole register, for example X1 for W1. */
    static Optional<String> canonicalName(String word) {
        return named(word).map(Arm64Register::canonical);
    }

    String canonical() {
        return number == ZERO ? "XZR" : number == STACK_POINTER ? "SP" : "X" + number;
    }

    boolean isZero() {
        return number == ZERO;
    }
}
