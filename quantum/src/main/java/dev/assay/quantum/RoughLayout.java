package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Finds a layout in which most of some pairs are neighbours, when not all can be: a subgraph isomorphism that forgives.
 *
 * <p>
 * A beam of layouts that grow. A layout grows along its shortest <i>ear</i>: a path of pairs that begins and ends at
 * labels placed already. Where such a path ends tells at once whether it began well, so a wrong turn costs soon, and
 * layouts of different labels can be compared by what they cost: pairs that are not neighbours, and pairs that cannot
 * become neighbours because too few places are free. A pair may also be given up, so that a label may be reached on
 * another way.
 */
final class RoughLayout {
    private static final int NONE = -1;
    private static final int POLISHED = 20;
    /** Pairs given up for one label. */
    private static final int MOST_GIVEN = 1;
    /** Labels that name a family. */
    private static final int MOST_NAMING = 12;
    /** How finely the distances from a label and from a place to all others are compared, and what that counts. */
    private static final int QUANTILES = 16;
    private static final int PAIR = 256;
    private static final int HOP = 16;

    private final Topology device;
    private final Placement placement;
    private final Wishes pairs;
    private final SplittableRandom random;
    private final int labels;
    private final int[] branch;
    private final int[] away;
    private final int[] parent;
    private final int[] queue;
    private final int[] places;
    private final int girth;
    private final short[][] unlike;
    private int generation;
    /** Couplings from the places named in {@link #measured} through free places alone, as far as asked for. */
    private final short[][] hops;
    private final int[] measured;
    long work;

    /** The next step of a layout: a label, what it hangs on, where its ear ends and after how many pairs. */
    private int label;
    private int anchor;
    private int goal;
    private int remaining;

    /** A layout that grows. */
    private static final class Partial {
        short[] place;
        short[] occupant;
        /** Pairs given up, smaller label first. */
        int[] given;
        int cost;
        int unlike;
        int placed;
        /** Who is where; and the same of the first few, which tell translations and turns of one another apart. */
        long hash;
        long family;

        Partial copy() {
            Partial copy = new Partial();
            copy.place = place.clone();
            copy.occupant = occupant.clone();
            copy.given = given;
            copy.cost = cost;
            copy.unlike = unlike;
            copy.placed = placed;
            copy.hash = hash;
            copy.family = family;
            return copy;
        }
    }

    private record Step(Partial from, int label, int place, int cost, int judged, int tie) {
        long hash() {
            return from.hash ^ mixed(label * 8192L + place);
        }
    }

    private static long mixed(long value) {
        long z = (value + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        return z ^ z >>> 27;
    }

    RoughLayout(Topology device, Placement placement, Wishes pairs, long seed) {
        this.device = device;
        this.placement = placement;
        this.pairs = pairs;
        this.random = new SplittableRandom(seed);
        this.labels = device.size;
        this.branch = new int[labels];
        this.away = new int[labels];
        this.parent = new int[labels];
        this.queue = new int[labels];
        this.hops = new short[labels][];
        this.measured = new int[labels];
        this.places = new int[labels];
        this.girth = girth(device);
        this.unlike = unlike();
    }

    /** By label and place: how much the distances to all others differ; the middle of a device is unlike its margin. */
    private short[][] unlike() {
        Topology meetings = new Topology(labels, edges());
        int[][] ofLabels = quantiles(meetings, device.diameter);
        int[][] ofPlaces = quantiles(device, device.diameter);
        double scale = Math.max(1, mean(ofPlaces)) / Math.max(1, mean(ofLabels));
        short[][] all = new short[labels][labels];
        for (int q = 0; q < labels; q++) {
            for (int p = 0; p < labels; p++) {
                double sum = 0;
                for (int i = 0; i < QUANTILES; i++) {
                    sum += Math.abs(ofLabels[q][i] * scale - ofPlaces[p][i]);
                }
                all[q][p] = (short) Math.min(Short.MAX_VALUE, Math.round(sum * HOP / QUANTILES));
            }
        }
        work += 2L * labels * labels * (QUANTILES / 4);
        return all;
    }

    private int[][] edges() {
        List<int[]> edges = new ArrayList<>();
        for (int q = 0; q < labels; q++) {
            for (int other : pairs.partner[q]) {
                if (q < other) {
                    edges.add(new int[]{q, other});
                }
            }
        }
        return edges.toArray(int[][]::new);
    }

    private static int[][] quantiles(Topology graph, int most) {
        int[][] all = new int[graph.size][QUANTILES];
        int[] hops = new int[graph.size];
        for (int q = 0; q < graph.size; q++) {
            for (int p = 0; p < graph.size; p++) {
                hops[p] = Math.min(graph.distance(q, p), most);
            }
            Arrays.sort(hops);
            for (int i = 0; i < QUANTILES; i++) {
                all[q][i] = hops[(2 * i + 1) * graph.size / (2 * QUANTILES)];
            }
        }
        return all;
    }

    private static double mean(int[][] rows) {
        return Arrays.stream(rows).flatMapToInt(Arrays::stream).average().orElse(1);
    }

    /** Length of the device's shortest cycle. */
    private static int girth(Topology device) {
        int[] hops = new int[device.size];
        int[] from = new int[device.size];
        int[] queue = new int[device.size];
        int girth = Integer.MAX_VALUE;
        for (int root = 0; root < device.size; root++) {
            Arrays.fill(hops, NONE);
            hops[root] = 0;
            from[root] = NONE;
            queue[0] = root;
            int tail = 1;
            for (int head = 0; head < tail && 2 * hops[queue[head]] + 1 < girth; head++) {
                int p = queue[head];
                for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                    int r = device.neighbour[i];
                    if (hops[r] == NONE) {
                        hops[r] = hops[p] + 1;
                        from[r] = p;
                        queue[tail++] = r;
                    } else if (r != from[p]) {
                        girth = Math.min(girth, hops[p] + hops[r] + 1);
                    }
                }
            }
        }
        return girth;
    }

