package dev.assay.litmus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The values that a read may find: those that some write of the test may write to the cells. The set starts with the initial values
 * and grows as threads are run, until nothing new is written.
 */
final class ValueDomain {
    private final Memory memory;
    private final boolean coherent;
    private final List<Map<Integer, TreeSet<Long>>> written = new ArrayList<>();
    /** By thread and cell: the pairs of values of which the thread may write the first before the second. */
    private final List<Map<Integer, Set<List<Long>>>> orders = new ArrayList<>();
    private boolean grown;
    private boolean layoutChanged;

    /**
     * An empty domain.
     *
     * @param coherent whether the model orders the accesses of a thread to a location, so that own writes hide what was before
     */
    ValueDomain(Memory memory, int threads, boolean coherent) {
        this.memory = memory;
        this.coherent = coherent;
        for (int i = 0; i < threads; i++) {
            written.add(new HashMap<>());
            orders.add(new HashMap<>());
        }
    }

    void layoutChanged() {
        layoutChanged = true;
    }

    /** Forgets the marks of change; when the cells have changed all values are forgotten too. */
    void beginRound() {
        if (layoutChanged) {
            memory.layOut();
            written.forEach(Map::clear);
            orders.forEach(Map::clear);
        }
        layoutChanged = false;
        grown = false;
    }

    /** Whether the round showed new values or cells. */
    boolean changed() {
        return grown || layoutChanged;
    }

    boolean hasLayoutChanged() {
        return layoutChanged;
    }

    /** Learns the writes of a run. */
    void learn(int thread, List<Action> actions) {
        if (layoutChanged) {
            return;
        }
        for (int at = 0; at < actions.size(); at++) {
            Action action = actions.get(at);
            if (action.isWrite()) {
                int first = memory.firstCell(action.address);
                int count = memory.cellCount(first, action.size);
                for (int cell = first; cell < first + count; cell++) {
                    long value = part(action, cell);
                    grown |= written.get(thread).computeIfAbsent(cell, _ -> new TreeSet<>()).add(value);
                    Set<List<Long>> pairs = orders.get(thread).computeIfAbsent(cell, _ -> new HashSet<>());
                    for (int before = 0; before < at; before++) {
                        Action earlier = actions.get(before);
                        if (earlier.isWrite() && covers(earlier, cell)) {
                            grown |= pairs.add(List.of(part(earlier, cell), value));
                        }
                    }
                }
            }
        }
    }

    private boolean covers(Action action, int cell) {
        long start = memory.cellStart(cell);
        return action.address <= start && start < action.address + action.size;
    }

    /** The part of an access's value that lies in a cell. */
    long part(Action action, int cell) {
        long shift = 8 * (memory.cellStart(cell) - action.address);
        return shift >= 64 ? 0 : Memory.truncate(action.value >>> shift, memory.cellSize(cell));
    }

    /** The values that a read by a thread may find, given what the thread did before. */
    long[] values(int thread, long address, int size, List<Action> before) {
        int first = memory.firstCell(address);
        if (first < 0) {
            return new long[]{memory.initial(address, Math.min(size, 8))};
        }
        int count = memory.cellCount(first, size);
        long[] result = {0};
        for (int i = 0; i < count; i++) {
            int cell = first + i;
            long shift = 8 * (memory.cellStart(cell) - address);
            long[] parts = cellValues(thread, cell, before);
            if (shift >= 64) {
                continue;
            }
            long[] combined = new long[result.length * parts.length];
            int at = 0;
            for (long low : result) {
                for (long part : parts) {
                    combined[at++] = low | part << shift;
                }
            }
            result = combined;
        }
        return result;
    }

    private long[] cellValues(int thread, int cell, List<Action> before) {
        TreeSet<Long> values = new TreeSet<>();
        for (int other = 0; other < written.size(); other++) {
            if (other != thread || !coherent) {
                TreeSet<Long> theirs = written.get(other).get(cell);
                if (theirs != null) {
                    values.addAll(theirs);
                }
            }
        }
        Action own = coherent ? lastWrite(cell, before) : null;
        if (coherent) {
            Action seen = lastForeign(thread, cell, before);
            if (seen != null) {
                long past = part(seen, cell);
                values.removeIf(value -> value != past && !mayFollow(thread, cell, past, value));
                if (own == null) {
                    // Having seen another thread's write, the initial value is gone.
                    long[] array = toArray(values);
                    return array.length == 0 ? new long[]{past} : array;
                }
            }
        }
        values.add(own == null ? memory.initialCell(cell) : part(own, cell));
        return toArray(values);
    }

    private static long[] toArray(TreeSet<Long> values) {
        long[] array = new long[values.size()];
        int i = 0;
        for (long value : values) {
            array[i++] = value;
        }
        return array;
    }

    /** The last read of a cell that surely saw another thread's write: neither the initial value nor an own one. */
    private Action lastForeign(int thread, int cell, List<Action> before) {
        TreeSet<Long> own = written.get(thread).get(cell);
        for (int i = before.size() - 1; i >= 0; i--) {
            Action action = before.get(i);
            if (action.isRead() && covers(action, cell)) {
                long value = part(action, cell);
                if (value != memory.initialCell(cell) && (own == null || !own.contains(value))) {
                    return action;
                }
            }
        }
        return null;
    }

    /** Whether one value of a cell may be seen after another: not when a single other thread writes both, and never in this order. */
    private boolean mayFollow(int thread, int cell, long past, long next) {
        int writer = onlyWriter(thread, cell, past);
        if (writer < 0 || writer != onlyWriter(thread, cell, next) || next == memory.initialCell(cell)) {
            return true;
        }
        Set<List<Long>> pairs = orders.get(writer).get(cell);
        return pairs != null && pairs.contains(List.of(past, next));
    }

    /** The one other thread that writes a value, or -1 when there are several. */
    private int onlyWriter(int thread, int cell, long value) {
        int writer = -1;
        for (int other = 0; other < written.size(); other++) {
            TreeSet<Long> theirs = written.get(other).get(cell);
            if (theirs != null && theirs.contains(value)) {
                if (other == thread || writer >= 0) {
                    return -1;
                }
                writer = other;
            }
        }
        return writer;
    }

    private Action lastWrite(int cell, List<Action> before) {
        for (int i = before.size() - 1; i >= 0; i--) {
            Action action = before.get(i);
            if (action.isWrite() && covers(action, cell)) {
                return action;
            }
        }
        return null;
    }
}
