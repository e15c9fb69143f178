package dev.assay.litmus;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;

/** Threads as x86-64 machine code (Intel SDM volume 2). */
final class X86Encoder extends ThreadEncoder {
    private static final int RSP = 4;
    private static final int GENERAL_REGISTERS = 16;
    private static final List<Integer> LOOP_CHOICE = List.of(15, 14, 13, 12, 11, 10, 9, 8, 5, 3, 7, 6, 2, 1, 0);

    @Override
    Stream<Integer> registers(Instruction instruction) {
        return X86Operands.registers((X86Instruction) instruction);
    }

    @Override
    int number(String register) {
        return X86Register.named(register).orElseThrow().number();
    }

    @Override
    boolean reserved(SortedSet<Integer> used) {
        return used.contains(RSP) || !used.tailSet(GENERAL_REGISTERS).isEmpty();
    }

    @Override
    String reservedWords() {
        return "the stack pointer, a special register";
    }

    @Override
    List<Integer> loopChoice() {
        return LOOP_CHOICE;
    }

    @Override
    LoopCode code(CodeBuffer out, int instance, int scratch, Map<String, Long> offsets) {
        return new X86LoopCode(out, instance, offsets);
    }
}
