package dev.assay.litmus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Combines one execution of each thread, and leaves out at once what cannot fit: a value that is read must be written by someone, and
 * two atomic updates of different threads cannot both follow one write.
 *
 * <p>
 * Each value of each cell is a bit; an execution is summed up by the values that it needs from others, those that it writes, and those
 * that its atomic updates replace.
 */
final class Combiner {
    /** What an execution of a thread asks of the others and offers to them, as bits over values of cells. */
    private record Summary(Trace trace, long[] needs, long[] writes, long[] replaces, ValueOrder order) {}

    private static final long MAXIMUM_TRIES = 2_000_000_000L;

    private final Memory memory;
    private long tried;
    private final boolean atomic;
    private final boolean ordered;
    private final Map<List<Long>, Integer> bits = new HashMap<>();
    private final List<List<Summary>> threads = new ArrayList<>();
    private final List<long[]> possible = new ArrayList<>();
    private final long[] unique;
    private final int[] writers;
    private final int words;
    private final List<Trace> chosen = new ArrayList<>();
    private final Consumer<List<Trace>> found;

    /**
     * A combiner.
     *
     * @param coherent whether the model is known to require that each thread agrees with the coherence order
     * @param atomic whether the model is known to require atomic updates
     */
    Combiner(Unfolding unfolding, Memory memory, boolean coherent, boolean atomic, Consumer<List<Trace>> found) {
        this.memory = memory;
        this.atomic = atomic;
        this.found = found;
        for (List<Trace> traces : unfolding.traces()) {
            for (Trace trace : traces) {
                trace.actions().forEach(this::number);
            }
        }
        words = (bits.size() + 63) / 64;
        ordered = coherent && bits.size() <= ValueOrder.MAXIMUM_VALUES;
        for (List<Trace> traces : unfolding.traces()) {
            List<Summary> summaries = new ArrayList<>();
            long[] all = new long[words];
            for (Trace trace : traces) {
                Summary summary = summary(trace);
                summaries.add(summary);
                or(all, summary.writes);
            }
            threads.add(summaries);
            possible.add(all);
        }
        unique = unique();
        writers = writers();
        if (ordered) {
            threads.replaceAll(this::ordered);
        }
    }

    /** Adds what each execution says of the order of values, and leaves out those that contradict themselves. */
    private List<Summary> ordered(List<Summary> summaries) {
        List<Summary> kept = new ArrayList<>();
        for (Summary s : summaries) {
            ValueOrder order = order(s.trace);
            if (!order.contradictsItself()) {
                kept.add(new Summary(s.trace, s.needs, s.writes, s.replaces, order));
            }
        }
        return kept;
    }

    private ValueOrder order(Trace trace) {
        ValueOrder order = ValueOrder.unknown(bits.size());
        List<Action> actions = trace.actions();
        for (int cell = 0; cell < memory.cellCount(); cell++) {
            List<Integer> seen = new ArrayList<>();
            Integer initial = bits.get(List.of((long) cell, memory.initialCell(cell)));
            if (initial != null && isSet(unique, initial)) {
                seen.add(initial);
            }
            for (Action action : actions) {
                if (covers(action, cell)) {
                    int value = bits.get(List.of((long) cell, action.value));
                    if (isSet(unique, value)) {
                        seen.forEach(earlier -> order.put(earlier, value));
                        if (atomic && action.updates >= 0) {
                            replaces(actions, action, cell, value, order);
                        }
                        seen.add(value);
                    }
                }
            }
        }
        return order;
    }

    /** Tells what an atomic update replaces, unless the thread itself writes between its two halves. */
    private void replaces(List<Action> actions, Action write, int cell, int value, ValueOrder order) {
        Action read = actions.get(write.updates);
        if (!covers(read, cell)) {
            return;
        }
        int old = bits.get(List.of((long) cell, read.value));
        boolean alone = actions.subList(write.updates + 1, actions.indexOf(write)).stream()
                .noneMatch(between -> between.isWrite() && covers(between, cell));
        if (isSet(unique, old) && old != value && alone) {
            order.replaced(old, value);
        }
    }

    private boolean covers(Action action, int cell) {
        return action.kind != Action.Kind.FENCE && action.address == memory.cellStart(cell);
    }

