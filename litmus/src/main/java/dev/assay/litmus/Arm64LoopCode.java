package dev.assay.litmus;

import java.util.Map;

/** The loop's instructions on AArch64, by the procedure call standard. */
final class Arm64LoopCode implements LoopCode {
    private static final int FIRST_SAVED = 19;
    private static final int LAST_SAVED = 30;
    /** As a base register, number 31 is the stack pointer; as an operand it is zero. */
    private static final int STACK_POINTER_BASE = 31;
    private static final int SAVE_BYTES = 96;
    private static final int GREATER_OR_EQUAL = 10;
    private static final int LESS_OR_EQUAL = 13;

    private final CodeBuffer out;
    private final Arm64Code code;

    /** @param scratch a register that the thread does not use */
    Arm64LoopCode(CodeBuffer out, int instance, int scratch, Map<String, Long> offsets) {
        this.out = out;
        this.code = new Arm64Code(out, instance, scratch, offsets);
    }

    @Override
    public void enter(int control) {
        code.word(0xd100_03ff | SAVE_BYTES << 10);
        for (int r = FIRST_SAVED; r <= LAST_SAVED; r++) {
            store(r, STACK_POINTER_BASE, 8 * (r - FIRST_SAVED));
        }
        code.word(0xaa00_03e0 | control);
    }

    @Override
    public void leave() {
        for (int r = FIRST_SAVED; r <= LAST_SAVED; r++) {
            load(r, STACK_POINTER_BASE, 8 * (r - FIRST_SAVED));
        }
        code.word(0x9100_03ff | SAVE_BYTES << 10);
        code.word(0xd65f_03c0);
    }

    @Override
    public void body(LitmusThread thread, String end) {
        code.body(thread, end);
    }

    @Override
    public void set(int target, Value value) {
        code.set(target, value);
    }

    @Override
    public void load(int target, int base, int offset) {
        code.word(0xf940_0000 | offset / 8 << 10 | base << 5 | target);
    }

    @Override
    public void store(int source, int base, int offset) {
        code.word(0xf900_0000 | offset / 8 << 10 | base << 5 | source);
    }

    @Override
    public void add(int target, int number) {
        code.word((number < 0 ? 0xd100_0000 : 0x9100_0000) | Math.abs(number) << 10 | target << 5 | target);
    }

    @Override
    public void subtract(int target, int source) {
        code.word(0xcb00_0000 | source << 16 | target << 5 | target);
    }

    @Override
    public void minimum(int target, int other) {
        compare(target, other);
        code.word(0x9a80_0000 | other << 16 | LESS_OR_EQUAL << 12 | target << 5 | target);
    }

    private void compare(int left, int right) {
        code.word(0xeb00_0000 | right << 16 | left << 5 | Arm64Register.ZERO);
    }

    @Override
    public void countDown(int register, String again) {
        add(register, -1);
        jumpIfNotZero(register, again);
    }

    @Override
    public void jump(String label) {
        code.branch(label);
    }

    @Override
    public void jumpIfZero(int register, String label) {
        out.reference(label, d -> 0xb400_0000 | Arm64Code.distance(d, 19) << 5 | register);
    }

    @Override
    public void jumpIfNotZero(int register, String label) {
        out.reference(label, d -> 0xb500_0000 | Arm64Code.distance(d, 19) << 5 | register);
    }

    @Override
    public void jumpIfReached(int base, int wanted, int scratch, String label) {
        load(scratch, base, 0);
        compare(scratch, wanted);
        code.branchIf(GREATER_OR_EQUAL, label);
    }

    @Override
    public void pause() {
        code.word(0xd503_203f);
    }
}
