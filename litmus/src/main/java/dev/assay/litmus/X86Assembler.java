package dev.assay.litmus;

import dev.assay.litmus.X86Instruction.Arithmetic;
import dev.assay.litmus.X86Instruction.CompareExchange;
import dev.assay.litmus.X86Instruction.Direct;
import dev.assay.litmus.X86Instruction.Exchange;
import dev.assay.litmus.X86Instruction.ExchangeAdd;
import dev.assay.litmus.X86Instruction.Fence;
import dev.assay.litmus.X86Instruction.Immediate;
import dev.assay.litmus.X86Instruction.Jump;
import dev.assay.litmus.X86Instruction.JumpIf;
import dev.assay.litmus.X86Instruction.LoadAddress;
import dev.assay.litmus.X86Instruction.Memory;
import dev.assay.litmus.X86Instruction.Move;
import dev.assay.litmus.X86Instruction.MoveExtend;
import dev.assay.litmus.X86Instruction.MoveIf;
import dev.assay.litmus.X86Instruction.Nop;
import dev.assay.litmus.X86Instruction.Operand;
import dev.assay.litmus.X86Instruction.Operation;
import dev.assay.litmus.X86Instruction.Return;
import dev.assay.litmus.X86Instruction.SetIf;
import dev.assay.litmus.X86Instruction.Test;
import dev.assay.litmus.X86Instruction.Unary;
import dev.assay.litmus.X86Instruction.UnaryOperation;
import java.util.Arrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes an instruction of a mnemonic and its operands, target first; both x86 syntaxes meet here. */
final class X86Assembler {
    private static final Map<String, Test> TESTS = Map.ofEntries(Map.entry("e", Test.E), Map.entry("z", Test.E),
            Map.entry("ne", Test.NE), Map.entry("nz", Test.NE), Map.entry("l", Test.L), Map.entry("lt", Test.L),
            Map.entry("nge", Test.L), Map.entry("le", Test.LE), Map.entry("ng", Test.LE), Map.entry("g", Test.G),
            Map.entry("gt", Test.G), Map.entry("nle", Test.G), Map.entry("ge", Test.GE), Map.entry("nl", Test.GE),
            Map.entry("b", Test.B), Map.entry("c", Test.B), Map.entry("nae", Test.B), Map.entry("be", Test.BE),
            Map.entry("na", Test.BE), Map.entry("a", Test.A), Map.entry("nbe", Test.A), Map.entry("ae", Test.AE),
            Map.entry("nb", Test.AE), Map.entry("nc", Test.AE), Map.entry("s", Test.S), Map.entry("ns", Test.NS),
            Map.entry("o", Test.O), Map.entry("no", Test.NO), Map.entry("p", Test.P), Map.entry("np", Test.NP));

    private final String word;
    private final List<Operand> operands;
    private final boolean locked;
    private final Function<String, LitmusException> error;

    private X86Assembler(String word, List<Operand> operands, boolean locked, Function<String, LitmusException> error) {
        this.word = word.toLowerCase(Locale.ROOT);
        this.operands = operands;
        this.locked = locked;
        this.error = error;
    }

    /**
     * Reads what follows the prefixes of an instruction.
     *
     * @param start where the instruction begins, for errors
     * @param sourceFirst whether the target is written last, as in AT&amp;T syntax
     */
    static X86Instruction read(TextScanner in, int start, boolean locked, Supplier<Operand> operand,
            boolean sourceFirst) {
        String word = in.word("an instruction");
        return (isJump(word)
                ? jump(word, in.word("a label"))
                : new X86Assembler(word, operands(in, operand, sourceFirst), locked,
                        message -> in.errorAt(start, message)).assemble())
                .orElseThrow(() -> in.errorAt(start, "the x86 instruction '" + word + "' is not supported"));
    }

    private static List<Operand> operands(TextScanner in, Supplier<Operand> operand, boolean sourceFirst) {
        List<Operand> operands = new ArrayList<>();
        while (!in.atEnd()) {
            if (!operands.isEmpty()) {
                in.expect(",");
            }
            operands.add(operand.get());
        }
        return sourceFirst ? operands.reversed() : operands;
    }

    private static boolean isJump(String word) {
        return word.toLowerCase(Locale.ROOT).startsWith("j");
    }

    private static Optional<X86Instruction> jump(String word, String label) {
        String name = word.toLowerCase(Locale.ROOT);
        if (name.equals("jmp")) {
            return Optional.of(new Jump(label));
        }
        return Optional.ofNullable(TESTS.get(name.substring(1))).map(test -> new JumpIf(test, label));
    }