    /** A place for each label. */
    int[] find(int width, java.util.function.BooleanSupplier stopped) {
        Partial empty = new Partial();
        empty.place = new short[labels];
        empty.occupant = new short[labels];
        Arrays.fill(empty.place, (short) NONE);
        Arrays.fill(empty.occupant, (short) NONE);
        empty.given = new int[0];
        List<Partial> beam = new ArrayList<>(List.of(empty));
        List<Step> steps = new ArrayList<>();
        int root = root();
        while (!stopped.getAsBoolean()) {
            steps.clear();
            for (Partial partial : beam) {
                extend(partial, root, MOST_GIVEN, steps);
            }
            if (steps.isEmpty()) {
                break;
            }
            beam = select(steps, width);
        }
        int[] best = null;
        for (Partial partial : beam.subList(0, Math.min(POLISHED, beam.size()))) {
            int[] layout = whole(partial);
            polish(layout);
            if (best == null || violated(layout) < violated(best)) {
                best = layout;
            }
        }
        return best;
    }

    /** Exchanges two labels wherever more pairs are neighbours then. */
    private void polish(int[] layout) {
        for (boolean better = true; better;) {
            better = false;
            for (int q = 0; q < labels; q++) {
                for (int other = q + 1; met(layout, q) < pairs.partner[q].length && other < labels; other++) {
                    int before = met(layout, q) + met(layout, other);
                    if (placement.allows(q, layout[other]) && placement.allows(other, layout[q])) {
                        exchange(layout, q, other);
                        if (met(layout, q) + met(layout, other) > before) {
                            better = true;
                        } else {
                            exchange(layout, q, other);
                        }
                    }
                }
            }
            work += labels * (long) labels / 4;
        }
    }

    private static void exchange(int[] layout, int one, int other) {
        int place = layout[one];
        layout[one] = layout[other];
        layout[other] = place;
    }

    private int met(int[] layout, int q) {
        int met = 0;
        for (int other : pairs.partner[q]) {
            met += device.adjacent(layout[q], layout[other]) ? 1 : 0;
        }
        return met;
    }

    int violated(int[] layout) {
        int sum = 0;
        for (int q = 0; q < labels; q++) {
            for (int other : pairs.partner[q]) {
                sum += q < other && !device.adjacent(layout[q], layout[other]) ? 1 : 0;
            }
        }
        return sum;
    }

    private int root() {
        int most = 0;
        for (int p = 0; p < labels; p++) {
            most = Math.max(most, device.degree(p));
        }
        int best = NONE;
        int degree = NONE;
        int ties = 0;
        for (int q = 0; q < labels; q++) {
            int d = pairs.partner[q].length > most ? 0 : pairs.partner[q].length;
            if (d > degree) {
                degree = d;
                ties = 0;
            }
            if (d == degree && random.nextInt(++ties) == 0) {
                best = q;
            }
        }
        return best;
    }

