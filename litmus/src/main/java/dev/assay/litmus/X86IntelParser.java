package dev.assay.litmus;

import dev.assay.litmus.X86Instruction.Direct;
import dev.assay.litmus.X86Instruction.Immediate;
import dev.assay.litmus.X86Instruction.Memory;
import dev.assay.litmus.X86Instruction.Operand;
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
        return X86Assembler.read(in, start, locked, this::operand, false);
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
