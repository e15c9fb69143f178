package dev.assay.litmus;

import dev.assay.litmus.ThreadEncoder.Control;
import java.util.List;
import java.util.Map;

/**
 * The loop around one thread of a test, the same for every processor.
 *
 * <pre>
 *   next group: publish progress; wait, not for ever, until the others' progress is as far; lag
 *   next instance: set the registers; the thread's instructions; keep the observed registers
 * </pre>
 */
final class ThreadLoop {
    private final CodeBuffer out;
    private final LoopCode code;
    private final InstanceLayout layout;
    private final int instance;
    private final int result;
    private final int control;
    private final int left;
    private final int one;
    private final int other;
    private final int found;

    /**
     * @param own five registers that the thread does not use; the first is the one that {@code code} takes for the instance
     * @param scratch two registers that are nobody's between two instances
     */
    ThreadLoop(CodeBuffer out, LoopCode code, InstanceLayout layout, List<Integer> own, List<Integer> scratch) {
        this.out = out;
        this.code = code;
        this.layout = layout;
        instance = own.get(0);
        result = own.get(1);
        control = own.get(2);
        left = own.get(3);
        one = own.get(4);
        other = scratch.get(0);
        found = scratch.get(1);
    }

    /** @param others how many other threads there are */
    void write(LitmusThread thread, int others, Map<Integer, Value> initial, List<Integer> results) {
        String group = out.newLabel();
        String next = out.newLabel();
        String end = out.newLabel();
        code.enter(control);
        code.load(instance, control, Control.INSTANCE);
        code.load(result, control, Control.RESULT);
        out.mark(group);
        meet(others);
        code.load(left, control, Control.GROUP);
        code.load(one, control, Control.COUNT);
        code.minimum(left, one);
        code.subtract(one, left);
        code.store(one, control, Control.COUNT);
        out.mark(next);
        initial.forEach(code::set);
        code.body(thread, end);
        out.mark(end);
        for (int i = 0; i < results.size(); i++) {
            code.store(results.get(i), result, 8 * i);
        }
        code.add(instance, layout.strideBytes());
        code.add(result, 8 * results.size());
        code.countDown(left, next);
        code.load(one, control, Control.COUNT);
        code.jumpIfNotZero(one, group);
        code.leave();
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
            code.jumpIfReached(other, one, found, there);
            code.pause();
            code.countDown(left, spin);
            // Somebody has no processor now: do not wait as long again.
            code.set(left, new Value.Number(Control.IMPATIENT));
            code.store(left, control, Control.PATIENCE);
            code.jump(met);
            out.mark(there);
        }
        out.mark(met);
        code.load(left, control, Control.DELAY);
        out.mark(lag);
        code.jumpIfZero(left, start);
        code.add(left, -1);
        code.jump(lag);
        out.mark(start);
    }
}
