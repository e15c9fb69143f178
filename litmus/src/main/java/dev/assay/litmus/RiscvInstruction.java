package dev.assay.litmus;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The RV64 instructions that tests use. Registers are numbers 0 to 31; sizes are in bytes. */
sealed interface RiscvInstruction extends Instruction {
    List<String> ABI_NAMES = List.of("zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2",
            "a3",
            "a4", "a5", "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5",
            "t6");

    /** The number of a register by its number or ABI name, in any case. */
    static Optional<Integer> register(String word) {
        return Optional.ofNullable(Names.NUMBERS.get(word));
    }

    /** All spellings of the registers. */
    final class Names {
        private static final Map<String, Integer> NUMBERS = new HashMap<>();

        static {
            NUMBERS.put("fp", 8);
            for (int i = 0; i < ABI_NAMES.size(); i++) {
                NUMBERS.put("x" + i, i);
                NUMBERS.put("X" + i, i);
                NUMBERS.put(ABI_NAMES.get(i), i);
                NUMBERS.put(ABI_NAMES.get(i).toUpperCase(Locale.ROOT), i);
            }
        }

        private Names() {}
    }

    /** The canonical name, {@code x0} to {@code x31}. */
    static Optional<String> canonicalRegister(String word) {
        return register(word).map(number -> "x" + number);
    }

    /** The acquire and release bits. */
    record Order(boolean acquire, boolean release) {}

    /** What {@link Register} and {@link Immediate} compute; those that end in W work on 32 bits and sign-extend. */
    enum Operation {
        ADD, SUB, AND, OR, XOR, SLL, SRL, SRA, SLT, SLTU, ADDW, SUBW, SLLW, SRLW, SRAW, MUL, MULW
    }

    /** What {@link Atomic} does to memory. */
    enum AtomicOperation {
        SWAP, ADD, AND, OR, XOR, MAX, MIN, MAXU, MINU
    }

    /** When {@link Branch} is taken. */
    enum Test {
        EQ, NE, LT, LTU, GE, GEU
    }

    /** LB, LH, LW, LD and the unsigned ones. */
    record Load(int size, boolean signed, int target, int base, long offset, Order order) implements RiscvInstruction {}

    /** SB, SH, SW, SD. */
    record Store(int size, int source, int base, long offset, Order order) implements RiscvInstruction {}

    /** LR. */
    record LoadReserved(int size, int target, int base, Order order) implements RiscvInstruction {}

    /** SC; {@code status} becomes 0 on success. */
    record StoreConditional(int size, int status, int source, int base, Order order) implements RiscvInstruction {}

    /** An AMO. */
    record Atomic(AtomicOperation operation, int size, int target, int source, int base,
            Order order) implements RiscvInstruction {}

    /** Arithmetic on registers. */
    record Register(Operation operation, int target, int left, int right) implements RiscvInstruction {}

    /** Arithmetic on a register and a number. */
    record Immediate(Operation operation, int target, int left, long right) implements RiscvInstruction {}

    /** LUI and LI: a constant. */
    record Constant(int target, long value) implements RiscvInstruction {}

    /** LA: the address of a variable. */
    record SymbolAddress(int target, String symbol) implements RiscvInstruction {}

    /** FENCE with its predecessor and successor sets; input and output do not matter here. */
    record Fence(boolean readsBefore, boolean writesBefore, boolean readsAfter,
            boolean writesAfter) implements RiscvInstruction {}

    /** FENCE.TSO. */
    record FenceTso() implements RiscvInstruction {}

    /** FENCE.I. */
    record FenceInstructions() implements RiscvInstruction {}

    /** A conditional branch. */
    record Branch(Test test, int left, int right, String label) implements RiscvInstruction {}

    /** J. */
    record Jump(String label) implements RiscvInstruction {}

    /** NOP. */
    record Nop() implements RiscvInstruction {}

    /** RET: the thread ends. */
    record Return() implements RiscvInstruction {}
}
