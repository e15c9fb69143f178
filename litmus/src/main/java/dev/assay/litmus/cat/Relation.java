package dev.assay.litmus.cat;

/**
 * A relation over at most 64 events: row i holds, as bits, the events that event i is related to. Values of this class are never
 * changed once they are shared.
 */
public final class Relation {
    private final long[] rows;

    /** A relation with these rows, which the caller gives away. */
    public Relation(long[] rows) {
        if (rows.length > 64) {
            throw new IllegalArgumentException("a relation is over at most 64 events, not " + rows.length);
        }
        this.rows = rows;
    }

    /** The empty relation over {@code size} events. */
    public static Relation empty(int size) {
        return new Relation(new long[size]);
    }

    static Relation cross(int size, long from, long to) {
        long[] rows = new long[size];
        for (long rest = from; rest != 0; rest &= rest - 1) {
            rows[Long.numberOfTrailingZeros(rest)] = to;
        }
        return new Relation(rows);
    }

    static Relation identity(int size, long set) {
        long[] rows = new long[size];
        for (long rest = set; rest != 0; rest &= rest - 1) {
            int i = Long.numberOfTrailingZeros(rest);
            rows[i] = 1L << i;
        }
        return new Relation(rows);
    }

    /** How many events there are. */
    public int size() {
        return rows.length;
    }

    /** The events that {@code event} is related to, as bits. */
    public long row(int event) {
        return rows[event];
    }

    /** Whether the pair is in the relation. */
    public boolean contains(int from, int to) {
        return (rows[from] >>> to & 1) != 0;
    }

    Relation union(Relation other) {
        long[] result = rows.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] |= other.rows[i];
        }
        return new Relation(result);
    }

    Relation intersection(Relation other) {
        long[] result = rows.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] &= other.rows[i];
        }
        return new Relation(result);
    }

    Relation difference(Relation other) {
        long[] result = rows.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] &= ~other.rows[i];
        }
        return new Relation(result);
    }

    Relation complement(long universe) {
        long[] result = rows.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = ~result[i] & universe;
        }
        return new Relation(result);
    }

    /** Pairs (a, c) for which some b has (a, b) here and (b, c) in {@code other}. */
    public Relation sequence(Relation other) {
        long[] result = new long[rows.length];
        for (int i = 0; i < result.length; i++) {
            long sum = 0;
            for (long rest = rows[i]; rest != 0; rest &= rest - 1) {
                sum |= other.rows[Long.numberOfTrailingZeros(rest)];
            }
            result[i] = sum;
        }
        return new Relation(result);
    }

    /** The pairs whose first event is in {@code set}. */
    Relation from(long set) {
        long[] result = new long[rows.length];
        for (long rest = set; rest != 0; rest &= rest - 1) {
            int i = Long.numberOfTrailingZeros(rest);
            result[i] = rows[i];
        }
        return new Relation(result);
    }

    /** The pairs whose second event is in {@code set}. */
    Relation to(long set) {
        long[] result = rows.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] &= set;
        }
        return new Relation(result);
    }

    /** The pairs turned round. */
    public Relation inverse() {
        long[] result = new long[rows.length];
        for (int i = 0; i < result.length; i++) {
            for (long rest = rows[i]; rest != 0; rest &= rest - 1) {
                result[Long.numberOfTrailingZeros(rest)] |= 1L << i;
            }
        }
        return new Relation(result);
    }

    /** The transitive closure (Warshall 1962, a row at a time). */
    public Relation closure() {
        long[] result = rows.clone();
        for (int k = 0; k < result.length; k++) {
            long through = result[k];
            if (through != 0) {
                for (int i = 0; i < result.length; i++) {
                    if ((result[i] >>> k & 1) != 0) {
                        result[i] |= through;
                    }
                }
            }
        }
        return new Relation(result);
    }

    Relation reflexive() {
        long[] result = rows.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] |= 1L << i;
        }
        return new Relation(result);
    }

    long domain() {
        long set = 0;
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != 0) {
                set |= 1L << i;
            }
        }
        return set;
    }

    long range() {
        long set = 0;
        for (long row : rows) {
            set |= row;
        }
        return set;
    }

    boolean isEmpty() {
        return range() == 0;
    }

    boolean isIrreflexive() {
        for (int i = 0; i < rows.length; i++) {
            if ((rows[i] >>> i & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether no path leads back to its start: events without successors are removed until none or a cycle is left. */
    boolean isAcyclic() {
        long left = domain();
        boolean removed = true;
        while (left != 0 && removed) {
            removed = false;
            for (long rest = left; rest != 0; rest &= rest - 1) {
                int i = Long.numberOfTrailingZeros(rest);
                if ((rows[i] & left) == 0) {
                    left &= ~(1L << i);
                    removed = true;
                }
            }
        }
        return left == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Relation relation && java.util.Arrays.equals(rows, relation.rows);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(rows);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < rows.length; i++) {
            for (long rest = rows[i]; rest != 0; rest &= rest - 1) {
                text.append(text.length() == 1 ? "" : ", ").append(i).append("->")
                        .append(Long.numberOfTrailingZeros(rest));
            }
        }
        return text.append("}").toString();
    }
}
