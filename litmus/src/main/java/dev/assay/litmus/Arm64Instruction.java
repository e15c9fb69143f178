package dev.assay.litmus;

import java.util.Optional;

/** The AArch64 instructions that tests use. Sizes of accesses are in bytes: 1, 2, 4, 8 (16 for pairs that are one access). */
sealed interface Arm64Instruction extends Instruction {
    /** How a shifted register is shifted. */
    enum Shift {
        LSL, LSR, ASR, ROR
    }

    /** How a register is extended: the letter is the size of what is taken, S means signed. */
    enum Extension {
        UXTB, UXTH, UXTW, UXTX, SXTB, SXTH, SXTW, SXTX
    }

    /** The last operand of a computation, or the offset of an address. */
    sealed interface Operand {}

    /** A number, already shifted. */
    record Immediate(long value) implements Operand {}

    /** A register, shifted. */
    record Shifted(Arm64Register register, Shift shift, int amount) implements Operand {}

    /** A register, extended, then shifted left. */
    record Extended(Arm64Register register, Extension extension, int amount) implements Operand {}

    /** How an address is made. */
    enum Indexing {
        /** base + offset */
        OFFSET,
        /** base + offset, which is written back */
        PRE,
        /** base; base + offset is written back */
        POST
    }

    /** An address. */
    record Address(Arm64Register base, Operand offset, Indexing indexing) {
        static Address of(Arm64Register base) {
            return new Address(base, new Immediate(0), Indexing.OFFSET);
        }
    }

    /** The ordering of a load. */
    enum LoadOrder {
        PLAIN, ACQUIRE, ACQUIRE_PC
    }

    /** Condition codes. */
    enum Test {
        EQ, NE, CS, CC, MI, PL, VS, VC, HI, LS, GE, LT, GT, LE, AL
    }

    /** LDR, LDRB, LDRSW, LDUR, LDAR, LDAPR and the like. {@code signed} extends the sign to the target's width. */
    record Load(int size, boolean signed, Arm64Register target, Address address,
            LoadOrder order) implements Arm64Instruction {}

    /** STR, STRB, STUR, STLR and the like. */
    record Store(int size, Arm64Register source, Address address, boolean release) implements Arm64Instruction {}

    /** LDP, LDNP and (signed, 4 bytes) LDPSW: two accesses of {@code size} bytes; LDIAPP orders as acquirePC. */
    record LoadPair(int size, boolean signed, Arm64Register first, Arm64Register second, Address address,
            LoadOrder order) implements Arm64Instruction {}

    /** STP, STNP; STILP orders as release. */
    record StorePair(int size, Arm64Register first, Arm64Register second, Address address,
            boolean release) implements Arm64Instruction {}

    /** LDXR, LDAXR; with a second target LDXP, LDAXP. */
    record LoadExclusive(int size, Arm64Register target, Optional<Arm64Register> second, Arm64Register base,
            boolean acquire) implements Arm64Instruction {}

    /** STXR, STLXR; with a second source STXP, STLXP. {@code status} becomes 0 on success. */
    record StoreExclusive(int size, Arm64Register status, Arm64Register source, Optional<Arm64Register> second,
            Arm64Register base, boolean release) implements Arm64Instruction {}

    /** CAS, CASA, CASL, CASAL and the byte and halfword ones: {@code expected} receives what was found. */
    record CompareAndSwap(int size, Arm64Register expected, Arm64Register desired, Arm64Register base, boolean acquire,
            boolean release) implements Arm64Instruction {}

    /** CASP: like {@link CompareAndSwap} on a register pair each; size is that of one register. */
    record CompareAndSwapPair(int size, Arm64Register expected, Arm64Register desired, Arm64Register base,
            boolean acquire, boolean release) implements Arm64Instruction {}

    /** SWP and its relatives. */
    record Swap(int size, Arm64Register source, Arm64Register target, Arm64Register base, boolean acquire,
            boolean release) implements Arm64Instruction {}

