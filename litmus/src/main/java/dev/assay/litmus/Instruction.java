package dev.assay.litmus;

/** One instruction (or statement) of a thread. */
public sealed interface Instruction permits X86Instruction, Arm64Instruction, RiscvInstruction, JavaStatement {}
