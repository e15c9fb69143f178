package dev.assay.litmus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The possible histories of one cell of memory: which write each read takes its value from, and the coherence order of the writes.
 *
 * <p>
 * When the model is known to require it, only histories are made in which each thread's accesses to the cell agree with the order (the
 * axiom often called SC per location), and in which no other thread's write stands between the read and the write of an atomic
 * update: constraints on the order are collected from each choice of reads-from before any order is tried.
 */
final class Histories {
    /**
     * One history.
     *
     * @param reads the reads
     * @param sources the write that each of them reads from
     * @param order the writes in coherence order, the initial one first
     */
    record History(int[] reads, int[] sources, int[] order) {}

    private final Skeleton skeleton;
    private final int cell;
    private final boolean coherent;
    private final boolean atomic;
    private final int[] writes;
    private final int[] reads;
    private final long[] values;
    private final List<History> found = new ArrayList<>();
    private final int[] sources;

    private Histories(Skeleton skeleton, int cell, boolean coherent, boolean atomic) {
        this.skeleton = skeleton;
        this.cell = cell;
        this.coherent = coherent;
        this.atomic = atomic;
        int[] w = new int[skeleton.size()];
        int[] r = new int[skeleton.size()];
        int writeCount = 0;
        int readCount = 0;
        values = new long[skeleton.size()];
        long start = skeleton.memory().cellStart(cell);
        w[writeCount++] = cell;
        values[cell] = skeleton.action(cell).value;
        for (int i = skeleton.cells(); i < skeleton.size(); i++) {
            Action action = skeleton.action(i);
            if (action.kind != Action.Kind.FENCE && action.address == start) {
                values[i] = action.value;
                if (action.isWrite()) {
                    w[writeCount++] = i;
                } else {
                    r[readCount++] = i;
                }
            }
        }
        writes = Arrays.copyOf(w, writeCount);
        reads = Arrays.copyOf(r, readCount);
        sources = new int[readCount];
    }

    /** All histories of a cell; an empty list means that the threads' executions do not fit together. */
    static List<History> of(Skeleton skeleton, int cell, boolean coherent, boolean atomic) {
        Histories histories = new Histories(skeleton, cell, coherent, atomic);
        histories.chooseSource(0);
        return histories.found;
    }

    private void chooseSource(int index) {
        if (index == reads.length) {
            order();
            return;
        }
        int read = reads[index];
        for (int write : writes) {
            if (values[write] == values[read] && (!coherent || !isAfter(read, write)) && !isOverwritten(index, write)
                    && !isTaken(index, write)) {
                sources[index] = write;
                chooseSource(index + 1);
            }
        }
    }

    /** Whether {@code second} comes after {@code first} in a thread. */
    private boolean isAfter(int first, int second) {
        return second > first && skeleton.thread(first) >= 0 && skeleton.thread(first) == skeleton.thread(second);
    }

    /** Whether the thread itself writes the cell between the write and the read. */
    private boolean isOverwritten(int index, int write) {
        if (!coherent) {
            return false;
        }
        int read = reads[index];
        for (int other : writes) {
            boolean own = isAfter(other, read);
            if (own && other != write && (write == cell || isAfter(write, other))) {
                return true;
            }
        }
        return false;
    }

    /** Whether another atomic update of another thread has read from the same write already. */
    private boolean isTaken(int index, int write) {
        if (!atomic || updater(reads[index]) < 0) {
            return false;
        }
        for (int i = 0; i < index; i++) {
            if (sources[i] == write && updater(reads[i]) >= 0
                    && skeleton.thread(reads[i]) != skeleton.thread(reads[index])) {
                return true;
            }
        }
        return false;
    }

    /** The write that makes an atomic update with a read, or -1. */
    private int updater(int read) {
        int thread = skeleton.thread(read);
        int start = skeleton.start(thread);
        for (int write : writes) {
            if (write > read && skeleton.thread(write) == thread && skeleton.action(write).updates == read - start) {
                return write;
            }
        }
        return -1;
    }

    private void order() {
        long[] before = new long[skeleton.size()];
        for (int i = 1; i < writes.length; i++) {
            before[writes[i]] |= 1L << cell;
        }
        if (coherent && !constrain(before)) {
            return;
        }
        extend(before, new int[writes.length], 0, 0);
    }

    /** Collects which writes come before which; false when a write would come before itself. */
    private boolean constrain(long[] before) {
        for (int write : writes) {
            for (int other : writes) {
                if (isAfter(write, other)) {
                    before[other] |= 1L << write;
                }
            }
        }
        for (int i = 0; i < reads.length; i++) {
            for (int write : writes) {
                if (isAfter(reads[i], write)) {
                    before[write] |= 1L << sources[i];
                } else if (isAfter(write, reads[i]) && write != sources[i]) {
                    before[sources[i]] |= 1L << write;
                }
            }
            for (int j = 0; j < reads.length; j++) {
                if (isAfter(reads[i], reads[j]) && sources[i] != sources[j]) {
                    before[sources[j]] |= 1L << sources[i];
                }
            }
        }
        for (int write : writes) {
            if ((before[write] >>> write & 1) != 0) {
                return false;
            }
        }
        return before[cell] == 0;
    }

    private void extend(long[] before, int[] order, int count, long placed) {
        if (count == writes.length) {
            found.add(new History(reads, sources.clone(), order.clone()));
            return;
        }
        for (int write : writes) {
            if ((placed >>> write & 1) == 0 && (before[write] & ~placed) == 0 && !breaksUpdate(write, placed)) {
                order[count] = write;
                extend(before, order, count + 1, placed | 1L << write);
            }
        }
    }

    /** Whether a write placed now would stand between an atomic update's read and write, which belong to another thread. */
    private boolean breaksUpdate(int write, long placed) {
        if (!atomic) {
            return false;
        }
        for (int i = 0; i < reads.length; i++) {
            int updating = updater(reads[i]);
            if (updating >= 0 && updating != write && (placed >>> sources[i] & 1) != 0 && (placed >>> updating & 1) == 0
                    && skeleton.thread(write) != skeleton.thread(updating) && !writesBetween(reads[i], updating)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the thread writes the cell between the two; then the model alone decides. */
    private boolean writesBetween(int read, int write) {
        for (int other : writes) {
            if (isAfter(read, other) && isAfter(other, write)) {
                return true;
            }
        }
        return false;
    }
}
