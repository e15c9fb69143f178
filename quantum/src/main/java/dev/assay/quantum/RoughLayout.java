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
    /** What a pair lost counts, and a hop by which a label is unlike its place. */
    private static final int PAIR = 256;
    private static final int HOP = 16;

    private final Topology device;
    private final Placement placement;
    private final Wishes pairs;
    private final SplittableRandom random;
    private final int labels;
    private final Ears ears;
    private final short[][] unlike;
    private long work;

    private record Step(PartialLayout from, int label, int place, int cost, int judged, int tie) {
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
        this.ears = new Ears(device, pairs);
        this.unlike = Likeness.unlike(pairs, device, HOP);
        this.work = 8L * labels * labels;
    }

    long work() {
        return work + ears.work;
    }

    /** A place for each label. */
    int[] find(int width, java.util.function.BooleanSupplier stopped) {
        List<PartialLayout> beam = new ArrayList<>(List.of(PartialLayout.empty(labels)));
        List<Step> steps = new ArrayList<>();
        int root = root();
        while (!stopped.getAsBoolean()) {
            steps.clear();
            for (PartialLayout partial : beam) {
                extend(partial, root, MOST_GIVEN, steps);
            }
            if (steps.isEmpty()) {
                break;
            }
            beam = select(steps, width);
        }
        int[] best = null;
        for (PartialLayout partial : beam.subList(0, Math.min(POLISHED, beam.size()))) {
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

    /**
     * The best different ones; half of the room is shared out among families, since only the margins of the device tell
     * which of those is right.
     */
    private List<PartialLayout> select(List<Step> steps, int width) {
        steps.sort(java.util.Comparator.comparingInt(Step::judged).thenComparingInt(Step::tie));
        java.util.Set<Long> seen = new java.util.HashSet<>();
        java.util.Map<Long, Integer> sizes = new java.util.HashMap<>();
        steps.removeIf(step -> !seen.add(step.hash()));
        steps.forEach(step -> sizes.merge(step.from.family, 1, Integer::sum));
        int share = Math.max(1, width / 2 / sizes.size());
        sizes.clear();
        List<PartialLayout> beam = new ArrayList<>();
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

    private PartialLayout taken(Step step) {
        PartialLayout partial = step.from.copy();
        partial.cost = step.cost;
        partial.unlike += unlike[step.label][step.place];
        partial.place[step.label] = (short) step.place;
        partial.occupant[step.place] = (short) step.label;
        partial.hash = step.hash();
        if (++partial.placed <= Math.min(ears.girth, MOST_NAMING)) {
            partial.family = partial.hash;
        }
        work += labels / 2;
        return partial;
    }

    private void extend(PartialLayout partial, int root, int most, List<Step> steps) {
        if (!ears.next(partial, root)) {
            return;
        }
        int label = ears.label;
        int anchor = ears.anchor;
        if (anchor == NONE) {
            for (int p = 0; p < labels; p++) {
                if (partial.occupant[p] == NONE && placement.allows(label, p)) {
                    offer(partial, label, p, steps);
                }
            }
            return;
        }
        for (int other : pairs.partner[label]) {
            if (partial.place[other] != NONE && !partial.given(label, other)) {
                for (int i = device.start[partial.place[other]]; i < device.start[partial.place[other] + 1]; i++) {
                    int p = device.neighbour[i];
                    if (partial.occupant[p] == NONE && placement.allows(label, p)
                            && firstReached(partial, label, other, p)) {
                        offer(partial, label, p, steps);
                    }
                }
            }
        }
        if (most > 0) {
            PartialLayout without = partial.without(label, anchor);
            without.cost += partial.freeBeside(device, partial.place[anchor]) < partial.open(pairs, anchor) ? 0 : 1;
            extend(without, root, most - 1, steps);
        }
    }

    /** Whether no earlier partner offers that place too. */
    private boolean firstReached(PartialLayout partial, int label, int by, int p) {
        for (int other : pairs.partner[label]) {
            if (other == by) {
                return true;
            }
            if (partial.place[other] != NONE && !partial.given(label, other)
                    && device.adjacent(partial.place[other], p)) {
                return false;
            }
        }
        return true;
    }

    private void offer(PartialLayout partial, int label, int p, List<Step> steps) {
        int cost = partial.cost;
        int unplaced = 0;
        for (int other : pairs.partner[label]) {
            if (!partial.given(label, other)) {
                if (partial.place[other] == NONE) {
                    unplaced++;
                } else if (!device.adjacent(partial.place[other], p)) {
                    // Its partner may have counted it as lost already.
                    cost += partial.freeBeside(device, partial.place[other]) < partial.open(pairs, other) ? 0 : 1;
                }
            }
        }
        int free = 0;
        for (int i = device.start[p]; i < device.start[p + 1]; i++) {
            int beside = partial.occupant[device.neighbour[i]];
            if (beside == NONE) {
                free++;
            } else if (!wanted(partial, label, beside)) {
                int open = partial.open(pairs, beside);
                cost += open > 0 && partial.freeBeside(device, device.neighbour[i]) <= open ? 1 : 0;
            }
        }
        cost += Math.max(0, unplaced - free);
        int late = ears.late(partial, p) ? 1 : 0;
        work += 10;
        int judged = (cost + late) * PAIR + partial.unlike + unlike[label][p];
        steps.add(new Step(partial, label, p, cost, judged, random.nextInt(1 << 20)));
    }

    private boolean wanted(PartialLayout partial, int label, int other) {
        return pairs.has(label, other) && !partial.given(label, other);
    }

    private int[] whole(PartialLayout partial) {
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
