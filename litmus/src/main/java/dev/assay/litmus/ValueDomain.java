package dev.assay.litmus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The values that a read may find: those that some write of the test may write to the cells. The set starts with the initial values
 * and grows as threads are run, until nothing new is written.
 */
final class ValueDomain {
    private final Memory memory;
    private final boolean coherent;
    private final List<Map<Integer, TreeSet<Long>>> written = new ArrayList<>();
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
        for (Action action : actions) {
            if (action.isWrite()) {
                int first = memory.firstCell(action.address);
                int count = memory.cellCount(first, action.size);
                for (int i = 0; i < count; i++) {
                    grown |= written.get(thread).computeIfAbsent(first + i, _ -> new TreeSet<>())
                            .add(part(action, first + i));
                }
            }
        }
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
        values.add(own == null ? memory.initialCell(cell) : part(own, cell));
        long[] array = new long[values.size()];
        int i = 0;
        for (long value : values) {
            array[i++] = value;
        }
        return array;
    }

    private Action lastWrite(int cell, List<Action> before) {
        long start = memory.cellStart(cell);
        for (int i = before.size() - 1; i >= 0; i--) {
            Action action = before.get(i);
            if (action.isWrite() && action.address <= start && start < action.address + action.size) {
                return action;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return Arrays.toString(written.toArray());
    }
}
