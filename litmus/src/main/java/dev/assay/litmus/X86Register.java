package dev.assay.litmus;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A general-purpose register of x86, or a part of one.
 *
 * @param number the number in the instruction encoding: rax 0, rcx 1, rdx 2, rbx 3, rsp 4, rbp 5, rsi 6, rdi 7, r8 ... r15
 * @param bytes how much of it is meant: 1, 2, 4 or 8
 * @param high whether the second byte (ah, ch, dh, bh) is meant; then {@code bytes} is 1
 */
record X86Register(int number, int bytes, boolean high) {
    private static final List<String> LEGACY = List.of("ax", "cx", "dx", "bx", "sp", "bp", "si", "di");
    /** The 64-bit names in the order of the herdtools' reports, then what is read as a register but never changed. */
    static final List<String> NAMES = List.of("rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10",
            "r11", "r12", "r13", "r14", "r15", "rip", "cs", "ds", "es", "fs", "gs", "ss");
    private static final int FIRST_SPECIAL = 16;
    private static final int MAXIMUM_NAME = 5;
    /** Names that were asked for; only short words are kept, of which there are few. */
    private static final Map<String, Optional<X86Register>> KNOWN = new ConcurrentHashMap<>();

    /** The register that a name means, in any case; rip and the segment registers get numbers from 16. */
    static Optional<X86Register> named(String word) {
        if (word.length() > MAXIMUM_NAME) {
            return Optional.empty();
        }
        return KNOWN.computeIfAbsent(word, X86Register::spelled);
    }

    private static Optional<X86Register> spelled(String word) {
        String name = word.toLowerCase(Locale.ROOT);
        int special = NAMES.indexOf(name);
        if (special >= FIRST_SPECIAL) {
            return Optional.of(new X86Register(special, 8, false));
        }
        if (name.length() == 2 && name.charAt(1) == 'h' && "acdb".indexOf(name.charAt(0)) >= 0) {
            return Optional.of(new X86Register("acdb".indexOf(name.charAt(0)), 1, true));
        }
        for (int i = 0; i < LEGACY.size(); i++) {
            String base = LEGACY.get(i);
            String low = base.endsWith("x") ? base.charAt(0) + "l" : base + "l";
            int bytes = name.equals("r" + base)
                    ? 8
                    : name.equals("e" + base)
                            ? 4
                            : name.equals(base)
                                    ? 2
                                    : name.equals(low) ? 1 : 0;
            if (bytes > 0) {
                return Optional.of(new X86Register(i, bytes, false));
            }
        }
        if (name.matches("r(8|9|1[0-5])[dwb]?")) {
            int bytes = switch (name.charAt(name.length() - 1)) {
                case 'd' -> 4;
                case 'w' -> 2;
                case 'b' -> 1;
                default -> 8;
            };
            return Optional.of(new X86Register(Integer.parseInt(name.replaceAll("[rdwb]", "")), bytes, false));
        }
        return Optional.empty();
    }

    /** The name of the whole register, for example {@code rax}. */
    String canonical() {
        if (number >= FIRST_SPECIAL) {
            return NAMES.get(number);
        }
        return number < LEGACY.size() ? "r" + LEGACY.get(number) : "r" + number;
    }
}
