package dev.assay.litmus;

import dev.assay.litmus.Arm64Instruction.Address;
import dev.assay.litmus.Arm64Instruction.Extended;
import dev.assay.litmus.Arm64Instruction.Immediate;
import dev.assay.litmus.Arm64Instruction.Indexing;
import dev.assay.litmus.Arm64Instruction.LoadOrder;
import dev.assay.litmus.Arm64Instruction.Operation;
import dev.assay.litmus.Arm64Instruction.Shift;
import dev.assay.litmus.Arm64Instruction.Shifted;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Instructions of AArch64 as words (Arm ARM, DDI 0487, chapter C4). */
final class Arm64Code {
    private static final int ZERO = Arm64Register.ZERO;
    private static final int ADD_NUMBER = 0x11000000;

    private final CodeBuffer out;
    private final int instance;
    private final int scratch;
    private final Map<String, Long> offsets;

    /** @param scratch a register that the thread does not use */
    Arm64Code(CodeBuffer out, int instance, int scratch, Map<String, Long> offsets) {
        this.out = out;
        this.instance = instance;
        this.scratch = scratch;
        this.offsets = offsets;
    }

    /** The thread's instructions; a jump to the end goes to {@code end}. */
    void body(LitmusThread thread, String end) {
        ThreadBody.write(out, thread, end,
                (instruction, label) -> instruction((Arm64Instruction) instruction, label, end));
    }

