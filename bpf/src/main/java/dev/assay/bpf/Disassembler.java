package dev.assay.bpf;

import java.util.List;
import java.util.function.IntFunction;

/** Instructions as text, in the notation of the kernel's verifier and LLVM. */
public final class Disassembler {
    private static final String[] OPERATORS = {"+=", "-=", "*=", "/=", "|=", "&=", "<<=", ">>=", "", "%=", "^=", "=",
        "s>>="};
    private static final String[] COMPARISONS = {"", "==", ">", ">=", "&", "!=", "s>", "s>=", "", "", "<", "<=", "s<",
        "s<="};

    private Disassembler() {}

    /** All functions of an object. */
    public static String of(ObjectFile object) {
        StringBuilder text = new StringBuilder();
        for (ObjectFile.Function function : object.functions()) {
            text.append(function.section().name()).append(' ').append(function.name()).append(":\n");
            text.append(listing(function.code(), i -> {
                BtfExt.Line line = object.ext().line(function.section().name(), function.offset() + i
                        * Instruction.BYTES);
                return line == null || line.offset() != function.offset() + i * Instruction.BYTES
                        ? ""
                        : line.text().strip();
            })).append('\n');
        }
        return text.toString();
    }

    static String listing(List<Instruction> code, IntFunction<String> comment) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < code.size(); i++) {
            Instruction one = code.get(i);
            Instruction upper = one.wide() && i + 1 < code.size() ? code.get(i + 1) : null;
            String said = comment.apply(i);
            String line = String.format("%5d: %-40s%s", i, text(one, upper), said.isEmpty() ? "" : "; " + said);
            text.append(line.stripTrailing()).append('\n');
            i += upper == null ? 0 : 1;
        }
        return text.toString();
    }

    /** One instruction; {@code upper} is the second half of a 64-bit load. */
    static String text(Instruction one, Instruction upper) {
        return switch (one.family()) {
            case Instruction.ALU, Instruction.ALU64 -> arithmetic(one);
            case Instruction.JMP, Instruction.JMP32 -> jump(one);
            case Instruction.LDX ->
                register(one.destination(), false) + " = " + ((one.opcode() & 0xe0) == 0x80 ? "s" : "")
                        + place(one, one.source());
            case Instruction.ST -> place(one, one.destination()) + " = " + one.immediate();
            case Instruction.STX -> (one.opcode() & 0xe0) == 0xc0
                    ? "lock " + place(one, one.destination()) + atomic(
                            one) + register(one.source(), false)
                    : place(one, one.destination()) + " = " + register(one
                            .source(), false);
            default -> load(one, upper);
        };
    }

    private static String atomic(Instruction one) {
        return switch (one.immediate() & ~1) {
            case 0 -> " += ";
            case 0x40 -> " |= ";
            case 0x50 -> " &= ";
            case 0xa0 -> " ^= ";
            case 0xe0 -> " exchange ";
            case 0xf0 -> " compare-exchange ";
            default -> " atomic 0x" + Integer.toHexString(one.immediate()) + " ";
        };
    }

    private static String load(Instruction one, Instruction upper) {
        if (!one.wide() || upper == null) {
            return "load 0x" + Integer.toHexString(one.opcode()) + " " + one.immediate();
        }
        long number = one.immediate() & 0xffffffffL | (long) upper.immediate() << 32;
        String what = switch (one.source()) {
            case 0 -> "0x" + Long.toHexString(number) + " ll";
            case 1 -> "map[fd " + one.immediate() + "]";
            case 2 -> "map[fd " + one.immediate() + "] value + " + upper.immediate();
            case 4 -> "function " + signed(one.immediate());
            default -> "kind " + one.source() + " " + number;
        };
        return register(one.destination(), false) + " = " + what;
    }

    private static String arithmetic(Instruction one) {
        int operation = one.opcode() >> 4;
        boolean narrow = one.family() == Instruction.ALU;
        String to = register(one.destination(), narrow);
        if (operation == 8) {
            return to + " = -" + to;
        }
        if (operation == 0xd) {
            return to + " = " + ((one.opcode() & 8) != 0 ? "be" : narrow ? "le" : "bswap") + one.immediate() + " " + to;
        }
        String by = (one.opcode() & 8) != 0 ? register(one.source(), narrow) : Integer.toString(one.immediate());
        return operation < OPERATORS.length
                ? to + " " + OPERATORS[operation] + " " + by
                : "arithmetic 0x" + Integer.toHexString(one.opcode());
    }

    private static String jump(Instruction one) {
        int operation = one.opcode() >> 4;
        boolean narrow = one.family() == Instruction.JMP32;
        if (operation == 0) {
            return "goto " + signed(narrow ? one.immediate() : one.offset());
        }
        if (operation == 8) {
            return one.poisoned()
                    ? "call unknown#195896080 (a relocation failed here)"
                    : switch (one.source()) {
                        case 0 -> "call helper " + one.immediate();
                        case 1 -> "call " + signed(one.immediate());
                        default -> "call kernel function " + one.immediate();
                    };
        }
        if (operation == 9) {
            return "exit";
        }
        if (operation >= COMPARISONS.length) {
            return "jump 0x" + Integer.toHexString(one.opcode());
        }
        String by = (one.opcode() & 8) != 0 ? register(one.source(), narrow) : Integer.toString(one.immediate());
        return "if " + register(one.destination(), narrow) + " " + COMPARISONS[operation] + " " + by + " goto "
                + signed(
                        one.offset());
    }

    private static String place(Instruction one, int base) {
        return "*(u" + 8 * one.accessBytes() + " *)(" + register(base, false) + " " + (one.offset() < 0 ? "- " : "+ ")
                + Math.abs(one.offset()) + ")";
    }

    private static String register(int number, boolean narrow) {
        return (narrow ? "w" : "r") + number;
    }

    private static String signed(int number) {
        return number < 0 ? Integer.toString(number) : "+" + number;
    }
}
