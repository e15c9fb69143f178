package dev.assay.litmus;

import dev.assay.litmus.cat.EventSet;
import dev.assay.litmus.cat.Relation;
import java.util.List;
import java.util.Optional;

/**
 * One execution of each thread put together: the events of all, initial writes first, and the relations that do not depend on who
 * reads from whom.
 *
 * <pre>
 *   0 .. cells-1          the initial write of each cell
 *   cells .. size-1       the threads' events, thread by thread, in program order
 * </pre>
 */
final class Skeleton {
    private final Memory memory;
    private final List<Trace> traces;
    private final int cells;
    private final int size;
    private final Action[] actions;
    private final int[] threads;
    private final int[] starts;
    private final Shapes.Shape shape;

    Skeleton(Memory memory, List<Trace> traces, Shapes.Shape shape) {
        this.shape = shape;
        this.memory = memory;
        this.traces = traces;
        this.cells = memory.cellCount();
        int count = cells;
        for (Trace trace : traces) {
            count += trace.actions().size();
        }
        if (count > 64) {
            throw new LitmusException("an execution of this test has " + count
                    + " events, initial writes included; at most 64 can be decided");
        }
        this.size = count;
        this.actions = new Action[count];
        this.threads = new int[count];
        this.starts = new int[traces.size() + 1];
        for (int cell = 0; cell < cells; cell++) {
            actions[cell] = new Action(Action.Kind.WRITE, memory.cellStart(cell), memory.cellSize(cell),
                    memory.initialCell(cell), 0, 0, 0);
            threads[cell] = -1;
        }
        int at = cells;
        for (int t = 0; t < traces.size(); t++) {
            starts[t] = at;
            for (Action action : traces.get(t).actions()) {
                actions[at] = action;
                threads[at++] = t;
            }
        }
        starts[traces.size()] = at;
    }

    /** What it shares with skeletons that differ in values alone. */
    Shapes.Shape shape() {
        return shape;
    }

    int size() {
        return size;
    }

    int cells() {
        return cells;
    }

    Memory memory() {
        return memory;
    }

    Action action(int event) {
        return actions[event];
    }

    /** The thread of an event, -1 for initial writes. */
    int thread(int event) {
        return threads[event];
    }

    /** The first event of a thread; the thread after the last gives the end. */
    int start(int thread) {
        return starts[thread];
    }

    List<Trace> traces() {
        return traces;
    }

    /** A set or relation by the name that models use. */
    Optional<Object> value(String name) {
        return Optional.ofNullable(shape.values.computeIfAbsent(name, n -> BaseNames.compute(this, n)));
    }

    /** The set of events that fulfil a condition. */
    EventSet set(java.util.function.IntPredicate condition) {
        long bits = 0;
        for (int i = 0; i < size; i++) {
            if (condition.test(i)) {
                bits |= 1L << i;
            }
        }
        return new EventSet(bits);
    }

    /** The relation whose rows a function gives. */
    Relation relation(java.util.function.IntToLongFunction row) {
        long[] rows = new long[size];
        for (int i = 0; i < size; i++) {
            rows[i] = row.applyAsLong(i);
        }
        return new Relation(rows);
    }

    /** From the events in each event's sources, given as bits over its thread, to the event. */
    Relation fromSources(java.util.function.ToLongFunction<Action> sources) {
        long[] rows = new long[size];
        for (int i = cells; i < size; i++) {
            int start = starts[threads[i]];
            for (long rest = sources.applyAsLong(actions[i]); rest != 0; rest &= rest - 1) {
                rows[start + Long.numberOfTrailingZeros(rest)] |= 1L << i;
            }
        }
        return new Relation(rows);
    }

    /** The events of an event's thread; an initial write is alone. */
    long threadOf(int event) {
        return threads[event] < 0 ? 1L << event : bits(starts[threads[event]], starts[threads[event] + 1]);
    }

    /** The events of an event's thread that come after it. */
    long after(int event) {
        if (threads[event] < 0) {
            return 0;
        }
        int end = starts[threads[event] + 1];
        return bits(event + 1, end);
    }

    /** Bits from one position up to before another. */
    static long bits(int from, int to) {
        return from >= to ? 0 : (to == 64 ? -1L : (1L << to) - 1) & -1L << from;
    }
}