    private void instruction(Arm64Instruction instruction, UnaryOperator<String> label, String end) {
        switch (instruction) {
            case Arm64Instruction.Load i -> load(i);
            case Arm64Instruction.Store i -> store(i);
            case Arm64Instruction.LoadPair i -> {
                plain(i.order() == LoadOrder.PLAIN, "an ordered load of a pair");
                pair(0x0040_0000 | (i.signed() ? 0x4000_0000 : 0), i.signed() ? 4 : i.size(), i.first(), i.second(),
                        i.address());
            }
            case Arm64Instruction.StorePair i -> {
                plain(!i.release(), "an ordered store of a pair");
                pair(0, i.size(), i.first(), i.second(), i.address());
            }
            case Arm64Instruction.LoadExclusive i -> word((i.second().isPresent() ? 0x087f_0000 : 0x085f_0000)
                    | sizeBits(i.size()) | (i.acquire() ? 0x8000 : 0) | (i.second().isPresent() ? 0x8000_0000 : 0)
                    | i.second().map(Arm64Code::number).orElse(ZERO) << 10 | number(i.base()) << 5
                    | number(i.target()));
            case Arm64Instruction.StoreExclusive i -> word((i.second().isPresent() ? 0x0820_0000 : 0x0800_0000)
                    | sizeBits(i.size()) | (i.release() ? 0x8000 : 0) | (i.second().isPresent() ? 0x8000_0000 : 0)
                    | number(i.status()) << 16 | i.second().map(Arm64Code::number).orElse(ZERO) << 10
                    | number(i.base()) << 5 | number(i.source()));
            case Arm64Instruction.CompareAndSwap i -> word(0x08a0_7c00 | sizeBits(i.size())
                    | (i.acquire() ? 1 << 22 : 0) | (i.release() ? 1 << 15 : 0) | number(i.expected()) << 16
                    | number(i.base()) << 5 | number(i.desired()));
            case Arm64Instruction.CompareAndSwapPair i -> word(0x0820_7c00 | (i.size() == 8 ? 1 << 30 : 0)
                    | (i.acquire() ? 1 << 22 : 0) | (i.release() ? 1 << 15 : 0) | number(i.expected()) << 16
                    | number(i.base()) << 5 | number(i.desired()));
            case Arm64Instruction.Swap i -> word(0x3820_8000 | sizeBits(i.size()) | (i.acquire() ? 1 << 23 : 0)
                    | (i.release() ? 1 << 22 : 0) | number(i.source()) << 16 | number(i.base()) << 5
                    | number(i.target()));
            case Arm64Instruction.Atomic i -> word(0x3820_0000 | sizeBits(i.size()) | (i.acquire() ? 1 << 23 : 0)
                    | (i.release() ? 1 << 22 : 0) | number(i.source()) << 16 | i.operation().ordinal() << 12
                    | number(i.base()) << 5 | i.target().map(Arm64Code::number).orElse(ZERO));
            case Arm64Instruction.Barrier i -> barrier(i);
            case Arm64Instruction.Arithmetic i -> arithmetic(i);
            case Arm64Instruction.Move i -> move(i);
            case Arm64Instruction.MoveWide i -> word(switch (i.kind()) {
                case MOVN -> 0x1280_0000;
                case MOVZ -> 0x5280_0000;
                case MOVK -> 0x7280_0000;
            } | wide(i.target()) | i.shift() / 16 << 21 | i.value() << 5 | number(i.target()));
            case Arm64Instruction.ShiftBy i -> shiftBy(i);
            case Arm64Instruction.Bitfield i -> bitfield(i.signed(), i.target(), i.source(), i.rotate(), i.width());
            case Arm64Instruction.MultiplyAdd i -> word(i.widening()
                    .map(signed -> signed ? 0x9b20_0000 : 0x9ba0_0000).orElse(0x1b00_0000 | wide(i.target()))
                    | number(i.right()) << 16 | (i.subtract() ? 1 << 15 : 0) | number(i.addend()) << 10
                    | number(i.left()) << 5 | number(i.target()));
            case Arm64Instruction.Unary i -> unary(i);
            case Arm64Instruction.ConditionalSelect i -> word(switch (i.kind()) {
                case CSEL -> 0x1a80_0000;
                case CSINC -> 0x1a80_0400;
                case CSINV -> 0x5a80_0000;
                case CSNEG -> 0x5a80_0400;
            } | wide(i.target()) | number(i.right()) << 16 | i.test().ordinal() << 12 | number(i.left()) << 5
                    | number(i.target()));
            case Arm64Instruction.SymbolAddress i -> set(i.target().number(), new Value.Address(i.symbol(), 0));
            case Arm64Instruction.Jump i -> branch(label.apply(i.label()));
            case Arm64Instruction.JumpIf i -> branchIf(i.test().ordinal(), label.apply(i.label()));
            case Arm64Instruction.CompareAndBranch i -> {
                int opcode = 0x3400_0000 | (i.nonZero() ? 1 << 24 : 0) | wide(i.register()) | number(i.register());
                out.reference(label.apply(i.label()), d -> opcode | distance(d, 19) << 5);
            }
            case Arm64Instruction.TestAndBranch i -> {
                int opcode = 0x3600_0000 | (i.nonZero() ? 1 << 24 : 0) | i.bit() >> 5 << 31 | (i.bit() & 31) << 19
                        | number(i.register());
                out.reference(label.apply(i.label()), d -> opcode | distance(d, 14) << 5);
            }
            case Arm64Instruction.Nop _ -> word(0xd503_201f);
            case Arm64Instruction.Return _ -> branch(end);
        }
    }

    private static void plain(boolean holds, String what) {
        if (!holds) {
            throw new Unencodable(what + " is not encoded here; use single accesses");
        }
    }

    private static int number(Arm64Register register) {
        if (register.number() == Arm64Register.STACK_POINTER) {
            throw new Unencodable("the stack pointer is not available to a test that runs");
        }
        return register.number();
    }

    private static int wide(Arm64Register register) {
        return register.wide() ? 1 << 31 : 0;
    }

    private static int sizeBits(int bytes) {
        return Integer.numberOfTrailingZeros(bytes) << 30;
    }

    void word(int word) {
        out.int32(word);
    }

    static int distance(long bytes, int bits) {
        return (int) (bytes >> 2) & (1 << bits) - 1;
    }

