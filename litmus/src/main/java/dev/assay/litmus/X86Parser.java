package dev.assay.litmus;

import dev.assay.litmus.X86Instruction.Direct;
import dev.assay.litmus.X86Instruction.Immediate;
import dev.assay.litmus.X86Instruction.Memory;
import dev.assay.litmus.X86Instruction.Operand;
import dev.assay.litmus.X86Instruction.SymbolAddress;

/** Reads one x86 instruction in AT&amp;T syntax: source first, registers with a percent sign, a size letter at the end. */
final class X86Parser {
    private final TextScanner in;

    X86Parser(TextScanner in) {
        this.in = in;
    }

    X86Instruction instruction() {
        int start = in.position();
        boolean locked = in.take("lock") || in.take("LOCK");
        if (locked) {
            in.take(";");
        }
        return X86Assembler.read(in, start, locked, this::operand, true);
    }

    private Operand operand() {
        if (in.take("$")) {
            return in.nextIsNumber() ? new Immediate(in.number("a number")) : new SymbolAddress(in.word("a variable"));
        }
        if (in.peek() == '%') {
            X86Register register = register();
            if (in.take(":")) {
                return memory();
            }
            return new Direct(register);
        }
        return memory();
    }

    private X86Register register() {
        int start = in.position();
        in.expect("%");
        String word = in.word("a register");
        return X86Register.named(word).orElseThrow(() -> in.errorAt(start, "'%" + word + "' is not a register"));
    }

    private Operand memory() {
        String symbol = "";
        long displacement = 0;
        if (in.take("[")) {
            symbol = in.word("a variable");
            in.expect("]");
            return new Memory(symbol, 0, null, null, 1);
        }
        if (in.nextIsNumber()) {
            displacement = in.number("a displacement");
            if (in.peek() != '(') {
                return new Immediate(displacement);
            }
        } else if (in.nextIsWord()) {
            symbol = in.word("a variable");
            displacement = in.nextIsNumber()
                    ? in.number("a displacement")
                    : in.take("+") ? in.number("a displacement") : 0;
            if (in.peek() != '(') {
                return new Memory(symbol, displacement, null, null, 1);
            }
        }
        in.expect("(");
        X86Register base = null;
        X86Register index = null;
        int scale = 1;
        if (in.nextIsWord()) {
            symbol = in.word("a variable");
            displacement += in.nextIsNumber() ? in.number("a displacement") : 0;
            if (in.take("+")) {
                displacement += in.number("a displacement");
            }
        } else if (in.peek() == '%') {
            base = register();
        }
        if (in.take(",")) {
            index = register();
            scale = in.take(",") ? (int) in.number("a scale") : 1;
        }
        in.expect(")");
        return new Memory(symbol, displacement, base, index, scale);
    }
}
