package dev.assay.litmus;

import dev.assay.litmus.Arm64Instruction.Address;
import dev.assay.litmus.Arm64Instruction.Extended;
import dev.assay.litmus.Arm64Instruction.Immediate;
import dev.assay.litmus.Arm64Instruction.Indexing;
import dev.assay.litmus.Arm64Instruction.Operand;
import dev.assay.litmus.Arm64Instruction.Shifted;
import java.util.Arrays;

/** The registers of a thread, and the operands that instructions make of them. */
final class Arm64RegisterFile {
    private static final int REGISTERS = 33;

    private final Flow[] initial = new Flow[REGISTERS];
    private final Flow[] registers = new Flow[REGISTERS];

    Arm64RegisterFile(LitmusThread thread, InitialState state, Memory memory) {
        Arrays.fill(initial, Flow.ZERO);
        state.registers().forEach((register, variable) -> {
            if (register.thread() == thread.number()) {
                int number = Arm64Register.named(register.register()).orElseThrow().number();
                if (number != Arm64Register.ZERO) {
                    initial[number] = Flow.constant(memory.value(variable.elements().getFirst()));
                }
            }
        });
    }

    /** Gives all registers what they hold at the start. */
    void reset() {
        System.arraycopy(initial, 0, registers, 0, REGISTERS);
    }

    /** The address of an access; indexed forms write the base back. */
    Flow address(Address address) {
        Flow base = whole(address.base());
        Flow offset = operand(address.offset(), true);
        Flow sum = address.offset() instanceof Immediate i && i.value() == 0
                ? base
                : base.with(offset, base.value() + offset.value());
        if (address.indexing() != Indexing.OFFSET) {
            registers[address.base().number()] = sum;
        }
        return address.indexing() == Indexing.POST ? base : sum;
    }

    Flow operand(Operand operand, boolean wide) {
        return switch (operand) {
            case Immediate immediate -> Flow.constant(wide ? immediate.value() : immediate.value() & 0xffff_ffffL);
            case Shifted shifted -> {
                Flow value = get(shifted.register());
                yield shifted.amount() == 0
                        ? value
                        : value.with(Arm64Arithmetic.shift(shifted.shift(), value.value(), shifted.amount(),
                                wide ? 64 : 32));
            }
            case Extended extended -> {
                Flow value = whole(extended.register());
                long taken = Arm64Arithmetic.extend(extended.extension(), value.value());
                yield value.with(taken << extended.amount());
            }
        };
    }

    /** All 64 bits of a register. */
    Flow whole(Arm64Register register) {
        return register.isZero() ? Flow.ZERO : registers[register.number()];
    }

    Flow get(Arm64Register register) {
        Flow value = whole(register);
        return register.wide() ? value : value.truncated(4);
    }

    void set(Arm64Register register, Flow value) {
        if (!register.isZero()) {
            registers[register.number()] = register.wide() ? value : value.truncated(4);
        }
    }
}