    /** The best different ones; half of the room is shared out among families, since only the margins of the device tell
     * which of those is right. */
    private List<Partial> select(List<Step> steps, int width) {
        steps.sort(java.util.Comparator.comparingInt(Step::judged).thenComparingInt(Step::tie));
        java.util.Set<Long> seen = new java.util.HashSet<>();
        java.util.Map<Long, Integer> sizes = new java.util.HashMap<>();
        steps.removeIf(step -> !seen.add(step.hash()));
        steps.forEach(step -> sizes.merge(step.from.family, 1, Integer::sum));
        int share = Math.max(1, width / 2 / sizes.size());
        sizes.clear();
        List<Partial> beam = new ArrayList<>();
        int common = width - width / 2;
        for (Step step : steps) {
            if (beam.size() == width) {
                break;
            }
            if (sizes.merge(step.from.family, 1, Integer::sum) <= share || common-- > 0) {
                beam.add(taken(step));
            }
        }
        return beam;
    }

    private Partial taken(Step step) {
        Partial partial = step.from.copy();
        partial.cost = step.cost;
        partial.unlike += unlike[step.label][step.place];
        partial.place[step.label] = (short) step.place;
        partial.occupant[step.place] = (short) step.label;
        partial.hash = step.hash();
        if (++partial.placed <= Math.min(girth, MOST_NAMING)) {
            partial.family = partial.hash;
        }
        work += labels / 2;
        return partial;
    }

    private void extend(Partial partial, int root, int most, List<Step> steps) {
        if (!next(partial, root)) {
            return;
        }
        if (anchor == NONE) {
            for (int p = 0; p < labels; p++) {
                if (partial.occupant[p] == NONE && placement.allows(label, p)) {
                    offer(partial, p, steps);
                }
            }
            return;
        }
        for (int other : pairs.partner[label]) {
            if (partial.place[other] != NONE && !given(partial, label, other)) {
                for (int i = device.start[partial.place[other]]; i < device.start[partial.place[other] + 1]; i++) {
                    int p = device.neighbour[i];
                    if (partial.occupant[p] == NONE && placement.allows(label, p)
                            && firstReached(partial, other, p)) {
                        offer(partial, p, steps);
                    }
                }
            }
        }
        if (most > 0) {
            Partial without = partial.copy();
            without.given = Arrays.copyOf(partial.given, partial.given.length + 1);
            without.given[partial.given.length] = pair(label, anchor);
            without.cost += freeBeside(partial, partial.place[anchor]) < open(partial, anchor) ? 0 : 1;
            extend(without, root, most - 1, steps);
        }
    }

    /** Whether no earlier partner offers that place too. */
    private boolean firstReached(Partial partial, int by, int p) {
        for (int other : pairs.partner[label]) {
            if (other == by) {
                return true;
            }
            if (partial.place[other] != NONE && !given(partial, label, other)
                    && device.adjacent(partial.place[other], p)) {
                return false;
            }
        }
        return true;
    }

    private void offer(Partial partial, int p, List<Step> steps) {
        int cost = partial.cost;
        int unplaced = 0;
        for (int other : pairs.partner[label]) {
            if (!given(partial, label, other)) {
                if (partial.place[other] == NONE) {
                    unplaced++;
                } else if (!device.adjacent(partial.place[other], p)) {
                    // Its partner may have counted it as lost already.
                    cost += freeBeside(partial, partial.place[other]) < open(partial, other) ? 0 : 1;
                }
            }
        }
        int free = 0;
        for (int i = device.start[p]; i < device.start[p + 1]; i++) {
            int beside = partial.occupant[device.neighbour[i]];
            if (beside == NONE) {
                free++;
            } else if (!wanted(partial, beside) && freeBeside(partial, device.neighbour[i]) <= open(partial, beside)
                    && open(partial, beside) > 0) {
                cost++;
            }
        }
        cost += Math.max(0, unplaced - free);
        int late = goal != NONE && hops(partial, partial.place[goal])[p] > remaining ? 1 : 0;
        work += 10;
        int judged = (cost + late) * PAIR + partial.unlike + unlike[label][p];
        steps.add(new Step(partial, label, p, cost, judged, random.nextInt(1 << 20)));
    }

