package dev.assay.litmus;

import java.util.ArrayList;
import java.util.List;

/**
 * One execution of a thread on its own: it records the events, and answers every read and every choice with the next of its
 * possibilities. When the run is over, {@link #next} moves on to the following combination; all runs together are the thread's
 * possible executions.
 */
final class ThreadRun {
    /** A run that cannot be an execution, or is cut: nothing of it counts. */
    static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned(String message) {
            super(message, null, false, false);
        }
    }

    static final int MAXIMUM_EVENTS = 64;
    private static final int MAXIMUM_CONSTANT_JUMPS = 1024;
    private static final Abandoned TOO_LONG = new Abandoned("unrolled");
    private static final Abandoned WILD = new Abandoned("wild address");

    private final Memory memory;
    private final ValueDomain domain;
    private final int thread;
    private final int unroll;
    private final List<Integer> picked = new ArrayList<>();
    private final List<Integer> options = new ArrayList<>();
    private int choice;
    private List<Action> actions = new ArrayList<>();
    private long control;
    private long controlPicks;
    private int instance;
    private int line;
    private int[] jumps = new int[0];
    private boolean constant;
    private boolean truncated;
    private boolean wild;

    ThreadRun(Memory memory, ValueDomain domain, int thread, int unroll) {
        this.memory = memory;
        this.domain = domain;
        this.thread = thread;
        this.unroll = unroll;
    }

    Memory memory() {
        return memory;
    }

    int thread() {
        return thread;
    }

    /** Starts a run from the thread's beginning with the current combination of choices. */
    void begin(int instructions) {
        choice = 0;
        actions = new ArrayList<>();
        control = 0;
        controlPicks = 0;
        instance = 0;
        jumps = new int[instructions + 1];
    }

    /** Moves to the next combination; false when all have been seen. */
    boolean next() {
        while (picked.size() > choice) {
            picked.removeLast();
            options.removeLast();
        }
        while (!picked.isEmpty()) {
            int last = picked.size() - 1;
            if (picked.get(last) + 1 < options.get(last)) {
                picked.set(last, picked.get(last) + 1);
                return true;
            }
            picked.removeLast();
            options.removeLast();
        }
        return false;
    }

    List<Action> actions() {
        return actions;
    }

    /** Whether some run was cut because a loop went round too often. */
    boolean truncated() {
        return truncated;
    }

    /** Whether some run used a number as an address. */
    boolean wild() {
        return wild;
    }

    /** Tells that the next instruction begins. */
    void instruction(int sourceLine) {
        instance++;
        line = sourceLine;
        constant = false;
    }

    /** Tells of a jump; a backward one may be taken only so often, unless constants alone decide when the loop ends. */
    void jump(int from, int to) {
        int limit = constant ? MAXIMUM_CONSTANT_JUMPS : unroll;
        constant = false;
        if (to <= from && ++jumps[to] > limit) {
            truncated = true;
            throw TOO_LONG;
        }
    }

    /** One of {@code count} possibilities. */
    int choose(int count) {
        if (choice == picked.size()) {
            picked.add(0);
            options.add(count);
        }
        return picked.get(choice++);
    }

    /** Everything after this depends on a condition. */
    void branch(Flow condition) {
        constant = condition.picks() == 0;
        control |= condition.sources();
        controlPicks |= condition.picks();
    }

    /** A read; the result comes from the new event. */
    Flow load(Flow address, int size, long tags) {
        checkAddress(address.value(), size);
        long value;
        if (memory.cut(address.value(), size)) {
            // The cells are about to change; the value will be asked for again then.
            domain.layoutChanged();
            value = memory.initial(address.value(), Math.min(size, 8));
        } else {
            long[] values = domain.values(thread, address.value(), size, actions);
            value = values.length == 1 ? values[0] : values[choose(values.length)];
        }
        Action action = new Action(Action.Kind.READ, address.value(), size, value, tags, instance, line);
        int index = add(action, address);
        return new Flow(value, 1L << index, 1L << index);
    }

    /** A write; the answer is the new event. */
    Action store(Flow address, Flow value, int size, long tags) {
        checkAddress(address.value(), size);
        if (memory.cut(address.value(), size)) {
            domain.layoutChanged();
        }
        Action action = new Action(Action.Kind.WRITE, address.value(), size, Memory.truncate(value.value(), size), tags,
                instance, line);
        action.valueSources = value.sources();
        action.valuePicks = value.picks();
        add(action, address);
        return action;
    }

    void fence(long tags) {
        add(new Action(Action.Kind.FENCE, 0, 0, 0, tags, instance, line), Flow.ZERO);
    }

    /** The number of the event that was recorded last. */
    int last() {
        return actions.size() - 1;
    }

    private int add(Action action, Flow address) {
        if (actions.size() >= MAXIMUM_EVENTS) {
            throw new LitmusException("thread " + thread + " has more than " + MAXIMUM_EVENTS
                    + " memory accesses and fences in an execution; tests with fewer can be decided");
        }
        action.addressSources = address.sources();
        action.addressPicks = address.picks();
        action.controlSources = control;
        action.controlPicks = controlPicks;
        action.access = actions.size();
        actions.add(action);
        return action.access;
    }

    private void checkAddress(long address, int size) {
        if (!memory.isValid(address, size)) {
            wild = true;
            throw WILD;
        }
    }
}
