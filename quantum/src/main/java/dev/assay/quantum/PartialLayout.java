package dev.assay.quantum;

import java.util.Arrays;

/** A layout that grows: some labels have a place, and some pairs are given up. */
final class PartialLayout {
    private static final int NONE = -1;
    /** By label, its place; by place, its label. */
    final short[] place;
    final short[] occupant;
    /** Pairs given up, smaller label first. */
    private final int[] given;
    int cost;
    int unlike;
    int placed;
    /** Who is where; and the same of the first few, which tell translations and turns of one another apart. */
    long hash;
    long family;

    private PartialLayout(short[] place, short[] occupant, int[] given, PartialLayout of) {
        this.place = place;
        this.occupant = occupant;
        this.given = given;
        if (of != null) {
            cost = of.cost;
            unlike = of.unlike;
            placed = of.placed;
            hash = of.hash;
            family = of.family;
        }
    }

    static PartialLayout empty(int labels) {
        PartialLayout empty = new PartialLayout(new short[labels], new short[labels], new int[0], null);
        Arrays.fill(empty.place, (short) NONE);
        Arrays.fill(empty.occupant, (short) NONE);
        return empty;
    }

    PartialLayout copy() {
        return new PartialLayout(place.clone(), occupant.clone(), given, this);
    }

    /** The same without this pair; shares its places with this one. */
    PartialLayout without(int one, int other) {
        int[] more = Arrays.copyOf(given, given.length + 1);
        more[given.length] = pair(one, other);
        return new PartialLayout(place, occupant, more, this);
    }

    boolean given(int one, int other) {
        int pair = pair(one, other);
        for (int g : given) {
            if (g == pair) {
                return true;
            }
        }
        return false;
    }

    private int pair(int one, int other) {
        return Math.min(one, other) * place.length + Math.max(one, other);
    }

    int freeBeside(Topology device, int p) {
        int free = 0;
        for (int i = device.start[p]; i < device.start[p + 1]; i++) {
            free += occupant[device.neighbour[i]] == NONE ? 1 : 0;
        }
        return free;
    }

    /** How many partners of a label have no place yet. */
    int open(Wishes pairs, int of) {
        int open = 0;
        for (int other : pairs.partner[of]) {
            open += place[other] == NONE && !given(of, other) ? 1 : 0;
        }
        return open;
    }
}
