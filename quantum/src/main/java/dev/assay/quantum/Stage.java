package dev.assay.quantum;

import java.util.Arrays;

/**
 * How far a search over sections has come: a stretch of the nodes is done, from an anchor on forwards and backwards,
 * with some swaps after the anchor and some before it.
 *
 * <p>
 * Every place has a label, the qubit that stands there at the anchor (numbers beyond the qubits label empty places). A swap
 * is one of labels, not of places: it changes which qubit goes by which label. So a node after any swaps is a wish like
 * any other, that two labels be neighbours, and a layout of the labels may change as a whole, swaps included, up to the
 * end.
 */
final class Stage {
    private static final int[] NO_SWAPS = {};
    /** Swaps forwards from the anchor and backwards from it, two labels each. */
    final int[] after;
    final int[] before;
    /** By qubit, its label at either end of the stretch. */
    private final int[] last;
    private final int[] first;
    /** The place of each label; a permutation. Those that no wish is about may be moved at will. */
    int[] layout;
    Wishes wishes;
    /** Nodes {@code from} to {@code to - 1} are done. */
    int from;
    int to;
    private final int end;
    /** How far apart those are that meet next. */
    long outlook;
    /** Whether it is as far as it can go without a swap; until then only layouts near its own were tried. */
    boolean settled;

    private Stage(int[] after, int[] before, int[] last, int[] first, int end) {
        this.after = after;
        this.before = before;
        this.last = last;
        this.first = first;
        this.end = end;
    }

    /** @param layout in which these nodes of {@code end} are done, as the wishes say */
    static Stage anchor(int qubits, int[] layout, Wishes wishes, int from, int to, int end) {
        int[] same = java.util.stream.IntStream.range(0, qubits).toArray();
        Stage stage = new Stage(NO_SWAPS, NO_SWAPS, same, same, end);
        stage.layout = layout;
        stage.wishes = wishes;
        stage.from = from;
        stage.to = to;
        return stage;
    }

    /** The same after one more swap, of what goes by these labels, at that end where the search goes on. */
    Stage swapped(int one, int other) {
        int[] labels = labels().clone();
        for (int q = 0; q < labels.length; q++) {
            labels[q] = labels[q] == one ? other : labels[q] == other ? one : labels[q];
        }
        Stage stage = forwards()
                ? new Stage(with(after, one, other), before, labels, first, end)
                : new Stage(after, with(before, one, other), last, labels, end);
        stage.as(this);
        stage.wishes.add(one, other);
        return stage;
    }

    Stage copy() {
        return new Stage(after, before, last, first, end).as(this);
    }

    private Stage as(Stage other) {
        layout = other.layout.clone();
        wishes = other.wishes.copy();
        from = other.from;
        to = other.to;
        return this;
    }

    private static int[] with(int[] swaps, int one, int other) {
        int[] more = Arrays.copyOf(swaps, swaps.length + 2);
        more[swaps.length] = one;
        more[swaps.length + 1] = other;
        return more;
    }

    /** Forwards to the end first, then backwards. */
    boolean forwards() {
        return to < end;
    }

    private int[] labels() {
        return forwards() ? last : first;
    }

    /** By what a qubit goes at that end where the search goes on. */
    int label(int qubit) {
        return labels()[qubit];
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

    /** Where a qubit stands at that end where the search goes on. */
    int place(int qubit) {
        return layout[labels()[qubit]];
    }

    /** Whether the two can only go on alike. */
    boolean same(Stage other) {
        if (from != other.from || to != other.to) {
            return false;
        }
        for (int q = 0; q < last.length; q++) {
            if (place(q) != other.place(q)) {
                return false;
            }
        }
        return true;
    }

    /** Equal for stages that have done the same nodes and lead to the same labels, whatever their layouts are now. */
    Key key() {
        return new Key(from, to, Arrays.hashCode(first), Arrays.hashCode(last));
    }

    record Key(int from, int to, int first, int last) {}

    Route route() {
        int[] swaps = new int[before.length + after.length];
        for (int i = 0; i < before.length; i++) {
            swaps[before.length - 1 - i] = layout[before[i]];
        }
        for (int i = 0; i < after.length; i++) {
            swaps[before.length + i] = layout[after[i]];
        }
        int[] start = new int[first.length];
        for (int q = 0; q < start.length; q++) {
            start[q] = layout[first[q]];
        }
        return new Route(start, swaps);
    }
}
