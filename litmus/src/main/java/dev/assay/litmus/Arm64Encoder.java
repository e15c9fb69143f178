package dev.assay.litmus;

import dev.assay.litmus.InitialState.Variable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * AArch64 machine code (Arm ARM, DDI 0487, chapter C6) of a thread and of the loop around it, by the AAPCS64 calling convention. The
 * loop is that of {@link X86Encoder}.
 */
final class Arm64Encoder implements ThreadEncoder {
    /** x18 belongs to the platform. */
    private static final List<Integer> LOOP_CHOICE = List.of(28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 17, 16, 15, 14, 13,
            12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    private static final int OWN_REGISTERS = 7;
    private static final int PLATFORM = 18;
    private static final int FIRST_SAVED = 19;
    private static final int LAST_SAVED = 30;
    /** As a base register, number 31 is the stack pointer. */
    private static final int STACK_POINTER_BASE = 31;
    private static final int SAVE_BYTES = 96;
    private static final int GREATER_OR_EQUAL = 10;
    private static final int LESS_OR_EQUAL = 13;

    @Override
    public byte[] encode(LitmusTest test, LitmusThread thread, List<String> observed, InstanceLayout layout) {
        TreeSet<Integer> used = new TreeSet<>();
        thread.instructions().forEach(i -> used.addAll(Arm64Code.registers((Arm64Instruction) i)));
        Map<Integer, Variable> initial = new TreeMap<>();
        test.initial().registers().forEach((register, variable) -> {
            if (register.thread() == thread.number()) {
                initial.put(Arm64Register.named(register.register()).orElseThrow().number(), variable);
            }
        });
        observed.forEach(name -> used.add(Arm64Register.named(name).orElseThrow().number()));
        used.addAll(initial.keySet());
        used.remove(Arm64Register.ZERO);
        List<Integer> free = LOOP_CHOICE.stream().filter(r -> !used.contains(r)).toList();
        boolean reserved = used.contains(PLATFORM) || used.contains(Arm64Register.STACK_POINTER);
        if (reserved || free.size() < OWN_REGISTERS) {
            throw new LitmusException("thread " + thread.number() + " of " + test.name()
                    + " uses X18, SP or more than 21 registers; use fewer and others to run it");
        }
        return new Loop(free, layout).write(thread, test.threads().size() - 1, used, initial, observed);
    }

    /** The loop of one thread, being written. */
    private static final class Loop {
        private final CodeBuffer out = new CodeBuffer();
        private final Arm64Code code;
        private final InstanceLayout layout;
        private final int instance;
        private final int result;
        private final int control;
        private final int left;
        private final int one;
        private final int other;
        private final int found;

        Loop(List<Integer> free, InstanceLayout layout) {
            this.layout = layout;
            instance = free.get(0);
            result = free.get(1);
            control = free.get(2);
            left = free.get(3);
            one = free.get(4);
            other = free.get(5);
            found = free.get(6);
            code = new Arm64Code(out, instance, one, layout.offsets());
        }

        byte[] write(LitmusThread thread, int others, TreeSet<Integer> used, Map<Integer, Variable> initial,
                List<String> observed) {
            String group = out.newLabel();
            String next = out.newLabel();
            String end = out.newLabel();
            code.stackPointer(-SAVE_BYTES);
            for (int r = FIRST_SAVED; r <= LAST_SAVED; r++) {
                code.store(r, STACK_POINTER_BASE, 8 * (r - FIRST_SAVED));
            }
            code.move(control, 0);
            code.load(instance, control, Control.INSTANCE);
            code.load(result, control, Control.RESULT);
            out.mark(group);
            meet(others);
            code.load(left, control, Control.GROUP);
            code.load(one, control, Control.COUNT);
            code.compare(left, one);
            code.select(left, left, one, LESS_OR_EQUAL);
            code.subtract(one, one, left);
            code.store(one, control, Control.COUNT);
            out.mark(next);
            for (int register : used) {
                Variable variable = initial.get(register);
                code.set(register, variable == null ? new Value.Number(0) : variable.elements().getFirst());
            }
            code.body(thread, end);
            out.mark(end);
            for (int i = 0; i < observed.size(); i++) {
                int register = Arm64Register.named(observed.get(i)).orElseThrow().number();
                code.store(register, result, 8 * i);
            }
            code.addNumber(instance, layout.strideBytes());
            code.addNumber(result, 8 * observed.size());
            code.decrement(left);
            code.branchIfNotZero(left, next);
            code.load(one, control, Control.COUNT);
            code.branchIfNotZero(one, group);
            for (int r = FIRST_SAVED; r <= LAST_SAVED; r++) {
                code.load(r, STACK_POINTER_BASE, 8 * (r - FIRST_SAVED));
            }
            code.stackPointer(SAVE_BYTES);
            code.returns();
            return out.finish();
        }

        /** Publishes the own progress and waits for the others'. */
        private void meet(int others) {
            String met = out.newLabel();
            String lag = out.newLabel();
            String start = out.newLabel();
            code.load(one, control, Control.TICKET);
            code.addNumber(one, 1);
            code.store(one, control, Control.TICKET);
            code.load(other, control, Control.PROGRESS);
            code.store(one, other, 0);
            code.load(left, control, Control.PATIENCE);
            for (int i = 0; i < others; i++) {
                String spin = out.newLabel();
                String there = out.newLabel();
                code.load(other, control, Control.OTHERS + 8 * i);
                out.mark(spin);
                code.load(found, other, 0);
                code.compare(found, one);
                code.branchIf(GREATER_OR_EQUAL, there);
                code.yieldHint();
                code.decrement(left);
                code.branchIfNotZero(left, spin);
                code.set(left, new Value.Number(Control.IMPATIENT));
                code.store(left, control, Control.PATIENCE);
                code.branch(met);
                out.mark(there);
            }
            out.mark(met);
            code.load(left, control, Control.DELAY);
            out.mark(lag);
            code.branchIfZero(left, start);
            code.decrement(left);
            code.branch(lag);
            out.mark(start);
        }
    }
}
