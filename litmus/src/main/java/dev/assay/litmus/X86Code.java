package dev.assay.litmus;

import dev.assay.litmus.X86Instruction.Direct;
import dev.assay.litmus.X86Instruction.Immediate;
import dev.assay.litmus.X86Instruction.Memory;
import dev.assay.litmus.X86Instruction.Operand;
import dev.assay.litmus.X86Instruction.Operation;
import dev.assay.litmus.X86Instruction.SymbolAddress;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Instructions of x86-64 as bytes: prefixes, REX, opcode, ModRM, SIB, displacement, immediate (Intel SDM volume 2, chapter 2).
 * Variables are addressed from the register that holds the instance's address.
 */
final class X86Code {
    private static final int RSP = 4;

    private final CodeBuffer out;
    private final X86Register instance;
    private final Map<String, Long> offsets;

    X86Code(CodeBuffer out, X86Register instance, Map<String, Long> offsets) {
        this.out = out;
        this.instance = instance;
        this.offsets = offsets;
    }

    /** The thread's instructions; a jump to the end goes to {@code end}. */
    void body(LitmusThread thread, String end) {
        ThreadBody.write(out, thread, end,
                (instruction, label) -> instruction((X86Instruction) instruction, label, end));
    }

    private void instruction(X86Instruction instruction, UnaryOperator<String> label, String end) {
        switch (instruction) {
            case X86Instruction.Move move -> move(move);
            case X86Instruction.MoveExtend move -> extend(move);
            case X86Instruction.LoadAddress lea -> operand(lea.size(), false, lea.target(), lea.source(), 0, 0x8d);
            case X86Instruction.Arithmetic arithmetic -> arithmetic(arithmetic);
            case X86Instruction.Unary unary -> {
                boolean one = unary.size() == 1;
                int extension = switch (unary.operation()) {
                    case INC -> 0;
                    case DEC -> 1;
                    case NEG -> 3;
                    case NOT -> 2;
                };
                boolean counts = extension < 2;
                operand(unary.size(), locked(unary.locked(), unary.target()), extended(extension, unary.size()),
                        unary.target(), 0, counts ? one ? 0xfe : 0xff : one ? 0xf6 : 0xf7);
            }
            case X86Instruction.Exchange exchange -> exchange(exchange);
            case X86Instruction.ExchangeAdd add -> operand(add.size(), locked(add.locked(), add.target()),
                    add.source(), add.target(), 0, 0x0f, add.size() == 1 ? 0xc0 : 0xc1);
            case X86Instruction.CompareExchange compare -> operand(compare.size(),
                    locked(compare.locked(), compare.target()), compare.source(), compare.target(), 0, 0x0f,
                    compare.size() == 1 ? 0xb0 : 0xb1);
            case X86Instruction.Fence fence -> out.bytes(0x0f, 0xae, switch (fence) {
                case MFENCE -> 0xf0;
                case LFENCE -> 0xe8;
                case SFENCE -> 0xf8;
            });
            case X86Instruction.Jump jump -> jump(label.apply(jump.label()));
            case X86Instruction.JumpIf jump -> jumpIf(code(jump.test()), label.apply(jump.label()));
            case X86Instruction.SetIf set -> operand(1, false, extended(0, 4), set.target(), 0, 0x0f,
                    0x90 + code(set.test()));
            case X86Instruction.MoveIf move -> operand(move.size(), false, move.target(), move.source(), 0, 0x0f,
                    0x40 + code(move.test()));
            case X86Instruction.Nop _ -> out.bytes(0x90);
            case X86Instruction.Return _ -> jump(end);
        }
    }

    /** The condition's number in the opcodes of Jcc, SETcc and CMOVcc. */
    private static int code(X86Instruction.Test test) {
        return switch (test) {
            case O -> 0;
            case NO -> 1;
            case B -> 2;
            case AE -> 3;
            case E -> 4;
            case NE -> 5;
            case BE -> 6;
            case A -> 7;
            case S -> 8;
            case NS -> 9;
            case P -> 10;
            case NP -> 11;
            case L -> 12;
            case GE -> 13;
            case LE -> 14;
            case G -> 15;
        };
    }

    private static boolean locked(boolean locked, Operand target) {
        if (locked && !(target instanceof Memory)) {
            throw new Unencodable("lock needs a memory operand; drop it or name memory");
        }
        return locked;
    }

    /** The three bits of an opcode extension, in the place of a register. */
    static X86Register extended(int extension, int size) {
        // Byte registers 4 to 7 would ask for a REX prefix; as an extension they must not.
        return new X86Register(extension, Math.max(size, 4), false);
    }

