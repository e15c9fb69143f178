package dev.assay.litmus;

import dev.assay.litmus.Arm64Instruction.Arithmetic;
import dev.assay.litmus.Arm64Instruction.Barrier;
import dev.assay.litmus.Arm64Instruction.BarrierKind;
import dev.assay.litmus.Arm64Instruction.Bitfield;
import dev.assay.litmus.Arm64Instruction.CompareAndBranch;
import dev.assay.litmus.Arm64Instruction.ConditionalSelect;
import dev.assay.litmus.Arm64Instruction.Extended;
import dev.assay.litmus.Arm64Instruction.Extension;
import dev.assay.litmus.Arm64Instruction.Immediate;
import dev.assay.litmus.Arm64Instruction.Jump;
import dev.assay.litmus.Arm64Instruction.JumpIf;
import dev.assay.litmus.Arm64Instruction.Move;
import dev.assay.litmus.Arm64Instruction.MoveWide;
import dev.assay.litmus.Arm64Instruction.MultiplyAdd;
import dev.assay.litmus.Arm64Instruction.Nop;
import dev.assay.litmus.Arm64Instruction.Operand;
import dev.assay.litmus.Arm64Instruction.Operation;
import dev.assay.litmus.Arm64Instruction.Return;
import dev.assay.litmus.Arm64Instruction.SelectKind;
import dev.assay.litmus.Arm64Instruction.Shift;
import dev.assay.litmus.Arm64Instruction.ShiftBy;
import dev.assay.litmus.Arm64Instruction.Shifted;
import dev.assay.litmus.Arm64Instruction.SymbolAddress;
import dev.assay.litmus.Arm64Instruction.Test;
import dev.assay.litmus.Arm64Instruction.TestAndBranch;
import dev.assay.litmus.Arm64Instruction.Unary;
import dev.assay.litmus.Arm64Instruction.UnaryOperation;
import dev.assay.litmus.Arm64Instruction.WideKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Reads one AArch64 instruction that is no memory access; those are read by {@link Arm64AccessParser}. */
final class Arm64Parser {
    private final TextScanner in;
    private final Arm64Operands operands;
    private int start;
    private String word = "";

    Arm64Parser(TextScanner in) {
        this.in = in;
        this.operands = new Arm64Operands(in);
    }

    Arm64Instruction instruction() {
        in.skipBlanks();
        start = in.position();
        word = in.word("an instruction").toUpperCase(Locale.ROOT);
        Optional<Arm64Instruction> access = new Arm64AccessParser(in, operands, word).instruction();
        return access.or(this::plain).or(this::branch).or(this::arithmetic).or(this::select).or(this::bitfield)
                .or(this::multiply).or(this::unary)
                .orElseThrow(() -> in.errorAt(start, "the AArch64 instruction '" + word + "' is not supported"));
    }

    private Optional<Arm64Instruction> plain() {
        return Optional.ofNullable(switch (word) {
            case "NOP", "YIELD", "WFE", "SEV", "SEVL", "BTI" -> {
                if (!in.atEnd()) {
                    in.word("a hint's kind");
                }
                yield new Nop();
            }
            case "RET" -> new Return();
            case "ISB" -> {
                in.take("SY");
                yield new Barrier(BarrierKind.ISB, "SY", "");
            }
            case "DMB", "DSB" -> barrier();
            case "ADR" -> {
                Arm64Register target = operands.register();
                operands.comma();
                int at = in.position();
                String symbol = in.word("a variable");
                if (symbol.matches("L[0-9]+|LC[0-9]+") || in.peek() == ':') {
                    throw in.errorAt(at, "addresses of code are not supported");
                }
                yield new SymbolAddress(target, symbol);
            }
            case "MOVZ", "MOVN", "MOVK" -> {
                Arm64Register target = operands.register();
                operands.comma();
                long value = operands.number();
                int shift = 0;
                if (in.take(",")) {
                    if (!in.take("LSL") && !in.take("lsl")) {
                        throw in.error("only LSL is possible here");
                    }
                    shift = (int) operands.number();
                }
                yield new MoveWide(WideKind.valueOf(word), target, (int) value & 0xffff, shift);
            }
            case "MOV" -> {
                Arm64Register target = operands.register();
                operands.comma();
                yield new Move(target, operands.operand());
            }
            case "MVN" -> {
                Arm64Register target = operands.register();
                operands.comma();
                yield new Arithmetic(Operation.ORN, false, target, zero(target), operands.operand());
            }
            default -> null;
        });
    }