    Optional<X86Instruction> assemble() {
        X86Instruction plain = switch (word) {
            case "mfence" -> Fence.MFENCE;
            case "lfence" -> Fence.LFENCE;
            case "sfence" -> Fence.SFENCE;
            case "nop", "nopl", "nopw", "endbr64", "pause" -> new Nop();
            case "ret", "retq" -> new Return();
            default -> null;
        };
        if (plain != null) {
            return Optional.of(plain);
        }
        for (String base : List.of("movzb", "movzw", "movsb", "movsw", "movsl")) {
            if (word.startsWith(base) && word.length() == base.length() + 1 && "wlq".indexOf(word.charAt(5)) >= 0) {
                arity(2);
                return Optional.of(new MoveExtend(base.charAt(3) == 's', sizeOf(word.charAt(5)), sizeOf(base.charAt(4)),
                        register(0), operands.get(1)));
            }
        }
        Optional<X86Instruction> whole = of(word, 0);
        if (whole.isPresent() || word.length() < 2) {
            return whole;
        }
        int size = sizeOf(word.charAt(word.length() - 1));
        return size == 0 ? Optional.empty() : of(word.substring(0, word.length() - 1), size);
    }

    private static int sizeOf(char letter) {
        return switch (letter) {
            case 'b' -> 1;
            case 'w' -> 2;
            case 'l' -> 4;
            case 'q' -> 8;
            default -> 0;
        };
    }

    private Optional<X86Instruction> of(String name, int size) {
        return Optional.ofNullable(switch (name) {
            case "mov", "movabs" -> new Move(size(size), target(0, 2), operands.get(1), false);
            case "movnti" -> new Move(size(size), target(0, 2), operands.get(1), true);
            case "lea" -> lea(size);
            case "xchg" -> exchange(size, true);
            case "uxch" -> exchange(size, false);
            case "xadd" -> new ExchangeAdd(size(size), target(0, 2), register(1), locked);
            case "cmpxchg" -> new CompareExchange(size(size), target(0, 2), register(1), locked);
            default -> arithmetic(name, size);
        });
    }

    private X86Instruction arithmetic(String name, int size) {
        Optional<Operation> operation = Arrays.stream(Operation.values())
                .filter(o -> o.name().toLowerCase(Locale.ROOT).equals(name.equals("sal") ? "shl" : name)).findFirst();
        if (operation.isPresent()) {
            return new Arithmetic(operation.get(), size(size), target(0, 2), operands.get(1), locked);
        }
        Optional<UnaryOperation> unary = Arrays.stream(UnaryOperation.values())
                .filter(o -> o.name().toLowerCase(Locale.ROOT).equals(name)).findFirst();
        if (unary.isPresent()) {
            return new Unary(unary.get(), size(size), target(0, 1), locked);
        }
        if (name.startsWith("set") && TESTS.containsKey(name.substring(3))) {
            return new SetIf(TESTS.get(name.substring(3)), target(0, 1));
        }
        if (name.startsWith("cmov") && TESTS.containsKey(name.substring(4))) {
            arity(2);
            return new MoveIf(TESTS.get(name.substring(4)), size(size), register(0), operands.get(1));
        }
        return null;
    }

    private X86Instruction lea(int size) {
        arity(2);
        if (!(operands.get(1) instanceof Memory memory)) {
            throw error.apply("lea takes its address from a memory operand");
        }
        return new LoadAddress(size(size), register(0), memory);
    }

    private X86Instruction exchange(int size, boolean implicitlyLocked) {
        arity(2);
        return new Exchange(size(size), operands.get(0), operands.get(1), implicitlyLocked || locked);
    }

    private void arity(int wanted) {
        if (operands.size() != wanted) {
            throw error.apply(word + " takes " + wanted + " operands, but has " + operands.size());
        }
    }

    private Operand target(int index, int arity) {
        arity(arity);
        Operand operand = operands.get(index);
        if (!(operand instanceof Direct || operand instanceof Memory) && !word.startsWith("cmp")
                && !word.startsWith("test")) {
            throw error.apply("the target of " + word + " must be a register or memory");
        }
        if (operands.stream().filter(Memory.class::isInstance).count() > 1) {
            throw error.apply(word + " takes at most one memory operand");
        }
        return operand;
    }

    private X86Register register(int index) {
        if (index < operands.size() && operands.get(index) instanceof Direct direct) {
            return direct.register();
        }
        throw error.apply("operand " + (operands.size() - index) + " of " + word + " must be a register");
    }

    /** The size by suffix, else by the registers, else 4. */
    private int size(int suffix) {
        if (suffix != 0) {
            return suffix;
        }
        for (Operand operand : operands) {
            if (operand instanceof Direct direct) {
                return direct.register().bytes();
            }
        }
        if (operands.stream().anyMatch(o -> o instanceof Immediate i && i.value() != (int) i.value())) {
            return 8;
        }
        return 4;
    }
}
