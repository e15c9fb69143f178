package dev.assay.litmus;

import dev.assay.litmus.InitialState.ThreadRegister;
import dev.assay.litmus.InitialState.Variable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * x86-64 machine code (Intel SDM volume 2) of a thread and of the loop around it, by the System V calling convention.
 *
 * <pre>
 *   next group: publish progress; wait, not for ever, until the others' progress is as far; lag
 *   next instance: set the registers; the thread's instructions; keep the observed registers
 * </pre>
 *
 * The loop takes four registers that the thread does not use.
 */
final class X86Encoder implements ThreadEncoder {
    private static final int RSP = 4;
    private static final int RDI = 7;
    private static final int[] SAVED = {3, 5, 12, 13, 14, 15};
    /** What the loop takes, first choice first. */
    private static final List<Integer> LOOP_CHOICE = List.of(15, 14, 13, 12, 11, 10, 9, 8, 5, 3, 7, 6, 2, 1, 0);
    private static final int OWN_REGISTERS = 4;
    private static final int EQUAL = 0x4;
    private static final int NOT_EQUAL = 0x5;
    private static final int GREATER_OR_EQUAL = 0xd;
    private static final int GREATER = 0xf;

    private static X86Register whole(int number) {
        return new X86Register(number, 8, false);
    }

    @Override
    public byte[] encode(LitmusTest test, LitmusThread thread, List<String> observed, InstanceLayout layout) {
        TreeSet<Integer> used = new TreeSet<>();
        thread.instructions().forEach(i -> X86Code.registers((X86Instruction) i).forEach(used::add));
        Map<Integer, Variable> initial = new TreeMap<>();
        test.initial().registers().forEach((register, variable) -> {
            if (register.thread() == thread.number()) {
                initial.put(number(register), variable);
            }
        });
        observed.forEach(name -> used.add(X86Register.named(name).orElseThrow().number()));
        used.addAll(initial.keySet());
        List<Integer> free = LOOP_CHOICE.stream().filter(r -> !used.contains(r)).toList();
        if (used.contains(RSP) || !used.tailSet(16).isEmpty() || free.size() < OWN_REGISTERS) {
            throw new LitmusException("thread " + thread.number() + " of " + test.name()
                    + " uses the stack pointer, a special register, or more than 11 registers; use fewer to run it");
        }
        return new Loop(free, layout).write(thread, test.threads().size() - 1, used, initial, observed);
    }

    private static int number(ThreadRegister register) {
        return X86Register.named(register.register()).orElseThrow().number();
    }

    /** The loop of one thread, being written. */
    private static final class Loop {
        private final CodeBuffer out = new CodeBuffer();
        private final X86Code code;
        private final InstanceLayout layout;
        private final X86Register instance;
        private final X86Register result;
        private final X86Register control;
        private final X86Register left;
        private final X86Register one;
        private final X86Register other;

        Loop(List<Integer> free, InstanceLayout layout) {
            this.layout = layout;
            instance = whole(free.get(0));
            result = whole(free.get(1));
            control = whole(free.get(2));
            left = whole(free.get(3));
            List<Integer> scratch = IntStream.range(0, 16)
                    .filter(r -> r != RSP && free.subList(0, OWN_REGISTERS).stream().noneMatch(f -> f == r)).boxed()
                    .toList();
            one = whole(scratch.get(0));
            other = whole(scratch.get(1));
            code = new X86Code(out, instance, layout.offsets());
        }

        byte[] write(LitmusThread thread, int others, TreeSet<Integer> used, Map<Integer, Variable> initial,
                List<String> observed) {
            String group = out.newLabel();
            String next = out.newLabel();
            String end = out.newLabel();
            for (int register : SAVED) {
                code.push(register);
            }
            code.move(control, whole(RDI));
            code.load(instance, control, Control.INSTANCE);
            code.load(result, control, Control.RESULT);
            out.mark(group);
            meet(others);
            code.load(left, control, Control.GROUP);
            code.load(one, control, Control.COUNT);
            code.compare(left, one);
            code.moveIf(GREATER, left, one);
            code.subtract(one, left);
            code.store(one, control, Control.COUNT);
            out.mark(next);
            for (int register : used) {
                Variable variable = initial.get(register);
                code.set(whole(register), variable == null ? new Value.Number(0) : variable.elements().getFirst());
            }
            code.body(thread, end);
            out.mark(end);
            for (int i = 0; i < observed.size(); i++) {
                code.store(whole(X86Register.named(observed.get(i)).orElseThrow().number()), result, 8 * i);
            }
            code.add(instance, layout.strideBytes());
            code.add(result, 8 * observed.size());
            code.add(left, -1);
            code.jumpIf(NOT_EQUAL, next);
            code.load(one, control, Control.COUNT);
            code.test(one);
            code.jumpIf(NOT_EQUAL, group);
            for (int i = SAVED.length - 1; i >= 0; i--) {
                code.pop(SAVED[i]);
            }
            out.bytes(0xc3);
            return out.finish();
        }

        /** Publishes the own progress and waits for the others'. */
        private void meet(int others) {
            String met = out.newLabel();
            String lag = out.newLabel();
            String start = out.newLabel();
            code.load(one, control, Control.TICKET);
            code.add(one, 1);
            code.store(one, control, Control.TICKET);
            code.load(other, control, Control.PROGRESS);
            code.store(one, other, 0);
            code.load(left, control, Control.PATIENCE);
            for (int i = 0; i < others; i++) {
                String spin = out.newLabel();
                String there = out.newLabel();
                code.load(other, control, Control.OTHERS + 8 * i);
                out.mark(spin);
                code.compareMemory(other, one);
                code.jumpIf(GREATER_OR_EQUAL, there);
                code.pause();
                code.add(left, -1);
                code.jumpIf(GREATER, spin);
                // Somebody has no processor now: do not wait as long again.
                code.set(left, new Value.Number(Control.IMPATIENT));
                code.store(left, control, Control.PATIENCE);
                code.jump(met);
                out.mark(there);
            }
            out.mark(met);
            code.load(left, control, Control.DELAY);
            out.mark(lag);
            code.test(left);
            code.jumpIf(EQUAL, start);
            code.add(left, -1);
            code.jump(lag);
            out.mark(start);
        }
    }
}