    private Barrier barrier() {
        String option = in.word("a barrier's option (SY, LD, ST, ISH, ...)").toUpperCase(Locale.ROOT);
        BarrierKind kind = BarrierKind.valueOf(word);
        return switch (option) {
            case "SY", "ISH", "NSH", "OSH" -> new Barrier(kind, option, "");
            case "LD", "ST" -> new Barrier(kind, "SY", option);
            case "ISHLD", "NSHLD", "OSHLD", "ISHST", "NSHST", "OSHST" ->
                new Barrier(kind, option.substring(0, 3), option.substring(3));
            default -> throw in.errorAt(start, "the barrier option '" + option + "' is not known");
        };
    }

    private Optional<Arm64Instruction> branch() {
        if (word.equals("B")) {
            return Optional.of(new Jump(label()));
        }
        if (word.startsWith("B.")) {
            return Optional.of(new JumpIf(test(word.substring(2)), label()));
        }
        if (word.equals("CBZ") || word.equals("CBNZ")) {
            Arm64Register register = operands.register();
            operands.comma();
            return Optional.of(new CompareAndBranch(word.equals("CBNZ"), register, label()));
        }
        if (word.equals("TBZ") || word.equals("TBNZ")) {
            Arm64Register register = operands.register();
            operands.comma();
            int bit = (int) operands.number() & 63;
            operands.comma();
            return Optional.of(new TestAndBranch(word.equals("TBNZ"), register, bit, label()));
        }
        return Optional.empty();
    }

    /** A label, or a distance in bytes like {@code .+8}. */
    private String label() {
        if (in.peek() == '.') {
            in.expect(".");
            return ".%+d".formatted(in.number("a distance in bytes"));
        }
        return in.word("a label");
    }

    private Test test(String name) {
        String wanted = switch (name) {
            case "HS" -> "CS";
            case "LO" -> "CC";
            default -> name;
        };
        return Arrays.stream(Test.values()).filter(t -> t.name().equals(wanted)).findFirst()
                .orElseThrow(() -> in.errorAt(start, "'" + name + "' is not a condition"));
    }

    private Optional<Arm64Instruction> arithmetic() {
        Optional<Arm64Instruction> comparison = comparison();
        if (comparison.isPresent()) {
            return comparison;
        }
        if (word.equals("NEG") || word.equals("NEGS")) {
            Arm64Register target = operands.register();
            operands.comma();
            return Optional
                    .of(new Arithmetic(Operation.SUB, word.endsWith("S"), target, zero(target), operands.operand()));
        }
        boolean flags = word.matches("ADDS|SUBS|ANDS|BICS");
        String name = flags ? word.substring(0, 3) : word;
        return Arrays.stream(Operation.values()).filter(o -> o.name().equals(name)).findFirst().map(operation -> {
            Arm64Register target = operands.register();
            operands.comma();
            Arm64Register left = operands.register();
            operands.comma();
            return new Arithmetic(operation, flags, target, left, operands.operand());
        });
    }

    private Optional<Arm64Instruction> comparison() {
        Operation operation = switch (word) {
            case "CMP" -> Operation.SUB;
            case "CMN" -> Operation.ADD;
            case "TST" -> Operation.AND;
            default -> null;
        };
        if (operation == null) {
            return Optional.empty();
        }
        Arm64Register left = operands.register();
        operands.comma();
        return Optional.of(new Arithmetic(operation, true, zero(left), left, operands.operand()));
    }

    private static Arm64Register zero(Arm64Register like) {
        return new Arm64Register(Arm64Register.ZERO, like.wide());
    }

    private Optional<Arm64Instruction> select() {
        Optional<SelectKind> kind = Arrays.stream(SelectKind.values()).filter(k -> k.name().equals(word)).findFirst();
        if (kind.isPresent()) {
            Arm64Register target = operands.register();
            operands.comma();
            Arm64Register left = operands.register();
            operands.comma();
            Arm64Register right = operands.register();
            return Optional.of(new ConditionalSelect(kind.get(), target, left, right, lastTest(false)));
        }
        SelectKind alias = switch (word) {
            case "CSET", "CINC" -> SelectKind.CSINC;
            case "CSETM", "CINV" -> SelectKind.CSINV;
            case "CNEG" -> SelectKind.CSNEG;
            default -> null;
        };
        if (alias == null) {
            return Optional.empty();
        }
        Arm64Register target = operands.register();
        Arm64Register source = zero(target);
        if (!word.startsWith("CSET")) {
            operands.comma();
            source = operands.register();
        }
        return Optional.of(new ConditionalSelect(alias, target, source, source, lastTest(true)));
    }

    private Test lastTest(boolean inverted) {
        operands.comma();
        Test test = test(in.word("a condition").toUpperCase(Locale.ROOT));
        return inverted ? Test.values()[test.ordinal() ^ 1] : test;
    }

