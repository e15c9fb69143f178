package dev.assay.quantum;

import java.util.Arrays;

/**
 * How far a search over sections has come: a stretch of the nodes is done, from an anchor on forwards and backwards,
 * with some swaps after the anchor and some before it.
 */
final class Stage {
    private static final int[] NO_SWAPS = {};
    /** Frame 0 is that of the anchor, whose layout is {@link #layout}. */
    final Frame[] frames;
    /** Swaps forwards from the anchor and backwards from it, two entries each. */
    final int[] after;
    final int[] before;
    /** The frames at the two ends of the stretch. */
    private final int last;
    private final int first;
    int[] layout;
    Wishes wishes;
    /** Nodes {@code from} to {@code to - 1} are done. */
    int from;
    int to;
    private final int end;
    /** How far apart those are that meet next. */
    long outlook;

    private Stage(Frame[] frames, int[] after, int[] before, int last, int first, int end) {
        this.frames = frames;
        this.after = after;
        this.before = before;
        this.last = last;
        this.first = first;
        this.end = end;
    }

    /** @param layout in which these nodes of {@code end} are done, as the wishes say */
    static Stage anchor(Topology device, int[] layout, Wishes wishes, int from, int to, int end) {
        Stage stage = new Stage(new Frame[]{Frame.first(device)}, NO_SWAPS, NO_SWAPS, 0, 0, end);
        stage.layout = layout;
        stage.wishes = wishes;
        stage.from = from;
        stage.to = to;
        return stage;
    }

    /** The same after one more swap at that end where the search goes on. */
    Stage swapped(Topology device, int p, int r) {
        Frame[] more = Arrays.copyOf(frames, frames.length + 1);
        more[frames.length] = frame().after(device, p, r);
        Stage stage = forwards()
                ? new Stage(more, with(after, p, r), before, frames.length, first, end)
                : new Stage(more, after, with(before, p, r), last, frames.length, end);
        return stage.as(this);
    }

    Stage copy() {
        return new Stage(frames, after, before, last, first, end).as(this);
    }

    private Stage as(Stage other) {
        layout = other.layout.clone();
        wishes = other.wishes.copy();
        from = other.from;
        to = other.to;
        return this;
    }

    private static int[] with(int[] swaps, int p, int r) {
        int[] more = Arrays.copyOf(swaps, swaps.length + 2);
        more[swaps.length] = p;
        more[swaps.length + 1] = r;
        return more;
    }

    /** Forwards to the end first, then backwards. */
    boolean forwards() {
        return to < end;
    }

    int frameNumber() {
        return forwards() ? last : first;
    }

    Frame frame() {
        return frames[frameNumber()];
    }

    int swaps() {
        return (after.length + before.length) / 2;
    }

    int done() {
        return to - from;
    }

    boolean complete() {
        return done() == end;
    }

    /** The number of the node that comes next, {@code step} nodes further on, or -1. */
    int ahead(int step) {
        if (forwards()) {
            return to + step < end ? to + step : -1;
        }
        return from - 1 - step;
    }

    void advance() {
        if (forwards()) {
            to++;
        } else {
            from--;
        }
    }

    /** Where a qubit stands at that end where the search goes on, or -1 when it has no place yet. */
    int place(int qubit) {
        return layout[qubit] < 0 ? -1 : frame().at[layout[qubit]];
    }

    /** Whether the two can only go on alike. */
    boolean same(Stage other) {
        if (from != other.from || to != other.to) {
            return false;
        }
        for (int q = 0; q < layout.length; q++) {
            if (place(q) != other.place(q)) {
                return false;
            }
        }
        return true;
    }

    /** @param whole the layout of the anchor with a place for every qubit */
    Route route(int[] whole) {
        int[] swaps = new int[before.length + after.length];
        for (int i = 0; i < before.length; i += 2) {
            swaps[before.length - 2 - i] = before[i];
            swaps[before.length - 1 - i] = before[i + 1];
        }
        System.arraycopy(after, 0, swaps, before.length, after.length);
        int[] start = new int[whole.length];
        for (int q = 0; q < start.length; q++) {
            start[q] = frames[first].at[whole[q]];
        }
        return new Route(start, swaps);
    }
}