    /** The thread that writes each value; -1 for those that none writes. */
    private int[] writers() {
        int[] result = new int[bits.size()];
        for (int bit = 0; bit < result.length; bit++) {
            result[bit] = -1;
            for (int thread = 0; thread < threads.size(); thread++) {
                if (isSet(possible.get(thread), bit)) {
                    result[bit] = thread;
                }
            }
        }
        return result;
    }

    private void number(Action action) {
        if (action.kind != Action.Kind.FENCE) {
            bits.putIfAbsent(List.of((long) memory.firstCell(action.address), action.value), bits.size());
        }
    }

    private Summary summary(Trace trace) {
        long[] needs = new long[words];
        long[] writes = new long[words];
        long[] replaces = new long[words];
        List<Action> actions = trace.actions();
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            if (action.kind == Action.Kind.FENCE) {
                continue;
            }
            int cell = memory.firstCell(action.address);
            int bit = bits.get(List.of((long) cell, action.value));
            if (action.isWrite()) {
                set(writes, bit);
            } else if (action.value != memory.initialCell(cell)) {
                set(needs, bit);
            }
            if (action.updates >= 0) {
                Action read = actions.get(action.updates);
                if (read.address == action.address) {
                    set(replaces, bits.get(List.of((long) cell, read.value)));
                }
            }
        }
        return new Summary(trace, needs, writes, replaces, ValueOrder.unknown(0));
    }

    /** The values that at most one write can have, the initial one counted. */
    private long[] unique() {
        long[] once = new long[words];
        for (Map.Entry<List<Long>, Integer> entry : bits.entrySet()) {
            int cell = (int) (long) entry.getKey().get(0);
            long value = entry.getKey().get(1);
            int writers = memory.initialCell(cell) == value ? 1 : 0;
            for (List<Summary> summaries : threads) {
                int most = 0;
                for (Summary summary : summaries) {
                    if (isSet(summary.writes, entry.getValue())) {
                        most = Math.max(most, count(summary.trace, cell, value));
                    }
                }
                writers += most;
            }
            if (writers <= 1) {
                set(once, entry.getValue());
            }
        }
        return once;
    }

    private int count(Trace trace, int cell, long value) {
        int count = 0;
        for (Action action : trace.actions()) {
            if (action.isWrite() && covers(action, cell) && action.value == value) {
                count++;
            }
        }
        return count;
    }

    /** Hands on every combination that may fit. */
    void combine() {
        combine(0, new long[words], new long[words], new long[words],
                ValueOrder.unknown(ordered ? bits.size() : 0));
    }

    private void combine(int thread, long[] needs, long[] writes, long[] replaced, ValueOrder order) {
        if (thread == threads.size()) {
            found.accept(List.copyOf(chosen));
            return;
        }
        long[] later = new long[words];
        for (int t = thread + 1; t < threads.size(); t++) {
            or(later, possible.get(t));
        }
        for (Summary summary : threads.get(thread)) {
            if (++tried > MAXIMUM_TRIES) {
                throw new LitmusException("the threads have more than " + MAXIMUM_TRIES
                        + " combinations of executions; tests with fewer reads or values can be decided");
            }
            boolean fits = true;
            for (int w = 0; w < words && fits; w++) {
                fits = ((needs[w] | summary.needs[w]) & ~(writes[w] | summary.writes[w] | later[w])) == 0
                        && (!atomic || (replaced[w] & summary.replaces[w] & unique[w]) == 0);
            }
            ValueOrder both = fits ? order.with(summary.order, writers) : null;
            if (both != null) {
                chosen.add(summary.trace);
                combine(thread + 1, union(needs, summary.needs), union(writes, summary.writes),
                        union(replaced, summary.replaces), both);
                chosen.removeLast();
            }
        }
    }

    private static long[] union(long[] a, long[] b) {
        long[] result = a.clone();
        or(result, b);
        return result;
    }

    private static void or(long[] to, long[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] |= from[i];
        }
    }

    private static void set(long[] words, int bit) {
        words[bit >> 6] |= 1L << bit;
    }

    private static boolean isSet(long[] words, int bit) {
        return (words[bit >> 6] >>> bit & 1) != 0;
    }
}
