package dev.assay.quantum;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Finds places for some labels, the others standing still, so that all wishes hold: backtracking over domains (sets of
 * places) with full arc consistency and, in small domains, partners that find different places (local all-different:
 * Solnon, "AllDifferent-based filtering for subgraph isomorphism", 2010). Smallest domain first, relative to how often a
 * label was left without a place.
 */
final class WishSolver {
    private static final int NONE = -1;
    private static final int WIDEST_SUPPORT = 48;
    /** Larger domains are rarely narrowed by where the partners have room, and cost more. */
    private static final int WIDEST_SEATED = 12;
    private static final int MOST_PARTNERS = 8;

    private final Topology device;
    private final Placement placement;
    private final int labels;
    private final int words;
    private final SplittableRandom random;
    private final int[] blame;
    /** By place, its neighbours. */
    private final long[][] beside;
    private final BooleanSupplier stopped;
    private long[][][] domains = new long[16][][];
    private final int[] queue;
    private final boolean[] queued;
    private final boolean[] assigned;
    /** The place of each that may move, by its number, once there is a solution. */
    final int[] found;
    private final boolean[] occupied;
    /** By partner, which neighbours of a place it may have, as bits; by neighbour, which partner has it. */
    private final int[] seats = new int[MOST_PARTNERS];
    private final int[] guest = new int[Integer.SIZE];
    private int tried;
    private int steps;
    private int limit;
    private Wishes wishes;
    private int[] former;
    private boolean heedFormer;
    /** The labels that may move, and the number of each among them or NONE. */
    private int[] movable;
    private int[] number;
    private int count;
    long work;

    /** @param stopped whether to give up; it is asked now and then */
    WishSolver(Topology device, Placement placement, long seed, BooleanSupplier stopped) {
        this.device = device;
        this.placement = placement;
        this.stopped = stopped;
        this.labels = device.size;
        this.words = PlaceSet.words(device.size);
        this.random = new SplittableRandom(seed);
        this.blame = new int[labels];
        this.beside = new long[device.size][words];
        for (int p = 0; p < device.size; p++) {
            for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                PlaceSet.add(beside[p], device.neighbour[i]);
            }
        }
        this.queue = new int[labels];
        this.queued = new boolean[labels];
        this.assigned = new boolean[labels];
        this.found = new int[labels];
        this.occupied = new boolean[device.size];
    }

    /** What is to hold from now on, and where the labels are, -1 being nowhere. */
    void aim(Wishes wished, int[] layout) {
        wishes = wished;
        former = layout;
    }

    /**
     * @param heed whether a label's former place is tried first
     * @param most placements that may be tried
     */
    boolean solve(Movables moving, boolean heed, int most) {
        movable = moving.qubit;
        number = moving.number;
        count = moving.count;
        heedFormer = heed;
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

    /** Whether the last search ended because it had no steps left; otherwise it looked at everything. */
    boolean outOfSteps() {
        return steps >= limit;
    }

    private boolean begin() {
        long[] free = new long[words];
        for (int p = 0; p < device.size; p++) {
            PlaceSet.add(free, p);
        }
        Arrays.fill(occupied, false);
        for (int q = 0; q < labels; q++) {
            if (former[q] != NONE && wishes.about(q)) {
                occupied[former[q]] = true;
                if (number[q] == NONE) {
                    PlaceSet.remove(free, former[q]);
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
                    PlaceSet.intersect(domain, beside[former[other]]);
                }
            }
            confine(domain, q);
            if (PlaceSet.isEmpty(domain)) {
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
        for (int p = PlaceSet.next(domain, 0); p >= 0; p = PlaceSet.next(domain, p + 1)) {
            if (device.degree(p) < needed || !placement.allows(q, p)) {
                PlaceSet.remove(domain, p);
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
            PlaceSet.add(next[i], p);
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
                double score = (PlaceSet.size(domain[i]) - 1 + 0.5 / (1 + wishes.partner[q].length)) / (1.0 + blame[q]);
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
        int[] order = new int[PlaceSet.size(domain)];
        int filled = 0;
        for (int p = PlaceSet.next(domain, 0); p >= 0; p = PlaceSet.next(domain, p + 1)) {
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
            int size = PlaceSet.size(domain[i]);
            if (size == 1) {
                int p = PlaceSet.next(domain[i], 0);
                for (int j = 0; j < count && consistent; j++) {
                    if (j != i && PlaceSet.has(domain[j], p)) {
                        PlaceSet.remove(domain[j], p);
                        if (PlaceSet.isEmpty(domain[j])) {
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
                    continue;
                }
                int apart = seatPartners(domain, j);
                if (apart < 0) {
                    blame[movable[j]]++;
                    consistent = false;
                } else if (changed + apart > 0 && !queued[j]) {
                    waiting = enqueue(j, head, waiting);
                }
            }
        }
        return consistent;
    }

    /**
     * Keeps in j's domain the places around which its partners find different neighbours: -1 when nothing is left, 1 when
     * something went.
     */
    private int seatPartners(long[][] domain, int j) {
        int[] partners = wishes.partner[movable[j]];
        if (partners.length < 2 || partners.length > MOST_PARTNERS || PlaceSet.size(domain[j]) > WIDEST_SEATED) {
            return 0;
        }
        boolean changed = false;
        boolean any = false;
        for (int p = PlaceSet.next(domain[j], 0); p >= 0; p = PlaceSet.next(domain[j], p + 1)) {
            int n = 0;
            for (int partner : partners) {
                int k = number[partner];
                if (k != NONE) {
                    int seat = 0;
                    for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                        seat |= PlaceSet.has(domain[k], device.neighbour[i]) ? 1 << i - device.start[p] : 0;
                    }
                    seats[n++] = seat;
                }
            }
            work += n;
            if (device.degree(p) > Integer.SIZE || seated(n)) {
                any = true;
            } else {
                PlaceSet.remove(domain[j], p);
                changed = true;
            }
        }
        return !any ? -1 : changed ? 1 : 0;
    }

    /** Whether each of the first so many can have one of its seats for itself: a matching, by augmenting paths. */
    private boolean seated(int guests) {
        Arrays.fill(guest, NONE);
        for (int i = 0; i < guests; i++) {
            tried = 0;
            if (!seat(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean seat(int i) {
        for (int free = seats[i] & ~tried; free != 0; free = seats[i] & ~tried) {
            int seat = Integer.numberOfTrailingZeros(free);
            tried |= 1 << seat;
            work++;
            if (guest[seat] == NONE || seat(guest[seat])) {
                guest[seat] = i;
                return true;
            }
        }
        return false;
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
        for (int p = PlaceSet.next(from, 0); p >= 0; p = PlaceSet.next(from, p + 1)) {
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
}
