package dev.assay.quantum;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Changes a layout as little as may be until it satisfies one wish more: first only the qubits near that wish may move,
 * then those further off, then all.
 *
 * <p>
 * Backtracking over domains (bit sets of places) with full arc consistency, smallest domain first relative to how often
 * a qubit was left without a place; a qubit's former place is tried first.
 */
final class LayoutRepair {
    private static final int NONE = -1;
    private static final int[] RADIUS = {1, 3, 1000};
    private static final int RUNS = 3;
    private static final int WIDEST_SUPPORT = 48;

    private final Topology device;
    private final Placement placement;
    private final int labels;
    private final int words;
    private final SplittableRandom random;
    private final int[] blame;
    /** The qubits that may move, and the number of each among them or NONE. */
    private final int[] movable;
    private final int[] number;
    private int count;
    private long[][][] domains = new long[16][][];
    /** By place, its neighbours as a bit set. */
    private final long[][] beside;
    private final int[] queue;
    private final boolean[] queued;
    private final boolean[] assigned;
    private final int[] found;
    private final BooleanSupplier stopped;
    private int steps;
    private int limit;
    private Wishes wishes;
    private int[] former;
    private boolean heedFormer;
    private final boolean[] occupied;
    long work;

    LayoutRepair(Topology device, Placement placement, long seed, BooleanSupplier stopped) {
        this.stopped = stopped;
        this.device = device;
        this.placement = placement;
        this.labels = device.size;
        this.words = (device.size + 63) / 64;
        this.random = new SplittableRandom(seed);
        this.blame = new int[labels];
        this.movable = new int[labels];
        this.number = new int[labels];
        Arrays.fill(number, NONE);
        this.beside = new long[device.size][words];
        for (int p = 0; p < device.size; p++) {
            for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                beside[p][device.neighbour[i] >> 6] |= 1L << device.neighbour[i];
            }
        }
        this.queue = new int[labels];
        this.queued = new boolean[labels];
        this.assigned = new boolean[labels];
        this.found = new int[labels];
        this.occupied = new boolean[device.size];
    }

    /**
     * Changes {@code layout} so that all wishes hold, one of which, that of a and b, is new.
     *
     * @param layout the place of each label, a permutation
     * @param furthest how many of the radii are tried
     * @return whether that was possible; otherwise the layout is what it was
     */
    boolean repair(int[] layout, Wishes wished, int a, int b, int most, int furthest) {
        wishes = wished;
        former = layout;
        int before = -1;
        for (int radius = 0; radius < furthest; radius++) {
            gather(a, b, RADIUS[radius]);
            boolean more = count > before;
            before = count;
            boolean all = radius == RADIUS.length - 1;
            for (int run = all ? RUNS : 1; more && run > 0; run--) {
                heedFormer = !all || run % 2 == 1;
                if (solve(most)) {
                    settle();
                    forget();
                    return true;
                }
                more = steps >= limit;
            }
            forget();
        }
        return false;
    }

    /** A layout for all wishes from nothing. */
    int[] fresh(Wishes wished, int most, int runs) {
        wishes = wished;
        former = new int[labels];
        Arrays.fill(former, NONE);
        count = 0;
        for (int q = 0; q < labels; q++) {
            if (wishes.about(q)) {
                number[q] = count;
                movable[count++] = q;
            }
        }
        boolean done = false;
        for (int run = 0; !done && run < runs; run++) {
            done = solve(most * (1 + run / 4));
            if (steps < limit || stopped.getAsBoolean()) {
                break;
            }
        }
        if (done) {
            settle();
        }
        forget();
        return done ? former : null;
    }

    /** Puts those that may move where they are to be, and those that are in their way near where they were. */
    private void settle() {
        boolean[] taken = new boolean[device.size];
        for (int i = 0; i < count; i++) {
            taken[found[i]] = true;
        }
        for (int q = 0; q < labels; q++) {
            if (number[q] == NONE && former[q] != NONE) {
                if (taken[former[q]]) {
                    number[q] = -2;
                } else {
                    taken[former[q]] = true;
                }
            }
        }
        for (int q = 0; q < labels; q++) {
            if (number[q] == -2 || number[q] == NONE && former[q] == NONE) {
                number[q] = NONE;
                int nearest = NONE;
                for (int p = 0; p < device.size; p++) {
                    if (!taken[p] && placement.allows(q, p) && (nearest == NONE || former[q] != NONE
                            && device.distance(former[q], p) < device.distance(former[q], nearest))) {
                        nearest = p;
                    }
                }
                former[q] = nearest;
                taken[nearest] = true;
            }
        }
        for (int i = 0; i < count; i++) {
            former[movable[i]] = found[i];
        }
        work += labels;
    }

    private void gather(int a, int b, int radius) {
        count = 0;
        add(a);
        add(b);
        int from = 0;
        for (int r = 0; r < radius && from < count; r++) {
            int to = count;
            for (; from < to; from++) {
                for (int partner : wishes.partner[movable[from]]) {
                    add(partner);
                }
            }
        }
        for (int q = 0; q < labels; q++) {
            if (wishes.about(q) && (near(q, a, radius) || near(q, b, radius))) {
                add(q);
            }
        }
    }

    private boolean near(int q, int a, int radius) {
        return device.distance(former[q], former[a]) <= radius;
    }

    private void add(int q) {
        if (number[q] == NONE) {
            number[q] = count;
            movable[count++] = q;
        }
    }

    private void forget() {
        for (int i = 0; i < count; i++) {
            number[movable[i]] = NONE;
        }
    }

    private boolean solve(int most) {
        steps = 0;
        limit = most;
        if (domains.length <= count) {
            domains = Arrays.copyOf(domains, Math.max(count + 1, domains.length * 2));
        }
        Arrays.fill(assigned, 0, count, false);
        Arrays.fill(queued, false);
        return begin() && place(0, 0);
    }

    /** The domains at this depth of the search, made when first needed. */
    private long[][] domains(int depth) {
        if (domains[depth] == null || domains[depth].length < count) {
            domains[depth] = new long[count][words];
        }
        return domains[depth];
    }

    private boolean begin() {
        long[] free = new long[words];
        for (int p = 0; p < device.size; p++) {
            free[p >> 6] |= 1L << p;
        }
        Arrays.fill(occupied, false);
        for (int q = 0; q < labels; q++) {
            if (former[q] != NONE && wishes.about(q)) {
                occupied[former[q]] = true;
                if (number[q] == NONE) {
                    free[former[q] >> 6] &= ~(1L << former[q]);
                }
            }
        }
        int tail = 0;
        for (int i = 0; i < count; i++) {
            long[] domain = domains(0)[i];
            System.arraycopy(free, 0, domain, 0, words);
            int q = movable[i];
            for (int other : wishes.partner[q]) {
                if (number[other] == NONE && former[other] != NONE) {
                    intersect(domain, beside[former[other]]);
                }
            }
            confine(domain, q);
            if (empty(domain)) {
                blame[q]++;
                return false;
            }
            queue[tail++] = i;
            queued[i] = true;
        }
        return propagate(domains[0], tail);
    }

    /** To the device's part, and to places with enough neighbours. */
    private void confine(long[] domain, int q) {
        int needed = wishes.partner[q].length;
        for (int p = next(domain, 0); p >= 0; p = next(domain, p + 1)) {
            if (device.degree(p) < needed || !placement.allows(q, p)) {
                domain[p >> 6] &= ~(1L << p);
            }
        }
        work++;
    }

    private boolean place(int depth, int placed) {
        if (placed == count) {
            return true;
        }
        int i = choose(domains[depth]);
        int[] order = order(domains[depth][i], movable[i]);
        long[][] next = domains(depth + 1);
        for (int p : order) {
            if ((++steps & 0x3F) == 0 && stopped.getAsBoolean()) {
                limit = steps;
            }
            if (steps >= limit) {
                return false;
            }
            for (int j = 0; j < count; j++) {
                System.arraycopy(domains[depth][j], 0, next[j], 0, words);
            }
            work += count;
            Arrays.fill(next[i], 0);
            next[i][p >> 6] = 1L << p;
            found[i] = p;
            assigned[i] = true;
            queue[0] = i;
            queued[i] = true;
            if (propagate(next, 1) && place(depth + 1, placed + 1)) {
                return true;
            }
            assigned[i] = false;
            if (steps >= limit) {
                return false;
            }
        }
        return false;
    }

    private int choose(long[][] domain) {
        int best = NONE;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            if (!assigned[i]) {
                int q = movable[i];
                double score = (size(domain[i]) - 1 + 0.5 / (1 + wishes.partner[q].length)) / (1.0 + blame[q]);
                if (score < least) {
                    least = score;
                    best = i;
                }
            }
        }
        work += count;
        return best;
    }

    /** The former place first; then free ones; then, among each, those with fewest free neighbours. */
    private int[] order(long[] domain, int q) {
        int[] order = new int[size(domain)];
        int filled = 0;
        for (int p = next(domain, 0); p >= 0; p = next(domain, p + 1)) {
            int free = 0;
            for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                free += occupied[device.neighbour[i]] ? 0 : 1;
            }
            int rank = heedFormer && p == former[q] ? 0 : !heedFormer ? 1 + free : occupied[p] ? 64 + free : 1 + free;
            order[filled++] = (rank << 4 | random.nextInt(16)) << 13 | p;
        }
        if (filled > 1) {
            Arrays.sort(order);
        }
        for (int i = 0; i < filled; i++) {
            order[i] &= 0x1FFF;
        }
        work += filled;
        return order;
    }

    /** Removes what has no support until nothing changes; queue entries 0 to tail - 1 have changed. */
    private boolean propagate(long[][] domain, int filled) {
        int head = 0;
        int waiting = filled;
        boolean consistent = true;
        while (waiting > 0) {
            int i = queue[head];
            head = head + 1 == queue.length ? 0 : head + 1;
            waiting--;
            queued[i] = false;
            if (!consistent) {
                continue;
            }
            int size = size(domain[i]);
            if (size == 1) {
                int p = next(domain[i], 0);
                for (int j = 0; j < count && consistent; j++) {
                    if (j != i && (domain[j][p >> 6] & 1L << p) != 0) {
                        domain[j][p >> 6] &= ~(1L << p);
                        if (empty(domain[j])) {
                            blame[movable[j]]++;
                            consistent = false;
                        } else if (!queued[j]) {
                            waiting = enqueue(j, head, waiting);
                        }
                    }
                }
                work += count / 4;
            }
            if (!consistent || size > WIDEST_SUPPORT) {
                continue;
            }
            int q = movable[i];
            for (int k = 0; k < wishes.partner[q].length && consistent; k++) {
                int j = number[wishes.partner[q][k]];
                if (j == NONE || assigned[j]) {
                    continue;
                }
                int changed = support(domain[i], domain[j], size);
                if (changed < 0) {
                    blame[movable[j]]++;
                    consistent = false;
                } else if (changed > 0 && !queued[j]) {
                    waiting = enqueue(j, head, waiting);
                }
            }
        }
        return consistent;
    }

    private int enqueue(int j, int head, int waiting) {
        queued[j] = true;
        int slot = head + waiting;
        queue[slot >= queue.length ? slot - queue.length : slot] = j;
        return waiting + 1;
    }

    /** Keeps in {@code to} what has a partner in {@code from}: -1 when nothing is left, 1 when something went. */
    private int support(long[] from, long[] to, int size) {
        long[] support = new long[words];
        for (int p = next(from, 0); p >= 0; p = next(from, p + 1)) {
            for (int w = 0; w < words; w++) {
                support[w] |= beside[p][w];
            }
        }
        work += 1 + size / 2;
        boolean changed = false;
        long any = 0;
        for (int w = 0; w < words; w++) {
            long kept = to[w] & support[w];
            changed |= kept != to[w];
            to[w] = kept;
            any |= kept;
        }
        return any == 0 ? -1 : changed ? 1 : 0;
    }

    private static void intersect(long[] set, long[] with) {
        for (int w = 0; w < set.length; w++) {
            set[w] &= with[w];
        }
    }

    private static boolean empty(long[] set) {
        for (long word : set) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    private static int size(long[] set) {
        int size = 0;
        for (long word : set) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** The first element from here on, or -1. */
    private static int next(long[] set, int from) {
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
