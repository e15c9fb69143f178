package dev.assay.litmus;

import dev.assay.litmus.Histories.History;
import dev.assay.litmus.cat.Candidate;
import dev.assay.litmus.cat.Relation;
import java.util.List;
import java.util.Optional;

/** A candidate execution: a skeleton with one history for each cell. */
final class Execution implements Candidate {
    private final Skeleton skeleton;
    private final List<History> histories;
    private final Relation readsFrom;
    private final Relation coherence;

    /**
     * Puts a candidate together.
     *
     * @param histories one for each cell, in order
     */
    Execution(Skeleton skeleton, List<History> histories) {
        this.skeleton = skeleton;
        this.histories = histories;
        long[] rf = new long[skeleton.size()];
        long[] co = new long[skeleton.size()];
        for (History history : histories) {
            long later = 0;
            for (int i = history.order().length - 1; i >= 0; i--) {
                co[history.order()[i]] |= later;
                later |= 1L << history.order()[i];
            }
            for (int i = 0; i < history.reads().length; i++) {
                rf[history.sources()[i]] |= 1L << history.reads()[i];
            }
        }
        this.readsFrom = new Relation(rf);
        this.coherence = new Relation(co);
    }

    Skeleton events() {
        return skeleton;
    }

    @Override
    public int size() {
        return skeleton.size();
    }

    @Override
    public Object skeleton() {
        return skeleton.shape();
    }

    @Override
    public Optional<Object> base(String name) {
        return skeleton.value(name);
    }

    @Override
    public Relation readsFrom() {
        return readsFrom;
    }

    @Override
    public Relation coherence() {
        return coherence;
    }

    /** The final value of bytes in memory. */
    long finalValue(long address, int bytes) {
        Memory memory = skeleton.memory();
        long result = memory.initial(address, bytes);
        for (int cell = 0; cell < histories.size(); cell++) {
            long start = memory.cellStart(cell);
            int size = memory.cellSize(cell);
            if (start < address + bytes && address < start + size) {
                int[] order = histories.get(cell).order();
                int last = order[order.length - 1];
                long value = skeleton.action(last).value;
                long mask = size >= 8 ? -1L : (1L << 8 * size) - 1;
                long shift = 8 * (start - address);
                result = shift >= 0
                        ? result & ~(mask << shift) | value << shift
                        : result & ~(mask >>> -shift) | value >>> -shift;
            }
        }
        return Memory.truncate(result, bytes);
    }
}