    /** From a place to all others through free places. */
    private short[] hops(Partial partial, int from) {
        if (hops[from] == null) {
            hops[from] = new short[labels];
        }
        short[] row = hops[from];
        if (measured[from] == generation) {
            return row;
        }
        measured[from] = generation;
        Arrays.fill(row, Topology.UNREACHABLE);
        row[from] = 0;
        places[0] = from;
        int tail = 1;
        for (int head = 0; head < tail; head++) {
            int p = places[head];
            for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                int other = device.neighbour[i];
                if (row[other] == Topology.UNREACHABLE) {
                    row[other] = (short) (row[p] + 1);
                    if (partial.occupant[other] == NONE) {
                        places[tail++] = other;
                    }
                }
            }
        }
        work += tail;
        return row;
    }

    private boolean wanted(Partial partial, int other) {
        return pairs.has(label, other) && !given(partial, label, other);
    }

    private int freeBeside(Partial partial, int p) {
        int free = 0;
        for (int i = device.start[p]; i < device.start[p + 1]; i++) {
            free += partial.occupant[device.neighbour[i]] == NONE ? 1 : 0;
        }
        return free;
    }

    /** How many partners have no place yet. */
    private int open(Partial partial, int of) {
        int open = 0;
        for (int other : pairs.partner[of]) {
            open += partial.place[other] == NONE && !given(partial, of, other) ? 1 : 0;
        }
        return open;
    }

    private int pair(int one, int other) {
        return Math.min(one, other) * labels + Math.max(one, other);
    }

    private boolean given(Partial partial, int one, int other) {
        int pair = pair(one, other);
        for (int g : partial.given) {
            if (g == pair) {
                return true;
            }
        }
        return false;
    }

    /** Finds the shortest ear, or what hangs on the placed, or the first of those that hang on nothing. */
    private boolean next(Partial partial, int root) {
        Arrays.fill(branch, NONE);
        generation++;
        int tail = 0;
        for (int q = 0; q < labels; q++) {
            if (partial.place[q] == NONE) {
                for (int other : pairs.partner[q]) {
                    if (partial.place[other] != NONE && branch[q] == NONE && !given(partial, q, other)) {
                        branch[q] = q;
                        away[q] = 1;
                        parent[q] = other;
                        queue[tail++] = q;
                    }
                }
            }
        }
        work += labels / 2 + tail;
        if (tail == 0) {
            label = alone(partial, root);
            anchor = NONE;
            goal = NONE;
            return label != NONE;
        }
        int best = Integer.MAX_VALUE;
        label = queue[0];
        goal = NONE;
        int open = NONE;
        for (int i = 0; i < tail; i++) {
            // Without ears: what leaves most open.
            int degree = pairs.partner[queue[i]].length;
            if (degree > open) {
                open = degree;
                label = queue[i];
            }
        }
        anchor = parent[label];
        for (int head = 0; head < tail && 2 * away[queue[head]] < best; head++) {
            int q = queue[head];
            for (int other : pairs.partner[q]) {
                if (other == parent[q] || given(partial, q, other)) {
                    continue;
                }
                if (partial.place[other] != NONE) {
                    best = ear(partial, q, away[q] + 1, other, best);
                } else if (branch[other] == NONE) {
                    branch[other] = branch[q];
                    away[other] = away[q] + 1;
                    parent[other] = q;
                    queue[tail++] = other;
                } else if (branch[other] != branch[q]) {
                    best = ear(partial, q, away[q] + away[other] + 1, parent[branch[other]], best);
                }
            }
            work += 4;
        }
        return true;
    }

    /** Takes an ear when it is the shortest so far; one too short for the places of its ends has a pair that misleads. */
    private int ear(Partial partial, int from, int length, int end, int best) {
        int begin = parent[branch[from]];
        if (length >= best || (begin == end
                ? length < girth
                : hops(partial, partial.place[end])[partial.place[begin]] > length)) {
            return best;
        }
        label = branch[from];
        anchor = begin;
        goal = end;
        remaining = length - 1;
        return length;
    }

    private int alone(Partial partial, int root) {
        if (partial.place[root] == NONE && pairs.about(root)) {
            return root;
        }
        int best = NONE;
        for (int q = 0; q < labels; q++) {
            if (partial.place[q] == NONE && open(partial, q) > 0
                    && (best == NONE || pairs.partner[q].length > pairs.partner[best].length)) {
                best = q;
            }
        }
        return best;
    }

    private int[] whole(Partial partial) {
        int[] layout = new int[labels];
        for (int q = 0; q < labels; q++) {
            layout[q] = partial.place[q];
        }
        // Those with a part of the device to keep to go first.
        for (int q = 0; q < labels; q++) {
            if (layout[q] == NONE) {
                int best = NONE;
                int most = NONE;
                for (int p = 0; p < labels; p++) {
                    if (partial.occupant[p] == NONE && placement.allows(q, p)) {
                        int met = 0;
                        for (int other : pairs.partner[q]) {
                            met += layout[other] != NONE && device.adjacent(layout[other], p) ? 1 : 0;
                        }
                        if (met > most) {
                            most = met;
                            best = p;
                        }
                    }
                }
                layout[q] = best;
                partial.occupant[best] = (short) q;
            }
        }
        return layout;
    }
}
