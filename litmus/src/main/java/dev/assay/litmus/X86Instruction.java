package dev.assay.litmus;

/** The x86 instructions that tests use. Sizes are in bytes: 1, 2, 4 or 8. */
sealed interface X86Instruction extends Instruction {
    /** Where a value comes from or goes to. */
    sealed interface Operand {}

    /** A register operand. */
    record Direct(X86Register register) implements Operand {}

    /** A number in the instruction. */
    record Immediate(long value) implements Operand {}

    /** The address of a variable as a number, {@code $x}. */
    record SymbolAddress(String symbol) implements Operand {}

    /**
     * Memory at symbol + displacement + base + index * scale.
     *
     * @param symbol a variable's name, or the empty string
     * @param base a register, or null for none
     * @param index a register, or null for none
     */
    record Memory(String symbol, long displacement, X86Register base, X86Register index,
            int scale) implements Operand {}

    /** What {@link Arithmetic} computes; CMP and TEST only set the flags. */
    enum Operation {
        ADD, SUB, AND, OR, XOR, CMP, TEST, ADC, SBB, SHL, SHR, SAR, IMUL
    }

    /** What {@link Unary} computes. */
    enum UnaryOperation {
        INC, DEC, NEG, NOT
    }

    /** When a jump is taken. */
    enum Test {
        E, NE, L, LE, G, GE, B, BE, A, AE, S, NS, O, NO, P, NP
    }

    /** MOV; {@code nonTemporal} is MOVNTI. */
    record Move(int size, Operand target, Operand source, boolean nonTemporal) implements X86Instruction {}

    /** MOVZX and MOVSX. */
    record MoveExtend(boolean signed, int targetSize, int sourceSize, X86Register target,
            Operand source) implements X86Instruction {}

    /** LEA. */
    record LoadAddress(int size, X86Register target, Memory source) implements X86Instruction {}

    /** Two-operand arithmetic. */
    record Arithmetic(Operation operation, int size, Operand target, Operand source,
            boolean locked) implements X86Instruction {}

    /** One-operand arithmetic. */
    record Unary(UnaryOperation operation, int size, Operand target, boolean locked) implements X86Instruction {}

    /** XCHG; with a memory operand it is always locked, except as the herdtools' UXCH. */
    record Exchange(int size, Operand left, Operand right, boolean locked) implements X86Instruction {}

    /** XADD. */
    record ExchangeAdd(int size, Operand target, X86Register source, boolean locked) implements X86Instruction {}

    /** CMPXCHG: compares with rax; when equal {@code source} is stored, else rax is loaded. */
    record CompareExchange(int size, Operand target, X86Register source, boolean locked) implements X86Instruction {}

    /** MFENCE, LFENCE and SFENCE. */
    enum Fence implements X86Instruction {
        MFENCE, LFENCE, SFENCE
    }

    /** JMP. */
    record Jump(String label) implements X86Instruction {}

    /** A conditional jump. */
    record JumpIf(Test test, String label) implements X86Instruction {}

    /** SETcc. */
    record SetIf(Test test, Operand target) implements X86Instruction {}

    /** CMOVcc. */
    record MoveIf(Test test, int size, X86Register target, Operand source) implements X86Instruction {}

    /** NOP, ENDBR64 and the like. */
    record Nop() implements X86Instruction {}

    /** RET: the thread ends. */
    record Return() implements X86Instruction {}
}