    private void move(X86Instruction.Move move) {
        int size = move.size();
        boolean one = size == 1;
        if (move.nonTemporal()) {
            if (size < 4) {
                throw new Unencodable("movnti stores 4 or 8 bytes, not " + size);
            }
            operand(size, false, register(move.source(), "movnti stores a register"), move.target(), 0, 0x0f, 0xc3);
            return;
        }
        switch (move.source()) {
            case Direct source -> operand(size, false, source.register(), move.target(), 0, one ? 0x88 : 0x89);
            case Memory source ->
                operand(size, false, register(move.target(), "one operand of mov is a register"), source, 0,
                        one ? 0x8a : 0x8b);
            case Immediate source -> {
                if (size == 8 && source.value() != (int) source.value()) {
                    set(register(move.target(), "a number of more than 32 bits is moved to a register only"),
                            new Value.Number(source.value()));
                } else {
                    operand(size, false, extended(0, size), move.target(), Math.min(size, 4), one ? 0xc6 : 0xc7);
                    immediate(size, source.value());
                }
            }
            case SymbolAddress source -> set(
                    register(move.target(), "a variable's address is moved to a register only"),
                    new Value.Address(source.symbol(), 0));
        }
    }

    private static X86Register register(Operand operand, String rule) {
        if (operand instanceof Direct direct) {
            return direct.register();
        }
        throw new Unencodable(rule);
    }

    private void extend(X86Instruction.MoveExtend move) {
        if (move.sourceSize() == 4) {
            operand(move.signed() ? 8 : 4, false, move.target(), move.source(), 0, move.signed() ? 0x63 : 0x8b);
            return;
        }
        int opcode = (move.signed() ? 0xbe : 0xb6) + (move.sourceSize() == 2 ? 1 : 0);
        boolean byteSource = move.sourceSize() == 1 && move.source() instanceof Direct direct
                && direct.register().number() >= 4;
        operand(move.targetSize(), byteSource, false, move.target(), move.source(), 0, 0x0f, opcode);
    }

    private void arithmetic(X86Instruction.Arithmetic a) {
        int size = a.size();
        boolean one = size == 1;
        boolean lock = locked(a.locked(), a.target());
        int number = switch (a.operation()) {
            case ADD -> 0;
            case OR -> 1;
            case ADC -> 2;
            case SBB -> 3;
            case AND -> 4;
            case SUB -> 5;
            case XOR -> 6;
            case CMP -> 7;
            case SHL -> 4;
            case SHR -> 5;
            case SAR -> 7;
            case TEST, IMUL -> 0;
        };
        switch (a.operation()) {
            case SHL, SHR, SAR -> {
                if (a.source() instanceof Immediate by) {
                    operand(size, lock, extended(number, size), a.target(), 1, one ? 0xc0 : 0xc1);
                    out.bytes((int) by.value());
                } else if (register(a.source(), "a shift is by a number or cl").number() == 1) {
                    operand(size, lock, extended(number, size), a.target(), 0, one ? 0xd2 : 0xd3);
                } else {
                    throw new Unencodable("a shift is by a number or cl");
                }
            }
            case IMUL -> {
                X86Register target = register(a.target(), "imul has a register as its target");
                if (one) {
                    throw new Unencodable("imul of two operands has no byte form");
                }
                if (a.source() instanceof Immediate by) {
                    operand(size, false, target, a.target(), Math.min(size, 4), 0x69);
                    immediate(size, by.value());
                } else {
                    operand(size, false, target, a.source(), 0, 0x0f, 0xaf);
                }
            }
            case ADD, OR, ADC, SBB, AND, SUB, XOR, CMP, TEST -> {
                boolean test = a.operation() == Operation.TEST;
                switch (a.source()) {
                    case Direct source -> operand(size, lock, source.register(), a.target(), 0,
                            (test ? 0x84 : number * 8) + (one ? 0 : 1));
                    case Memory source -> operand(size, lock,
                            register(a.target(), "one operand is a register"), source, 0,
                            (test ? 0x84 : number * 8 + 2) + (one ? 0 : 1));
                    case Immediate source -> {
                        operand(size, lock, extended(number, size), a.target(), Math.min(size, 4),
                                (test ? 0xf6 : 0x80) + (one ? 0 : 1));
                        immediate(size, source.value());
                    }
                    case SymbolAddress _ -> throw new Unencodable("a variable's address is used by mov only");
                }
            }
        }
    }

    private void exchange(X86Instruction.Exchange exchange) {
        boolean memoryFirst = exchange.left() instanceof Memory;
        Operand place = memoryFirst ? exchange.left() : exchange.right();
        if (place instanceof Memory && !exchange.locked()) {
            throw new Unencodable(
                    "uxch with memory is no instruction of the processor, which always locks it; use xchg");
        }
        operand(exchange.size(), false,
                register(memoryFirst ? exchange.right() : exchange.left(), "one operand of xchg is a register"), place,
                0,
                exchange.size() == 1 ? 0x86 : 0x87);
    }