    private void load(Arm64Instruction.Load i) {
        boolean zero = i.address().offset() instanceof Immediate(long offset) && offset == 0
                && i.address().indexing() == Indexing.OFFSET;
        int place = number(i.address().base()) << 5 | number(i.target());
        switch (i.order()) {
            case PLAIN -> single(i.signed() ? i.target().wide() ? 0x0080_0000 : 0x00c0_0000 : 0x0040_0000, i.size(),
                    i.target(), i.address());
            case ACQUIRE -> {
                plain(zero && !i.signed(), "LDAR with an offset");
                word(0x08df_fc00 | sizeBits(i.size()) | place);
            }
            case ACQUIRE_PC -> {
                plain(!i.signed(), "a signed LDAPR");
                word(zero
                        ? 0x38bf_c000 | sizeBits(i.size()) | place
                        : 0x1940_0000 | sizeBits(i.size()) | unscaled(i.address()) | place);
            }
        }
    }

    private void store(Arm64Instruction.Store i) {
        if (!i.release()) {
            single(0, i.size(), i.source(), i.address());
            return;
        }
        boolean zero = i.address().offset() instanceof Immediate(long offset) && offset == 0
                && i.address().indexing() == Indexing.OFFSET;
        int place = number(i.address().base()) << 5 | number(i.source());
        word(sizeBits(i.size()) | place | (zero ? 0x089f_fc00 : 0x1900_0000 | unscaled(i.address())));
    }

    private static int unscaled(Address address) {
        plain(address.indexing() == Indexing.OFFSET, "an ordered access with write-back");
        if (address.offset() instanceof Immediate(long offset) && offset >= -256 && offset < 256) {
            return (int) (offset & 0x1ff) << 12;
        }
        throw new Unencodable("an ordered access takes an offset of -256 to 255");
    }

    private void single(int kind, int size, Arm64Register register, Address address) {
        int common = sizeBits(size) | kind | number(address.base()) << 5 | number(register);
        switch (address.offset()) {
            case Immediate(long offset) -> {
                boolean scaled = offset >= 0 && offset % size == 0 && offset / size < 4096;
                if (address.indexing() == Indexing.OFFSET && scaled) {
                    word(0x3900_0000 | common | (int) (offset / size) << 10);
                } else if (offset >= -256 && offset < 256) {
                    word(0x3800_0000 | common | (int) (offset & 0x1ff) << 12 | switch (address.indexing()) {
                        case OFFSET -> 0;
                        case POST -> 0x400;
                        case PRE -> 0xc00;
                    });
                } else {
                    throw new Unencodable("the offset " + offset + " does not fit the instruction");
                }
            }
            case Shifted by -> register(common, size, by.register(), 3, by.shift() == Shift.LSL ? by.amount() : -1,
                    address);
            case Extended by -> register(common, size, by.register(), switch (by.extension()) {
                case UXTW -> 2;
                case UXTX -> 3;
                case SXTW -> 6;
                case SXTX -> 7;
                default -> throw new Unencodable("an address is not extended by " + by.extension());
            }, by.amount(), address);
        }
    }

    private void register(int common, int size, Arm64Register by, int option, int amount, Address address) {
        boolean scaled = amount != 0;
        if (address.indexing() != Indexing.OFFSET || scaled && 1 << amount != size) {
            throw new Unencodable("a register offset is shifted by 0 or the size of the access, without write-back");
        }
        word(0x3820_0800 | common | number(by) << 16 | option << 13 | (scaled ? 1 << 12 : 0));
    }

    private void pair(int kind, int size, Arm64Register first, Arm64Register second, Address address) {
        if (!(address.offset() instanceof Immediate(long offset)) || offset % size != 0 || offset / size < -64
                || offset / size > 63 || size < 4 || size > 8) {
            throw new Unencodable("a pair takes an offset of -64 to 63 times its size");
        }
        word(kind | (size == 8 ? 0x8000_0000 : 0) | switch (address.indexing()) {
            case OFFSET -> 0x2900_0000;
            case POST -> 0x2880_0000;
            case PRE -> 0x2980_0000;
        } | (int) (offset / size & 0x7f) << 15 | number(second) << 10 | number(address.base()) << 5 | number(first));
    }

