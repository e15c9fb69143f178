package dev.assay.quantum;

import java.util.Arrays;

/** Which labels must be neighbours: what a layout is to satisfy. */
final class Wishes {
    private static final int[] NONE = {};
    /** By label: the others that it must meet. */
    final int[][] partner;

    private Wishes(int[][] partner) {
        this.partner = partner;
    }

    Wishes(int labels) {
        this(new int[labels][]);
        Arrays.fill(partner, NONE);
    }

    /** Shares everything until one of the two changes. */
    Wishes copy() {
        return new Wishes(partner.clone());
    }

    /** How many different pairs meet: the more, the fewer layouts. */
    int pairs() {
        return Arrays.stream(partner).mapToInt(partners -> partners.length).sum() / 2;
    }

    boolean has(int a, int b) {
        for (int other : partner[a]) {
            if (other == b) {
                return true;
            }
        }
        return false;
    }

    void add(int a, int b) {
        if (!has(a, b)) {
            partner[a] = with(partner[a], b);
            partner[b] = with(partner[b], a);
        }
    }

    /** Whether anything is wished of this label. */
    boolean about(int label) {
        return partner[label].length > 0;
    }

    private static int[] with(int[] partners, int one) {
        int[] more = Arrays.copyOf(partners, partners.length + 1);
        more[partners.length] = one;
        return more;
    }
}
