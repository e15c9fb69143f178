package dev.assay.bpf;

import java.util.List;
import java.util.Optional;

/** Puts a decision into an instruction; libbpf's rules say which forms may carry one. */
final class CorePatch {
    private CorePatch() {}

    /**
     * Changes {@code code} at {@code index}.
     *
     * @return why it cannot be done, or nothing
     */
    static Optional<String> apply(List<Instruction> code, int index, CoreRelocator.Decision decision) {
        if (index < 0 || index >= code.size()) {
            return Optional.of("there is no instruction " + index + "; the function has " + code.size());
        }
        return switch (decision) {
            case CoreRelocator.Decision.Failed failed -> Optional.of(failed.says());
            case CoreRelocator.Decision.Ambiguous ambiguous -> Optional.of(ambiguous.says());
            case CoreRelocator.Decision.Poison _ -> {
                poison(code, index);
                yield Optional.empty();
            }
            case CoreRelocator.Decision.Patch patch -> patch(code, index, patch);
        };
    }

    private static void poison(List<Instruction> code, int index) {
        if (code.get(index).wide() && index + 1 < code.size()) {
            code.set(index + 1, Instruction.poison());
        }
        code.set(index, Instruction.poison());
    }

    private static Optional<String> patch(List<Instruction> code, int index, CoreRelocator.Decision.Patch patch) {
        Instruction at = code.get(index);
        return switch (at.family()) {
            case Instruction.ALU, Instruction.ALU64 -> {
                if ((at.opcode() & 8) != 0) {
                    yield Optional.of("arithmetic on a register carries no number to change");
                }
                if (patch.validate() && at.immediate() != patch.expected()) {
                    yield unexpected(at.immediate(), patch);
                }
                code.set(index, at.withImmediate((int) patch.value()));
                yield Optional.empty();
            }
            case Instruction.LDX, Instruction.ST, Instruction.STX -> memory(code, index, at, patch);
            case Instruction.LD -> wide(code, index, at, patch);
            default -> Optional.of("a jump or call (opcode 0x" + Integer.toHexString(at.opcode())
                    + ") carries no number to change");
        };
    }

    private static Optional<String> unexpected(long holds, CoreRelocator.Decision.Patch patch) {
        return Optional.of("the instruction holds " + holds + " where the object's own types say " + patch.expected()
                + "; object and types do not belong together");
    }

    private static Optional<String> memory(List<Instruction> code, int index, Instruction at,
            CoreRelocator.Decision.Patch patch) {
        if (patch.validate() && at.offset() != patch.expected()) {
            return unexpected(at.offset(), patch);
        }
        if (patch.value() > Short.MAX_VALUE || patch.value() < 0) {
            return Optional.of("offset " + patch.value() + " is over 32767, the most that a load or store can hold");
        }
        if (patch.widthRefused()) {
            poison(code, index);
            return Optional.empty();
        }
        Instruction moved = at.withOffset((int) patch.value());
        CoreRelocator.Width memory = patch.memory();
        if (memory.localBytes() != memory.targetBytes()) {
            if (at.accessBytes() != memory.localBytes()) {
                return Optional.of("the access is " + at.accessBytes() + " bytes wide where the field has " + memory
                        .localBytes());
            }
            if (Long.bitCount(memory.targetBytes()) != 1 || memory.targetBytes() > 8) {
                return Optional.of("no single access is " + memory.targetBytes() + " bytes wide");
            }
            moved = moved.withAccessBytes((int) memory.targetBytes());
        }
        code.set(index, moved);
        return Optional.empty();
    }

    private static Optional<String> wide(List<Instruction> code, int index, Instruction at,
            CoreRelocator.Decision.Patch patch) {
        Instruction upper = index + 1 < code.size() ? code.get(index + 1) : null;
        if (!at.wide() || at.source() != 0 || at.offset() != 0 || upper == null || upper.opcode() != 0) {
            return Optional.of("a 64-bit load is expected in its plain form of two instructions");
        }
        long holds = at.immediate() & 0xffffffffL | (long) upper.immediate() << 32;
        if (patch.validate() && holds != patch.expected()) {
            return unexpected(holds, patch);
        }
        code.set(index, at.withImmediate((int) patch.value()));
        code.set(index + 1, upper.withImmediate((int) (patch.value() >>> 32)));
        return Optional.empty();
    }
}