    private Optional<Arm64Instruction> bitfield() {
        if (word.equals("UBFM") || word.equals("SBFM")) {
            Arm64Register target = operands.register();
            operands.comma();
            Arm64Register source = operands.register();
            operands.comma();
            int rotate = (int) operands.number();
            operands.comma();
            return Optional.of(new Bitfield(word.equals("SBFM"), target, source, rotate, (int) operands.number()));
        }
        if (word.matches("[SU]BFX|[SU]BFIZ")) {
            Arm64Register target = operands.register();
            operands.comma();
            Arm64Register source = operands.register();
            operands.comma();
            int lsb = (int) operands.number();
            operands.comma();
            int width = (int) operands.number();
            int bits = target.wide() ? 64 : 32;
            return Optional.of(word.endsWith("X")
                    ? new Bitfield(word.startsWith("S"), target, source, lsb, lsb + width - 1)
                    : new Bitfield(word.startsWith("S"), target, source, (bits - lsb) % bits, width - 1));
        }
        if (word.matches("[SU]XT[BHW]")) {
            Arm64Register target = operands.register();
            operands.comma();
            Arm64Register source = operands.register();
            int bits = switch (word.charAt(3)) {
                case 'B' -> 8;
                case 'H' -> 16;
                default -> 32;
            };
            return Optional.of(new Bitfield(word.startsWith("S"), target, source, 0, bits - 1));
        }
        if (word.matches("(LSL|LSR|ASR|ROR)V?")) {
            Shift shift = Shift.valueOf(word.substring(0, 3));
            Arm64Register target = operands.register();
            operands.comma();
            Arm64Register left = operands.register();
            operands.comma();
            Operand right = operands.operand();
            if (!(right instanceof Immediate || right instanceof Shifted s && s.amount() == 0)) {
                throw in.errorAt(start, word + " shifts by a register or a number");
            }
            return Optional.of(new ShiftBy(shift, target, left, right));
        }
        return Optional.empty();
    }

    private Optional<Arm64Instruction> multiply() {
        if (!word.matches("MADD|MSUB|MUL|MNEG|[SU](MADDL|MSUBL|MULL|MNEGL)")) {
            return Optional.empty();
        }
        boolean subtract = word.contains("SUB") || word.contains("NEG");
        Optional<Boolean> widening = word.endsWith("L") && word.length() > 3
                ? Optional.of(word.startsWith("S"))
                : Optional.empty();
        Arm64Register target = operands.register();
        operands.comma();
        Arm64Register left = operands.register();
        operands.comma();
        Arm64Register right = operands.register();
        Arm64Register addend = zero(target);
        if (word.contains("ADD") || word.contains("SUB")) {
            operands.comma();
            addend = operands.register();
        }
        return Optional.of(new MultiplyAdd(subtract, widening, target, left, right, addend));
    }

    private Optional<Arm64Instruction> unary() {
        String name = word.equals("REV64") ? "REV" : word;
        return Arrays.stream(UnaryOperation.values()).filter(o -> o.name().equals(name)).findFirst().map(operation -> {
            Arm64Register target = operands.register();
            operands.comma();
            return new Unary(operation, target, operands.register());
        });
    }

    /** The registers and numbers of an instruction. */
    static final class Arm64Operands {
        private final TextScanner in;

        Arm64Operands(TextScanner in) {
            this.in = in;
        }

        void comma() {
            in.expect(",");
        }

        Arm64Register register() {
            in.skipBlanks();
            int at = in.position();
            String name = in.word("a register");
            return Arm64Register.named(name).orElseThrow(() -> in.errorAt(at, "'" + name
                    + "' is not a register; X0 to X30, W0 to W30, XZR, WZR and SP are"));
        }

        /** A number, with or without the sign {@code #}. */
        long number() {
            in.take("#");
            return in.number("a number");
        }

        /** A number, or a register with an optional shift or extension. */
        Operand operand() {
            if (in.peek() == '#' || in.nextIsNumber()) {
                long value = number();
                if (in.take(",")) {
                    if (!in.take("LSL") && !in.take("lsl")) {
                        throw in.error("a number can only be shifted by LSL");
                    }
                    value <<= number();
                }
                return new Immediate(value);
            }
            Arm64Register register = register();
            return in.take(",") ? modified(register) : new Shifted(register, Shift.LSL, 0);
        }

        /** The shift or extension after a register and a comma. */
        Operand modified(Arm64Register register) {
            in.skipBlanks();
            int at = in.position();
            String name = in.word("a shift or an extension").toUpperCase(Locale.ROOT);
            boolean amount = in.peek() == '#' || in.nextIsNumber();
            for (Shift shift : Shift.values()) {
                if (shift.name().equals(name)) {
                    return new Shifted(register, shift, (int) number() & 63);
                }
            }
            for (Extension extension : Extension.values()) {
                if (extension.name().equals(name)) {
                    return new Extended(register, extension, amount ? (int) number() & 63 : 0);
                }
            }
            throw in.errorAt(at, "'" + name + "' is neither a shift nor an extension");
        }
    }
}
