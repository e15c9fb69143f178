package dev.assay.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a method once, in the order of its code, over expressions instead of values.
 *
 * <p>
 * One pass, so linear in the length of the method. Where paths meet, what differs becomes a choice; at the head of a
 * loop, every local variable that the loop writes is unknown. It never proves a value, it only says where one came from,
 * and what it cannot follow is {@link Value#UNKNOWN}, on which no rule fires.
 */
final class StackTracer {
    private final List<Insn> insns;
    private final List<MethodReader.Handler> handlers;
    private final int locksAtEntry;
    private final Map<Integer, State> states = new HashMap<>();
    private final Map<Integer, BitSet> loopWrites = new HashMap<>();
    private State now;

    private static final class State {
        final ArrayList<Value> stack = new ArrayList<>();
        Value[] locals;
        int locks;

        State(Value[] locals, int locks) {
            this.locals = locals;
            this.locks = locks;
        }

        State copy() {
            State copy = new State(locals.clone(), locks);
            copy.stack.addAll(stack);
            return copy;
        }
    }

    private StackTracer(MethodReader.Code code, int locksAtEntry) {
        insns = code.insns();
        handlers = code.handlers();
        this.locksAtEntry = locksAtEntry;
    }

    static void trace(MethodReader.Code code, boolean isStatic, String descriptor, int locksAtEntry) {
        new StackTracer(code, locksAtEntry).run(isStatic, descriptor);
    }

    private void run(boolean isStatic, String descriptor) {
        int slots = 0;
        for (Insn insn : insns) {
            slots = Math.max(slots, insn.slot + 2);
        }
        List<Character> kinds = parameters(descriptor);
        Value[] locals = new Value[Math.max(slots, 2 * kinds.size() + 2)];
        Arrays.fill(locals, Value.UNKNOWN);
        int slot = 0;
        if (!isStatic) {
            locals[slot++] = Value.parameter(0, false, true);
        }
        for (char kind : kinds) {
            boolean wide = kind == 'J' || kind == 'D';
            locals[slot] = Value.parameter(slot, wide, false);
            slot += wide ? 2 : 1;
        }
        findLoops();
        now = new State(locals, locksAtEntry);
        Map<Integer, List<MethodReader.Handler>> starts = new HashMap<>();
        handlers.forEach(handler -> starts.computeIfAbsent(handler.from(), _ -> new ArrayList<>()).add(handler));
        for (Insn insn : insns) {
            enter(insn.index, locals.length);
            starts.getOrDefault(insn.index, List.of()).forEach(this::openHandler);
            insn.locks = now.locks;
            step(insn);
        }
    }

    private void findLoops() {
        for (Insn insn : insns) {
            if (insn.target >= 0 && insn.target <= insn.index) {
                BitSet written = loopWrites.computeIfAbsent(insn.target, _ -> new BitSet());
                for (int i = insn.target; i <= insn.index; i++) {
                    Insn inside = insns.get(i);
                    if (inside.slot >= 0 && (inside.op >= 54 && inside.op <= 78 || inside.op == Op.IINC)) {
                        written.set(inside.slot);
                    }
                }
            }
        }
    }

    private void enter(int index, int slots) {
        State saved = states.remove(index);
        if (now == null) {
            Value[] unknown = new Value[slots];
            Arrays.fill(unknown, Value.UNKNOWN);
            now = saved == null ? new State(unknown, locksAtEntry) : saved;
        } else if (saved != null) {
            merge(now, saved, index);
        }
        BitSet written = loopWrites.get(index);
        if (written != null) {
            written.stream().filter(slot -> slot < now.locals.length)
                    .forEach(slot -> now.locals[slot] = new Value("l" + slot + "@" + index, null,
                            now.locals[slot].wide(),
                            now.locals[slot].known() ? List.of(now.locals[slot]) : List.of()));
        }
    }

    private static void merge(State into, State other, int index) {
        into.locks = Math.min(into.locks, other.locks);
        for (int i = 0; i < into.locals.length; i++) {
            into.locals[i] = met(into.locals[i], other.locals[i], "l" + i + "@" + index);
        }
        while (into.stack.size() > other.stack.size()) {
            into.stack.removeLast();
        }
        for (int i = 0; i < into.stack.size(); i++) {
            into.stack.set(i, met(into.stack.get(i), other.stack.get(i), "s" + i + "@" + index));
        }
    }

    private static Value met(Value one, Value other, String key) {
        if (one == other || one.key().equals(other.key())) {
            return one;
        }
        return one.known() && other.known() ? new Value(key, null, one.wide(), List.of(one, other)) : Value.UNKNOWN;
    }

    private void openHandler(MethodReader.Handler handler) {
        if (handler.target() <= handler.from()) {
            return;
        }
        State state = new State(now.locals.clone(), now.locks);
        for (int i = handler.from(); i < Math.min(handler.to(), insns.size()); i++) {
            Insn inside = insns.get(i);
            if (inside.slot >= 0 && inside.op >= 54 && inside.op <= 78 && inside.slot < state.locals.length) {
                state.locals[inside.slot] = Value.UNKNOWN;
            }
        }
        state.stack.add(new Value("e@" + handler.target(), null, false, List.of()));
        State saved = states.get(handler.target());
        if (saved == null) {
            states.put(handler.target(), state);
        } else {
            merge(saved, state, handler.target());
        }
    }

    private void branch(int target, int from) {
        if (target <= from) {
            return;
        }
        State saved = states.get(target);
        if (saved == null) {
            states.put(target, now.copy());
        } else {
            merge(saved, now, target);
        }
    }

    private Value pop() {
        return now.stack.isEmpty() ? Value.UNKNOWN : now.stack.removeLast();
    }

    private Value[] pop(int count) {
        Value[] values = new Value[count];
        for (int i = count - 1; i >= 0; i--) {
            values[i] = pop();
        }
        return values;
    }

    private void push(Insn insn, boolean wide) {
        insn.out = Value.made(insn, wide);
        now.stack.add(insn.out);
    }

    private void push(Insn insn, String key, boolean wide) {
        insn.out = new Value(key, insn, wide, List.of());
        now.stack.add(insn.out);
    }

    private void step(Insn insn) {
        int op = insn.op;
        if (op == 0) {
            return;
        } else if (op <= 20) {
            push(insn, "c" + insn.constant, op == 9 || op == 10 || op == 14 || op == 15 || op == 20);
        } else if (op <= 45) {
            insn.out = insn.slot >= 0 && insn.slot < now.locals.length ? now.locals[insn.slot] : Value.UNKNOWN;
            if (!insn.out.known()) {
                insn.out = new Value("l" + insn.slot + "?" + insn.index, null, insn.desc.equals("J"), List.of());
            }
            now.stack.add(insn.out);
        } else if (op <= 53) {
            insn.in = pop(2);
            push(insn, op == 47 || op == 49);
        } else if (op <= 78) {
            insn.in = pop(1);
            now.locals[insn.slot] = insn.in[0];
        } else if (op <= 86) {
            insn.in = pop(3);
        } else if (op <= Op.SWAP) {
            shuffle(insn);
        } else if (op <= Op.LXOR) {
            // ineg to dneg take one operand.
            insn.in = pop(op >= 116 && op <= 119 ? 1 : 2);
            push(insn, wideResult(op));
        } else if (op == Op.IINC) {
            now.locals[insn.slot] = Value.made(insn, false);
        } else if (op <= Op.I2S) {
            insn.in = pop(1);
            push(insn, op == 133 || op == 135 || op == 138 || op == 140 || op == 141 || op == 143);
        } else if (op <= Op.DCMPG) {
            insn.in = pop(2);
            push(insn, false);
        } else {
            stepControl(insn);
        }
    }

    /** long and double arithmetic are the second and fourth of each group of four; the shifts and logic alternate. */
    private static boolean wideResult(int op) {
        return op < 120 ? ((op - 96) & 1) == 1 : ((op - 120) & 1) == 1;
    }

    private void stepControl(Insn insn) {
        int op = insn.op;
        if (insn.conditional()) {
            insn.in = pop(op >= 159 && op <= 166 ? 2 : 1);
            branch(insn.target, insn.index);
        } else if (op == Op.GOTO || op == 200) {
            branch(insn.target, insn.index);
            now = null;
        } else if (op == 170 || op == 171) {
            insn.in = pop(1);
            for (int target : insn.targets) {
                branch(target, insn.index);
            }
            now = null;
        } else if (op >= 172 && op <= Op.RETURN || op == 191 || op == 169) {
            insn.in = op == Op.RETURN || op == 169 ? new Value[0] : pop(1);
            now = null;
        } else if (insn.reads()) {
            insn.in = op == Op.GETFIELD ? pop(1) : new Value[0];
            push(insn, (insn.in.length == 0 ? insn.owner : insn.in[0].key()) + "." + insn.name, wide(insn.desc));
        } else if (insn.writes()) {
            insn.in = pop(op == Op.PUTFIELD ? 2 : 1);
        } else if (insn.invokes() || op == Op.INVOKEDYNAMIC) {
            invoke(insn);
        } else if (op == Op.NEW || op == 188 || op == 189) {
            insn.in = op == Op.NEW ? new Value[0] : pop(1);
            push(insn, false);
        } else if (op == 190 || op == Op.INSTANCEOF) {
            insn.in = pop(1);
            push(insn, false);
        } else if (op == Op.CHECKCAST) {
            insn.in = pop(1);
            insn.out = insn.in[0];
            now.stack.add(insn.out);
        } else if (op == Op.MONITORENTER) {
            insn.in = pop(1);
            now.locks++;
        } else if (op == Op.MONITOREXIT) {
            insn.in = pop(1);
            now.locks = Math.max(0, now.locks - 1);
        } else if (op == 197) {
            now.stack.clear();
            push(insn, false);
        } else if (op == 168 || op == 201) {
            // jsr, before Java 6: what its subroutine does is not followed.
            now.stack.clear();
            Arrays.fill(now.locals, Value.UNKNOWN);
        }
    }

    private void invoke(Insn insn) {
        int arguments = parameters(insn.desc).size();
        boolean receiver = insn.op != Op.INVOKESTATIC && insn.op != Op.INVOKEDYNAMIC;
        insn.in = pop(arguments + (receiver ? 1 : 0));
        String result = insn.desc.substring(insn.desc.indexOf(')') + 1);
        if (!result.equals("V")) {
            push(insn, wide(result));
        }
        // A class that extends ReentrantLock is locked by its own name, so the shape of the call decides, not the owner.
        boolean lock = insn.owner.contains("Lock") || insn.owner.contains("Semaphore")
                || insn.desc.equals("()V") && (insn.name.equals("lock") || insn.name.equals("unlock"));
        if (receiver && lock) {
            switch (insn.name) {
                case "lock", "lockInterruptibly", "tryLock", "acquire", "writeLock", "readLock" -> {
                    // ReadWriteLock.readLock() only hands out the lock; StampedLock's takes it.
                    if (!result.contains("Lock")) {
                        now.locks++;
                    }
                }
                case "unlock", "unlockWrite", "unlockRead", "release" -> now.locks = Math.max(0, now.locks - 1);
                default -> {
                }
            }
        }
    }

    private void shuffle(Insn insn) {
        List<Value> s = now.stack;
        switch (insn.op) {
            case Op.POP -> insn.in = pop(1);
            case Op.POP2 -> {
                Value top = pop();
                insn.in = top.wide() ? new Value[]{top} : new Value[]{pop(), top};
            }
            case Op.DUP -> {
                Value top = pop();
                s.add(top);
                s.add(top);
            }
            case 90 -> insert(1, top(1));
            case 91 -> insert(s.size() > 1 && s.get(s.size() - 2).wide() ? 1 : 2, top(1));
            case 92 -> insert(0, top(pair() ? 2 : 1));
            case 93 -> {
                int count = pair() ? 2 : 1;
                insert(1, top(count));
            }
            case 94 -> {
                int count = pair() ? 2 : 1;
                int below = s.size() - count - 1;
                insert(below >= 0 && s.get(below).wide() ? 1 : 2, top(count));
            }
            default -> {
                Value top = pop();
                Value below = pop();
                s.add(top);
                s.add(below);
            }
        }
    }

    private boolean pair() {
        return now.stack.isEmpty() || !now.stack.getLast().wide();
    }

    private int top(int count) {
        while (now.stack.size() < count) {
            now.stack.addFirst(Value.UNKNOWN);
        }
        return count;
    }

    /** Copies the top values beneath those that lie under them. */
    private void insert(int under, int count) {
        while (now.stack.size() < under + count) {
            now.stack.addFirst(Value.UNKNOWN);
        }
        List<Value> copy = List.copyOf(now.stack.subList(now.stack.size() - count, now.stack.size()));
        now.stack.addAll(now.stack.size() - count - under, copy);
    }

    private static boolean wide(String descriptor) {
        return descriptor.equals("J") || descriptor.equals("D");
    }

    /** The first character of every parameter. */
    static List<Character> parameters(String descriptor) {
        List<Character> kinds = new ArrayList<>();
        int at = 1;
        while (at < descriptor.length() && descriptor.charAt(at) != ')') {
            kinds.add(descriptor.charAt(at));
            while (at < descriptor.length() && descriptor.charAt(at) == '[') {
                at++;
            }
            if (at < descriptor.length() && descriptor.charAt(at) == 'L') {
                at = descriptor.indexOf(';', at);
                if (at < 0) {
                    throw new Malformed("a method descriptor without its end: " + descriptor);
                }
            }
            at++;
        }
        return kinds;
    }
}
