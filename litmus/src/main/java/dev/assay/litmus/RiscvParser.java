package dev.assay.litmus;

import dev.assay.litmus.RiscvInstruction.Atomic;
import dev.assay.litmus.RiscvInstruction.AtomicOperation;
import dev.assay.litmus.RiscvInstruction.Branch;
import dev.assay.litmus.RiscvInstruction.Constant;
import dev.assay.litmus.RiscvInstruction.Fence;
import dev.assay.litmus.RiscvInstruction.FenceInstructions;
import dev.assay.litmus.RiscvInstruction.FenceTso;
import dev.assay.litmus.RiscvInstruction.Immediate;
import dev.assay.litmus.RiscvInstruction.Jump;
import dev.assay.litmus.RiscvInstruction.Load;
import dev.assay.litmus.RiscvInstruction.LoadReserved;
import dev.assay.litmus.RiscvInstruction.Nop;
import dev.assay.litmus.RiscvInstruction.Operation;
import dev.assay.litmus.RiscvInstruction.Order;
import dev.assay.litmus.RiscvInstruction.Register;
import dev.assay.litmus.RiscvInstruction.Return;
import dev.assay.litmus.RiscvInstruction.Store;
import dev.assay.litmus.RiscvInstruction.StoreConditional;
import dev.assay.litmus.RiscvInstruction.SymbolAddress;
import dev.assay.litmus.RiscvInstruction.Test;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one RISC-V instruction, the usual pseudo-instructions included. */
final class RiscvParser {
    private static final List<String> LOWER = Arrays.stream(Operation.values())
            .map(o -> o.name().toLowerCase(Locale.ROOT)).toList();
    private static final Pattern LOAD = Pattern.compile("l[bhwd]u?");
    private static final Pattern STORE = Pattern.compile("s[bhwd]");

    private final TextScanner in;
    private int start;
    private String word = "";

    RiscvParser(TextScanner in) {
        this.in = in;
    }

