package dev.assay.litmus;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Threads as AArch64 machine code (Arm ARM, DDI 0487). */
final class Arm64Encoder extends ThreadEncoder {
    /** The platform's own; it may not be touched. */
    private static final int PLATFORM = 18;
    private static final int LAST = 28;
    private static final List<Integer> LOOP_CHOICE = IntStream.rangeClosed(0, LAST).map(i -> LAST - i)
            .filter(r -> r != PLATFORM).boxed().toList();

    @Override
    Stream<Integer> registers(Instruction instruction) {
        return Arm64Operands.registers((Arm64Instruction) instruction).stream().filter(r -> r != Arm64Register.ZERO);
    }

    @Override
    int number(String register) {
        return Arm64Register.named(register).orElseThrow().number();
    }

    @Override
    boolean reserved(SortedSet<Integer> used) {
        return used.contains(PLATFORM) || used.contains(Arm64Register.STACK_POINTER);
    }

    @Override
    String reservedWords() {
        return "X18, SP";
    }

    @Override
    List<Integer> loopChoice() {
        return LOOP_CHOICE;
    }

    @Override
    LoopCode code(CodeBuffer out, int instance, int scratch, Map<String, Long> offsets) {
        return new Arm64LoopCode(out, instance, scratch, offsets);
    }
}
