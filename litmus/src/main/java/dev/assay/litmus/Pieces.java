package dev.assay.litmus;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes the accesses of a thread's execution apart where accesses of other sizes overlap them: each becomes one event for each cell of
 * memory that it covers. Reads-from and coherence then hold between events of one cell, and a wide read may take its bytes from
 * several writes. That the parts belong together is a matter for the model, which knows them as {@code si} and {@code sm}
 * (S. Flur, S. Sarkar, C. Pulte and others, "Mixed-size concurrency", 2017).
 */
final class Pieces {
    private final Memory memory;
    private final ValueDomain domain;

    Pieces(Memory memory, ValueDomain domain) {
        this.memory = memory;
        this.domain = domain;
    }

    /** The same execution with an event for each cell; itself when no access covers several. */
    Trace of(Trace trace) {
        List<Action> whole = trace.actions();
        int[] starts = new int[whole.size() + 1];
        for (int i = 0; i < whole.size(); i++) {
            starts[i + 1] = starts[i] + cells(whole.get(i));
        }
        int count = starts[whole.size()];
        if (count == whole.size()) {
            return trace;
        }
        if (count > ThreadRun.MAXIMUM_EVENTS) {
            throw new LitmusException(
                    "a thread has " + count + " events in an execution once its accesses are taken apart where others"
                            + " overlap them; at most " + ThreadRun.MAXIMUM_EVENTS + " can be decided");
        }
        List<Action> pieces = new ArrayList<>(count);
        for (int i = 0; i < whole.size(); i++) {
            for (int part = 0; part < starts[i + 1] - starts[i]; part++) {
                pieces.add(piece(whole, starts, i, part));
            }
        }
        return new Trace(pieces, trace.registers());
    }

    private int cells(Action action) {
        return action.kind == Action.Kind.FENCE ? 1 : memory.cellCount(memory.firstCell(action.address), action.size);
    }

    private Action piece(List<Action> whole, int[] starts, int index, int part) {
        Action of = whole.get(index);
        Action piece = in(of, part);
        piece.addressSources = events(of.addressSources, starts);
        piece.addressPicks = events(of.addressPicks, starts);
        piece.valueSources = events(of.valueSources, starts);
        piece.valuePicks = events(of.valuePicks, starts);
        piece.controlSources = events(of.controlSources, starts);
        piece.controlPicks = events(of.controlPicks, starts);
        piece.computedFrom = events(of.computedFrom, starts);
        piece.decidedBy = events(of.decidedBy, starts);
        piece.orderedAfter = events(of.orderedAfter, starts);
        piece.access = starts[of.access];
        // An update is one of each cell for itself; a conditional store may be wider than the load that reserved.
        piece.updates = of.updates < 0 || part >= starts[of.updates + 1] - starts[of.updates]
                ? -1
                : starts[of.updates] + part;
        return piece;
    }

    private Action in(Action whole, int part) {
        if (whole.kind == Action.Kind.FENCE) {
            return new Action(whole.kind, 0, 0, 0, whole.tags, whole.instance, whole.line);
        }
        int cell = memory.firstCell(whole.address) + part;
        return new Action(whole.kind, memory.cellStart(cell), memory.cellSize(cell), domain.part(whole, cell),
                whole.tags, whole.instance, whole.line);
    }

    /** The events that events have become, as bits. */
    private static long events(long whole, int[] starts) {
        long pieces = 0;
        for (long rest = whole; rest != 0; rest &= rest - 1) {
            int event = Long.numberOfTrailingZeros(rest);
            pieces |= Skeleton.bits(starts[event], starts[event + 1]);
        }
        return pieces;
    }
}