    RiscvInstruction instruction() {
        in.skipBlanks();
        start = in.position();
        word = in.word("an instruction");
        String name = word.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "nop" -> new Nop();
            case "ret" -> new Return();
            case "fence.i" -> new FenceInstructions();
            case "fence.tso" -> new FenceTso();
            case "fence" -> fence();
            case "j" -> new Jump(in.word("a label"));
            case "mv" -> new Immediate(Operation.ADD, register(), next(), 0);
            case "not" -> new Immediate(Operation.XOR, register(), next(), -1);
            case "sext.w" -> new Immediate(Operation.ADDW, register(), next(), 0);
            case "seqz" -> new Immediate(Operation.SLTU, register(), next(), 1);
            case "snez" -> {
                int target = register();
                yield new Register(Operation.SLTU, target, 0, next());
            }
            case "neg" -> {
                int target = register();
                yield new Register(Operation.SUB, target, 0, next());
            }
            case "li" -> new Constant(register(), nextNumber());
            case "lui" -> new Constant(register(), (int) (nextNumber() << 12));
            case "la" -> {
                int target = register();
                in.expect(",");
                yield new SymbolAddress(target, in.word("a variable"));
            }
            default -> branch(name).or(() -> memory(name)).or(() -> arithmetic(name))
                    .orElseThrow(() -> in.errorAt(start, "the RISC-V instruction '" + word + "' is not supported"));
        };
    }

    private Optional<RiscvInstruction> branch(String name) {
        if (!name.startsWith("b")) {
            return Optional.empty();
        }
        String test = name.substring(1);
        boolean zero = test.endsWith("z") && test.length() == 3;
        String base = zero ? test.substring(0, 2) : test;
        boolean swapped = base.startsWith("gt") || base.startsWith("le");
        String wanted = swapped ? (base.startsWith("gt") ? "lt" : "ge") + base.substring(2) : base;
        return Arrays.stream(Test.values()).filter(t -> t.name().toLowerCase(Locale.ROOT).equals(wanted)).findFirst()
                .map(t -> {
                    int left = register();
                    int right = zero ? 0 : next();
                    in.expect(",");
                    return new Branch(t, swapped ? right : left, swapped ? left : right, in.word("a label"));
                });
    }

    private Optional<RiscvInstruction> memory(String name) {
        int dot = name.indexOf('.');
        String base = dot < 0 ? name : name.substring(0, dot);
        String suffix = dot < 0 ? "" : name.substring(dot);
        if (LOAD.matcher(base).matches() && !base.equals("ldu")) {
            Order order = order(suffix);
            int target = register();
            long offset = address();
            return Optional.of(new Load(size(base.charAt(1)), !base.endsWith("u"), target, lastBase, offset, order));
        }
        if (STORE.matcher(base).matches()) {
            Order order = order(suffix);
            int source = register();
            long offset = address();
            return Optional.of(new Store(size(base.charAt(1)), source, lastBase, offset, order));
        }
        if (suffix.length() < 2 || suffix.charAt(1) != 'w' && suffix.charAt(1) != 'd') {
            return Optional.empty();
        }
        int size = size(suffix.charAt(1));
        Order order = order(suffix.substring(2));
        if (base.equals("lr")) {
            int target = register();
            return Optional.of(new LoadReserved(size, target, plainAddress(), order));
        }
        if (base.equals("sc")) {
            int status = register();
            int source = next();
            return Optional.of(new StoreConditional(size, status, source, plainAddress(), order));
        }
        return Arrays.stream(AtomicOperation.values())
                .filter(o -> base.equals("amo" + o.name().toLowerCase(Locale.ROOT)))
                .findFirst().map(o -> {
                    int target = register();
                    int source = next();
                    return new Atomic(o, size, target, source, plainAddress(), order);
                });
    }

    private Optional<RiscvInstruction> arithmetic(String name) {
        for (Operation operation : Operation.values()) {
            String plain = LOWER.get(operation.ordinal());
            if (name.equals(plain)) {
                int target = register();
                int left = next();
                in.expect(",");
                if (in.nextIsNumber()) {
                    return Optional.of(new Immediate(operation, target, left, in.number("a number")));
                }
                return Optional.of(new Register(operation, target, left, register()));
            }
            String immediate = plain.equals("sltu")
                    ? "sltiu"
                    : plain.endsWith("w") ? plain.substring(0, plain.length() - 1) + "iw" : plain + "i";
            if (name.equals(immediate) && !plain.startsWith("sub") && !plain.startsWith("mul")) {
                int target = register();
                int left = next();
                return Optional.of(new Immediate(operation, target, left, nextNumber()));
            }
        }
        return Optional.empty();
    }

    private RiscvInstruction fence() {
        if (in.atEnd()) {
            return new Fence(true, true, true, true);
        }
        String before = in.word("a set of r and w");
        in.expect(",");
        String after = in.word("a set of r and w");
        for (String set : new String[]{before, after}) {
            if (!set.toLowerCase(Locale.ROOT).matches("i?o?r?w?")) {
                throw in.errorAt(start,
                        "a fence orders a set of i, o, r and w in this order, but '" + set + "' was found");
            }
        }
        return new Fence(has(before, 'r'), has(before, 'w'), has(after, 'r'), has(after, 'w'));
    }

    private static boolean has(String set, char what) {
        return set.toLowerCase(Locale.ROOT).indexOf(what) >= 0;
    }

    private Order order(String suffix) {
        return switch (suffix) {
            case "" -> new Order(false, false);
            case ".aq" -> new Order(true, false);
            case ".rl" -> new Order(false, true);
            case ".aq.rl", ".aqrl" -> new Order(true, true);
            default -> throw in.errorAt(start, "'" + word + "' ends in " + suffix + "; .aq, .rl and .aq.rl are known");
        };
    }

    private static int size(char letter) {
        return switch (letter) {
            case 'b' -> 1;
            case 'h' -> 2;
            case 'w' -> 4;
            default -> 8;
        };
    }

    private int lastBase;

    private long address() {
        in.expect(",");
        long offset = in.nextIsNumber() ? in.number("an offset") : 0;
        in.expect("(");
        lastBase = register();
        in.expect(")");
        return offset;
    }

    private int plainAddress() {
        long offset = address();
        if (offset != 0) {
            throw in.errorAt(start, word + " takes no offset, but has " + offset);
        }
        return lastBase;
    }

    private int register() {
        in.skipBlanks();
        int at = in.position();
        String name = in.word("a register");
        return RiscvInstruction.register(name).orElseThrow(() -> in.errorAt(at, "'" + name + "' is not a register"));
    }

    private int next() {
        in.expect(",");
        return register();
    }

    private long nextNumber() {
        in.expect(",");
        return in.number("a number");
    }
}