    private void barrier(Arm64Instruction.Barrier i) {
        int domain = switch (i.domain()) {
            case "OSH" -> 0;
            case "NSH" -> 4;
            case "ISH" -> 8;
            default -> 12;
        };
        int access = switch (i.access()) {
            case "LD" -> 1;
            case "ST" -> 2;
            default -> 3;
        };
        word(switch (i.kind()) {
            case DMB -> 0xd503_30bf | (domain | access) << 8;
            case DSB -> 0xd503_309f | (domain | access) << 8;
            case ISB -> 0xd503_3fdf;
        });
    }

    private void arithmetic(Arm64Instruction.Arithmetic i) {
        int common = wide(i.target()) | number(i.left()) << 5 | number(i.target());
        if (i.operation() == Operation.ADD || i.operation() == Operation.SUB) {
            int kind = common | (i.operation() == Operation.SUB ? 1 << 30 : 0) | (i.flags() ? 1 << 29 : 0);
            switch (i.right()) {
                case Immediate(long value) when value >= 0 && value < 4096 ->
                    word(ADD_NUMBER | kind | (int) value << 10);
                case Immediate(long value) when value >= 0 && value < 1 << 24 && (value & 0xfff) == 0 ->
                    word(ADD_NUMBER | kind | 1 << 22 | (int) (value >> 12) << 10);
                case Immediate(long value) when value < 0 && value > -4096 ->
                    word(ADD_NUMBER | kind ^ 1 << 30 | (int) -value << 10);
                case Immediate(long value) -> throw new Unencodable("the number " + value + " does not fit; use MOV");
                case Shifted by -> word(0x0b00_0000 | kind | by.shift().ordinal() << 22 | number(by.register()) << 16
                        | by.amount() << 10);
                case Extended by -> word(0x0b20_0000 | kind | number(by.register()) << 16
                        | by.extension().ordinal() << 13 | by.amount() << 10);
            }
            return;
        }
        boolean negated = i.operation() == Operation.BIC || i.operation() == Operation.ORN
                || i.operation() == Operation.EON;
        int kind = switch (i.operation()) {
            case AND, BIC -> i.flags() ? 0x6000_0000 : 0;
            case ORR, ORN -> 0x2000_0000;
            default -> 0x4000_0000;
        };
        switch (i.right()) {
            case Immediate(long value) -> word(0x1200_0000 | kind | common
                    | bitmask(negated ? ~value : value, i.target().wide()) << 10);
            case Shifted by -> word(0x0a00_0000 | kind | common | by.shift().ordinal() << 22 | (negated ? 1 << 21 : 0)
                    | number(by.register()) << 16 | by.amount() << 10);
            case Extended _ -> throw new Unencodable("logical instructions extend no register");
        }
    }

    /** N, immr and imms of a pattern of repeated, rotated ones (Arm ARM, DecodeBitMasks), found by trying all. */
    private static int bitmask(long value, boolean wide) {
        long wanted = wide ? value : value & 0xffff_ffffL;
        for (int size = 2; size <= (wide ? 64 : 32); size *= 2) {
            for (int ones = 1; ones < size; ones++) {
                long pattern = (1L << ones) - 1;
                for (int filled = size; filled < 64; filled *= 2) {
                    pattern |= pattern << filled;
                }
                for (int rotate = 0; rotate < size; rotate++) {
                    // Rotating the whole rotates every repetition.
                    long rotated = Long.rotateRight(pattern, rotate);
                    if ((wide ? rotated : rotated & 0xffff_ffffL) == wanted) {
                        int top = size == 64 ? 0 : ~(2 * size - 1) & 0x3f;
                        return (size == 64 ? 1 << 12 : 0) | rotate << 6 | top | ones - 1;
                    }
                }
            }
        }
        throw new Unencodable("the number " + value + " is no pattern that a logical instruction holds; use MOV");
    }