    /** What {@link Atomic} does to memory. */
    enum AtomicOperation {
        ADD, CLR, EOR, SET, SMAX, SMIN, UMAX, UMIN
    }

    /** LDADD and relatives; the ST form (STADD) has no target and reads without returning. */
    record Atomic(AtomicOperation operation, int size, Arm64Register source, Optional<Arm64Register> target,
            Arm64Register base, boolean acquire, boolean release) implements Arm64Instruction {}

    /** The accesses that a barrier orders. */
    enum BarrierKind {
        DMB, DSB, ISB
    }

    /**
     * DMB, DSB, ISB.
     *
     * @param domain SY, ISH, NSH, OSH
     * @param access "" for all, LD for loads before, ST for stores before and after
     */
    record Barrier(BarrierKind kind, String domain, String access) implements Arm64Instruction {}

    /** What {@link Arithmetic} computes. */
    enum Operation {
        ADD, SUB, AND, ORR, EOR, BIC, ORN, EON
    }

    /** target = left op right; {@code flags} for the S forms, CMP, CMN and TST. */
    record Arithmetic(Operation operation, boolean flags, Arm64Register target, Arm64Register left,
            Operand right) implements Arm64Instruction {}

    /** MOV. */
    record Move(Arm64Register target, Operand source) implements Arm64Instruction {}

    /** MOVZ, MOVN and MOVK. */
    enum WideKind {
        MOVZ, MOVN, MOVK
    }

    /** A move of 16 bits to a place in the register. */
    record MoveWide(WideKind kind, Arm64Register target, int value, int shift) implements Arm64Instruction {}

    /** Shifts by a register or a number. */
    record ShiftBy(Shift shift, Arm64Register target, Arm64Register left, Operand right) implements Arm64Instruction {}

    /** SBFM (signed) and UBFM, which all the bitfield aliases become. */
    record Bitfield(boolean signed, Arm64Register target, Arm64Register source, int rotate,
            int width) implements Arm64Instruction {}

    /**
     * target = addend ± left * right.
     *
     * @param subtract whether the product is subtracted
     * @param widening empty for equal widths; else whether the 32-bit factors are signed
     */
    record MultiplyAdd(boolean subtract, Optional<Boolean> widening, Arm64Register target, Arm64Register left,
            Arm64Register right, Arm64Register addend) implements Arm64Instruction {}

    /** What {@link Unary} computes. */
    enum UnaryOperation {
        RBIT, REV, REV16, REV32, CLZ, CLS, ABS
    }

    /** One-operand computations. */
    record Unary(UnaryOperation operation, Arm64Register target, Arm64Register source) implements Arm64Instruction {}

    /** What happens to the second source of {@link ConditionalSelect}. */
    enum SelectKind {
        CSEL, CSINC, CSINV, CSNEG
    }

    /** CSEL and relatives; CSET and CSETM are these with zero registers. */
    record ConditionalSelect(SelectKind kind, Arm64Register target, Arm64Register left, Arm64Register right,
            Test test) implements Arm64Instruction {}

    /** ADR of a variable. */
    record SymbolAddress(Arm64Register target, String symbol) implements Arm64Instruction {}

    /** B. */
    record Jump(String label) implements Arm64Instruction {}

    /** B.cond. */
    record JumpIf(Test test, String label) implements Arm64Instruction {}

    /** CBZ and CBNZ. */
    record CompareAndBranch(boolean nonZero, Arm64Register register, String label) implements Arm64Instruction {}

    /** TBZ and TBNZ. */
    record TestAndBranch(boolean nonZero, Arm64Register register, int bit, String label) implements Arm64Instruction {}

    /** NOP and hints. */
    record Nop() implements Arm64Instruction {}

    /** RET: the thread ends. */
    record Return() implements Arm64Instruction {}
}
