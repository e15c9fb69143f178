package dev.assay.litmus;

import dev.assay.litmus.X86Instruction.Direct;
import dev.assay.litmus.X86Instruction.Immediate;
import dev.assay.litmus.X86Instruction.Memory;
import dev.assay.litmus.X86Instruction.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one 32-bit x86 instruction in the older syntax of the herdtools: target first, {@code MOV [x],$1}. */
final class X86IntelParser {
    private final TextScanner in;

    X86IntelParser(TextScanner in) {
        this.in = in;
    }

    X86Instruction instruction() {
        int start = in.position();
        boolean locked = in.take("LOCK") || in.take("lock");
        String word = in.word("an instruction");
        if (X86Assembler.isJump(word)) {
            String label = in.word("a label");
            return X86Assembler.jump(word, label).orElseThrow(() -> unknown(start, word));
        }
        List<Operand> operands = new ArrayList<>();
        while (!in.atEnd()) {
            if (!operands.isEmpty()) {
                in.expect(",");
            }
            operands.add(operand());
        }
        return new X86Assembler(word, operands, locked, message -> in.errorAt(start, message)).assemble()
                .orElseThrow(() -> unknown(start, word));
    }

    private LitmusException unknown(int start, String word) {
        return in.errorAt(start, "the x86 instruction '" + word + "' is not supported");
    }

    private Operand operand() {
        in.take("$");
        if (in.nextIsNumber()) {
            return new Immediate(in.number("a number"));
        }
        if (in.take("[")) {
            in.take("%");
            String word = in.word("a variable or a register");
            Optional<X86Register> base = X86Register.named(word);
            long displacement = in.take("+") || in.peek() == '-' ? in.number("a displacement") : 0;
            in.expect("]");
            return new Memory(base.isPresent() ? "" : word, displacement, base.orElse(null), null, 1);
        }
        in.take("%");
        int start = in.position();
        String word = in.word("a register");
        return X86Register.named(word).<Operand>map(Direct::new)
                .orElseThrow(() -> in.errorAt(start,
                        "'" + word + "' is not a register; variables are written [" + word + "]"));
    }
}
