package dev.assay.litmus;

import dev.assay.litmus.X86Instruction.Direct;
import dev.assay.litmus.X86Instruction.Memory;
import java.util.Map;

/** The loop's instructions on x86-64, by the System V calling convention. */
final class X86LoopCode implements LoopCode {
    private static final int RDI = 7;
    private static final int[] SAVED = {3, 5, 12, 13, 14, 15};
    private static final int EQUAL = 0x4;
    private static final int NOT_EQUAL = 0x5;
    private static final int GREATER_OR_EQUAL = 0xd;
    private static final int GREATER = 0xf;

    private final CodeBuffer out;
    private final X86Code code;

    X86LoopCode(CodeBuffer out, int instance, Map<String, Long> offsets) {
        this.out = out;
        this.code = new X86Code(out, whole(instance), offsets);
    }

    private static X86Register whole(int number) {
        return new X86Register(number, 8, false);
    }

    private void two(int register, int place, int... opcode) {
        code.operand(8, false, whole(register), new Direct(whole(place)), 0, opcode);
    }

    private void memory(int register, int base, int offset, int opcode) {
        code.operand(8, false, whole(register), new Memory("", offset, whole(base), null, 1), 0, opcode);
    }

    @Override
    public void enter(int control) {
        for (int register : SAVED) {
            oneByte(0x50, register);
        }
        two(RDI, control, 0x89);
    }

    @Override
    public void leave() {
        for (int i = SAVED.length - 1; i >= 0; i--) {
            oneByte(0x58, SAVED[i]);
        }
        out.bytes(0xc3);
    }

    /** push and pop. */
    private void oneByte(int opcode, int register) {
        if (register >= 8) {
            out.bytes(0x41);
        }
        out.bytes(opcode | register & 7);
    }

    @Override
    public void body(LitmusThread thread, String end) {
        code.body(thread, end);
    }

    @Override
    public void set(int target, Value value) {
        code.set(whole(target), value);
    }

    @Override
    public void load(int target, int base, int offset) {
        memory(target, base, offset, 0x8b);
    }

    @Override
    public void store(int source, int base, int offset) {
        memory(source, base, offset, 0x89);
    }

    @Override
    public void add(int target, int number) {
        code.operand(8, false, X86Code.extended(0, 8), new Direct(whole(target)), 4, 0x81);
        out.int32(number);
    }

    @Override
    public void subtract(int target, int source) {
        two(source, target, 0x29);
    }

    @Override
    public void minimum(int target, int other) {
        two(other, target, 0x39);
        two(target, other, 0x0f, 0x40 + GREATER);
    }

    @Override
    public void countDown(int register, String again) {
        add(register, -1);
        code.jumpIf(NOT_EQUAL, again);
    }

    @Override
    public void jump(String label) {
        code.jump(label);
    }

    @Override
    public void jumpIfZero(int register, String label) {
        two(register, register, 0x85);
        code.jumpIf(EQUAL, label);
    }

    @Override
    public void jumpIfNotZero(int register, String label) {
        two(register, register, 0x85);
        code.jumpIf(NOT_EQUAL, label);
    }

    @Override
    public void jumpIfReached(int base, int wanted, int scratch, String label) {
        memory(wanted, base, 0, 0x39);
        code.jumpIf(GREATER_OR_EQUAL, label);
    }

    @Override
    public void pause() {
        out.bytes(0xf3, 0x90);
    }
}
