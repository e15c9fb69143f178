package dev.assay.litmus;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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

    private static final Map<String, Arm64Register> NAMES = new HashMap<>();

    static {
        for (boolean wide : new boolean[]{true, false}) {
            String letter = wide ? "X" : "W";
            for (int i = 0; i < ZERO; i++) {
                name(letter + i, new Arm64Register(i, wide));
            }
            name(letter + "ZR", new Arm64Register(ZERO, wide));
            name(wide ? "SP" : "WSP", new Arm64Register(STACK_POINTER, wide));
        }
    }

    private static void name(String name, Arm64Register register) {
        NAMES.put(name, register);
        NAMES.put(name.toLowerCase(Locale.ROOT), register);
    }

    /** The register that a name means, in upper or lower case. */
    static Optional<Arm64Register> named(String word) {
        return Optional.ofNullable(NAMES.get(word));
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