    private void immediate(int size, long value) {
        switch (size) {
            case 1 -> out.bytes((int) value);
            case 2 -> out.int16(value);
            default -> {
                if (value != (int) value && (size == 8 || value != (value & 0xffff_ffffL))) {
                    throw new Unencodable("the number " + value + " does not fit 32 bits; move it to a register first");
                }
                out.int32(value);
            }
        }
    }

    /** An instruction of one register and one place, by its opcode; {@code after} is how many bytes of an immediate follow. */
    void operand(int size, boolean lock, X86Register register, Operand place, int after, int... opcode) {
        operand(size, false, lock, register, place, after, opcode);
    }

    /** Prefixes, opcode and both operands. */
    private void operand(int size, boolean byteOperand, boolean lock, X86Register register, Operand place, int after,
            int... opcode) {
        if (size == 2) {
            out.bytes(0x66);
        }
        if (lock) {
            out.bytes(0xf0);
        }
        boolean bytes = size == 1;
        int reg = register.high() ? register.number() + 4 : register.number();
        boolean high = register.high();
        boolean rex = byteOperand || bytes && !high && register.bytes() == 1 && reg >= 4;
        int base = 0;
        int index = 0;
        switch (place) {
            case Direct direct -> {
                boolean highPlace = direct.register().high();
                base = highPlace ? direct.register().number() + 4 : direct.register().number();
                rex |= bytes && !highPlace && base >= 4;
                high |= highPlace;
            }
            case Memory memory -> {
                base = memory.symbol().isEmpty()
                        ? memory.base() == null ? 0 : memory.base().number()
                        : instance.number();
                X86Register second = memory.symbol().isEmpty() || memory.base() == null
                        ? memory.index()
                        : memory.base();
                index = second == null ? 0 : second.number();
            }
            case Immediate _,SymbolAddress _ -> throw new Unencodable("a number is no place to write to");
        }
        int prefix = (size == 8 ? 8 : 0) | (reg >> 3 & 1) << 2 | (index >> 3 & 1) << 1 | base >> 3 & 1;
        if (prefix != 0 || rex) {
            if (high) {
                throw new Unencodable("ah, bh, ch and dh do not go together with registers that need a REX prefix");
            }
            out.bytes(0x40 | prefix);
        }
        out.bytes(opcode);
        if (place instanceof Direct) {
            out.bytes(0xc0 | (reg & 7) << 3 | base & 7);
        } else {
            memory(reg & 7, (Memory) place);
        }
    }

    /** ModRM, SIB and a displacement of 32 bits. */
    private void memory(int reg, Memory memory) {
        long displacement = memory.displacement();
        X86Register base = memory.base();
        X86Register index = memory.index();
        int scale = memory.scale();
        if (!memory.symbol().isEmpty()) {
            if (base != null && index != null) {
                throw new Unencodable("a variable with both a base and an index register is not addressable here");
            }
            displacement += offsets.get(memory.symbol());
            if (base != null) {
                index = base;
                scale = 1;
            }
            base = instance;
        }
        if (base == null) {
            throw new Unencodable("memory is addressed through a variable or a register, not by a number");
        }
        if (displacement != (int) displacement) {
            throw new Unencodable("the displacement " + displacement + " does not fit 32 bits");
        }
        if (index != null || (base.number() & 7) == RSP) {
            int number = index == null ? RSP : index.number();
            if (index != null && number == RSP) {
                throw new Unencodable("rsp is no index");
            }
            out.bytes(0x80 | reg << 3 | RSP,
                    Integer.numberOfTrailingZeros(Math.max(scale, 1)) << 6 | (number & 7) << 3 | base.number() & 7);
        } else {
            out.bytes(0x80 | reg << 3 | base.number() & 7);
        }
        out.int32(displacement);
    }

    /** Sets a register to a number or to the address of the instance's variable. */
    void set(X86Register target, Value value) {
        switch (value) {
            case Value.Number(long number) when number == 0 -> operand(4, false, target, new Direct(target), 0, 0x31);
            case Value.Number(long number) when number == (int) number -> {
                operand(8, false, extended(0, 8), new Direct(target), 4, 0xc7);
                out.int32(number);
            }
            case Value.Number(long number) -> out
                    .bytes(0x48 | target.number() >> 3, 0xb8 | target.number() & 7).int64(number);
            case Value.Address(String symbol, long offset) -> operand(8, false, target,
                    new Memory(symbol, offset, null, null, 1), 0, 0x8d);
        }
    }

    void jump(String label) {
        out.bytes(0xe9);
        out.reference(label, distance -> distance - 4);
    }

    void jumpIf(int test, String label) {
        out.bytes(0x0f, 0x80 | test);
        out.reference(label, distance -> distance - 4);
    }
}
