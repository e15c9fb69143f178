package dev.assay.litmus;

import java.util.Optional;

/** Turns a register as written in the initial state or the condition into its canonical name. */
@FunctionalInterface
interface RegisterNames {
    /** The canonical name, or empty when the word names no register. */
    Optional<String> canonical(String word);

    static RegisterNames of(Architecture architecture) {
        return switch (architecture) {
            case X86_64, X86 -> word -> X86Register.named(word).map(X86Register::canonical);
            case AARCH64 -> Arm64Register::canonicalName;
            case RISCV -> RiscvInstruction::canonicalRegister;
            case JAVA -> Optional::of;
        };
    }
}
