package dev.assay.quantum;

/** Sets of places as bits of longs. */
final class PlaceSet {
    private PlaceSet() {}

    static int words(int places) {
        return (places + 63) / 64;
    }

    static void add(long[] set, int place) {
        set[place >> 6] |= 1L << place;
    }

    static void remove(long[] set, int place) {
        set[place >> 6] &= ~(1L << place);
    }

    static boolean has(long[] set, int place) {
        return (set[place >> 6] & 1L << place) != 0;
    }

    static void intersect(long[] set, long[] with) {
        for (int w = 0; w < set.length; w++) {
            set[w] &= with[w];
        }
    }

    static boolean isEmpty(long[] set) {
        for (long word : set) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    static int size(long[] set) {
        int size = 0;
        for (long word : set) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** The first place from here on, or -1. */
    static int next(long[] set, int from) {
        int w = from >> 6;
        if (w >= set.length) {
            return -1;
        }
        long word = set[w] & -1L << from;
        while (word == 0) {
            if (++w == set.length) {
                return -1;
            }
            word = set[w];
        }
        return (w << 6) + Long.numberOfTrailingZeros(word);
    }
}