    private void move(Arm64Instruction.Move i) {
        switch (i.source()) {
            case Immediate(long value) -> {
                number(i.target());
                set(i.target().number(), new Value.Number(i.target().wide() ? value : value & 0xffff_ffffL));
            }
            case Shifted by -> word(0x2a00_03e0 | wide(i.target()) | by.shift().ordinal() << 22
                    | number(by.register()) << 16 | by.amount() << 10 | number(i.target()));
            case Extended _ -> throw new Unencodable("mov extends no register");
        }
    }

    private void shiftBy(Arm64Instruction.ShiftBy i) {
        int bits = i.target().wide() ? 64 : 32;
        switch (i.right()) {
            case Shifted by -> word(0x1ac0_2000 | i.shift().ordinal() << 10 | wide(i.target())
                    | number(by.register()) << 16 | number(i.left()) << 5 | number(i.target()));
            case Immediate(long value) -> {
                int amount = (int) value & bits - 1;
                switch (i.shift()) {
                    case LSL -> bitfield(false, i.target(), i.left(), (bits - amount) % bits, bits - 1 - amount);
                    case LSR -> bitfield(false, i.target(), i.left(), amount, bits - 1);
                    case ASR -> bitfield(true, i.target(), i.left(), amount, bits - 1);
                    case ROR -> word(0x1380_0000 | wide(i.target()) | (bits == 64 ? 1 << 22 : 0)
                            | number(i.left()) << 16 | amount << 10 | number(i.left()) << 5 | number(i.target()));
                }
            }
            case Extended _ -> throw new Unencodable("a shift extends no register");
        }
    }

    private void bitfield(boolean signed, Arm64Register target, Arm64Register source, int rotate, int last) {
        word((signed ? 0x1300_0000 : 0x5300_0000) | wide(target) | (target.wide() ? 1 << 22 : 0) | rotate << 16
                | last << 10 | number(source) << 5 | number(target));
    }

    private void unary(Arm64Instruction.Unary i) {
        boolean wide = i.target().wide();
        word(0x5ac0_0000 | wide(i.target()) | number(i.source()) << 5 | number(i.target()) | switch (i.operation()) {
            case RBIT -> 0;
            case REV16 -> 0x400;
            case REV32 -> 0x800;
            case REV -> wide ? 0xc00 : 0x800;
            case CLZ -> 0x1000;
            case CLS -> 0x1400;
            case ABS -> throw new Unencodable("ABS is not encoded here; use CMP and CNEG");
        });
    }

    /** Sets a register to a number or to the address of the instance's variable. */
    void set(int target, Value value) {
        switch (value) {
            case Value.Number(long number) -> {
                word(0xd280_0000 | (int) (number & 0xffff) << 5 | target);
                for (int i = 1; i < 4; i++) {
                    long part = number >>> 16 * i & 0xffff;
                    if (part != 0) {
                        word(0xf280_0000 | i << 21 | (int) part << 5 | target);
                    }
                }
            }
            case Value.Address(String symbol, long offset) -> {
                long distance = offsets.get(symbol) + offset;
                if (distance >= 0 && distance < 4096) {
                    word(0x9100_0000 | (int) distance << 10 | instance << 5 | target);
                } else {
                    set(scratch, new Value.Number(distance));
                    word(0x8b00_0000 | scratch << 16 | instance << 5 | target);
                }
            }
        }
    }

    void branch(String label) {
        out.reference(label, d -> 0x1400_0000 | distance(d, 26));
    }

    void branchIf(int test, String label) {
        out.reference(label, d -> 0x5400_0000 | distance(d, 19) << 5 | test);
    }
}
