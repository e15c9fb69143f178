package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Routes circuits that need few swaps for their length: long sections of them can be done without any. The section in
 * which most different qubits meet has few layouts; it is the anchor, and the search goes on from it to both ends. Nodes
 * are taken in a fixed order, and each becomes a wish about the anchor's layout, in the frame of the swaps so far. While
 * some layout satisfies all wishes, no swap is needed; when none is found, every swap nearby is tried, and the search
 * goes on where most nodes are done for the swaps made. The layout stays open until the end, so a qubit that is needed
 * late has still the place that is best for it.
 */
final class Sections {
    private static final int STEPS = 200;
    private static final int FRESH_STEPS = 500;
    private static final int FRESH_RUNS = 8;
    private static final int SEEN = 40;
    private static final int CHILDREN = 8;
    private static final int DETOURS = 2;
    private final Interactions dag;
    private final Topology device;
    private final int[] order;
    private final LayoutRepair repair;
    private final Placement placement;
    private final BooleanSupplier stopped;
    private long work;
    /** The stage of the last search that had most nodes done. */
    private Stage furthest;

    Sections(Interactions dag, Topology device, Placement placement, long seed, BooleanSupplier stopped) {
        this.dag = dag;
        this.device = device;
        this.placement = placement;
        this.order = dag.inProgramOrder();
        this.repair = new LayoutRepair(dag.qubits, device, placement, new SplittableRandom(seed).nextLong());
        this.stopped = stopped;
    }

    long work() {
        return work + repair.work();
    }

    /**
     * The nodes cut into sections each as long as a layout is found for, from the first on; null when so much work does
     * not suffice or there are more sections than are worth it.
     */
    List<Stage> cut(int most, long limit) {
        List<Stage> sections = new ArrayList<>();
        int from = 0;
        while (from < order.length) {
            Stage section = longest(from);
            sections.add(section);
            from = section.to;
            if (sections.size() > most || work() > limit || stopped.getAsBoolean()) {
                return null;
            }
        }
        return sections;
    }

    private Stage longest(int from) {
        int possible = from;
        int tooMany = order.length + 1;
        Stage best = null;
        for (int to = Math.min(from + 8, order.length); possible + 1 < tooMany;) {
            Stage stage = section(from, to, FRESH_RUNS);
            if (stage != null) {
                best = stage;
                possible = to;
            } else {
                tooMany = to;
            }
            to = tooMany > order.length
                    ? Math.min(order.length, from + 2 * (possible - from))
                    : (possible + tooMany) / 2;
            if (to <= possible || stopped.getAsBoolean()) {
                break;
            }
        }
        return best == null ? section(from, from + 1, FRESH_RUNS) : best;
    }

    /** A layout in which no swap is needed, or null when none was found in about so many placements. */
    int[] embedding(int steps) {
        Stage all = section(0, order.length, Math.max(1, steps / FRESH_STEPS / 2));
        return all == null ? null : whole(all);
    }

    private Stage section(int from, int to, int runs) {
        Wishes wishes = new Wishes(dag.qubits);
        for (int i = from; i < to; i++) {
            if (!dag.isFence(order[i])) {
                wishes.add(dag.first[order[i]], dag.second[order[i]], 0);
            }
        }
        int[] layout = repair.fresh(wishes, new Frame[]{Frame.first(device)}, FRESH_STEPS, runs);
        return layout == null ? null : Stage.anchor(device, layout, wishes, from, to, order.length);
    }

    /**
     * The best route from this anchor within so much work, with fewer swaps than these; or null.
     *
     * @param perSwap how many nodes a swap is expected to be good for; the fewer, the less is gone back
     */
    Route from(Stage anchor, double perSwap, int fewerThan, long most) {
        long limit = work() + most;
        furthest = null;
        advance(anchor);
        List<Stage> open = new ArrayList<>(List.of(anchor));
        Route best = null;
        int affordable = fewerThan - 1;
        while (!open.isEmpty() && work() < limit && !stopped.getAsBoolean()) {
            Stage stage = open.remove(nearest(open, perSwap));
            if (furthest == null || stage.done() > furthest.done()) {
                furthest = stage;
            }
            if (stage.complete()) {
                best = stage.route(whole(stage));
                affordable = stage.swaps() - 1;
                int bound = affordable;
                open.removeIf(s -> s.swaps() > bound);
            } else if (stage.swaps() < affordable) {
                open.addAll(best(children(stage)));
            }
        }
        return best;
    }

    Stage furthest() {
        return furthest;
    }

    private int nearest(List<Stage> open, double perSwap) {
        int best = 0;
        for (int i = 1; i < open.size(); i++) {
            double difference = perSwap * (open.get(i).swaps() - open.get(best).swaps()) - open.get(i).done()
                    + open.get(best).done();
            if (difference < 0 || difference == 0 && open.get(i).outlook < open.get(best).outlook) {
                best = i;
            }
        }
        work += open.size() / 8;
        return best;
    }

    private static List<Stage> best(List<Stage> children) {
        children.sort(Comparator.comparingInt((Stage s) -> -s.done()).thenComparingLong(s -> s.outlook));
        List<Stage> kept = new ArrayList<>();
        for (Stage child : children) {
            if (kept.size() < CHILDREN && kept.stream().noneMatch(child::same)) {
                kept.add(child);
            }
        }
        return kept;
    }

    private List<Stage> children(Stage stage) {
        int node = order[stage.ahead(0)];
        int a = dag.first[node];
        int b = dag.second[node];
        List<Stage> able = new ArrayList<>();
        List<Stage> nearer = new ArrayList<>();
        for (int[] swap : swaps(stage, a, b)) {
            if (stopped.getAsBoolean()) {
                return able;
            }
            Stage child = stage.swapped(device, swap[0], swap[1]);
            if (wish(child, a, b)) {
                child.advance();
                advance(child);
                able.add(child);
            } else if (apart(child, a, b) < apart(stage, a, b)) {
                child.outlook = outlook(child);
                nearer.add(child);
            }
        }
        if (!able.isEmpty()) {
            return able;
        }
        nearer.sort(Comparator.comparingLong(s -> s.outlook));
        return nearer.subList(0, Math.min(DETOURS, nearer.size()));
    }

    private int apart(Stage stage, int a, int b) {
        int one = stage.place(a);
        int other = stage.place(b);
        if (one >= 0 && other >= 0) {
            return device.distance(one, other);
        }
        if (one < 0 && other < 0) {
            return 0;
        }
        // One that has no place yet can have any that is free.
        boolean[] taken = new boolean[device.size];
        for (int q = 0; q < dag.qubits; q++) {
            if (stage.layout[q] >= 0) {
                taken[stage.place(q)] = true;
            }
        }
        int nearest = Topology.UNREACHABLE;
        for (int p = 0; p < taken.length; p++) {
            if (!taken[p]) {
                nearest = Math.min(nearest, device.distance(Math.max(one, other), p));
            }
        }
        return nearest;
    }

    /** How far apart those are that meet next, the nearest counting most. */
    private long outlook(Stage stage) {
        long sum = 0;
        int weight = 1 << 16;
        for (int i = 0; i < SEEN && stage.ahead(i) >= 0; i++) {
            int node = order[stage.ahead(i)];
            if (!dag.isFence(node)) {
                int one = stage.place(dag.first[node]);
                int other = stage.place(dag.second[node]);
                if (one >= 0 && other >= 0) {
                    sum += (long) weight * (device.distance(one, other) - 1);
                }
                weight -= weight >> 4;
            }
        }
        work += SEEN / 2;
        return sum;
    }

    /** Couplings with an end at or beside one of the two. */
    private List<int[]> swaps(Stage stage, int a, int b) {
        boolean[] near = new boolean[device.size];
        for (int p : new int[]{stage.place(a), stage.place(b)}) {
            if (p >= 0) {
                near[p] = true;
                for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                    near[device.neighbour[i]] = true;
                }
            }
        }
        List<int[]> swaps = new ArrayList<>();
        for (int p = 0; p < device.size; p++) {
            for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                int r = device.neighbour[i];
                if (p < r && (near[p] || near[r])) {
                    swaps.add(new int[]{p, r});
                }
            }
        }
        return swaps;
    }

    private void advance(Stage stage) {
        while (!stage.complete()) {
            int node = order[stage.ahead(0)];
            if (!dag.isFence(node) && !wish(stage, dag.first[node], dag.second[node])) {
                stage.outlook = outlook(stage);
                return;
            }
            stage.advance();
        }
    }

    private boolean wish(Stage stage, int a, int b) {
        int frame = stage.frameNumber();
        boolean holds = stage.layout[a] >= 0 && stage.layout[b] >= 0
                && stage.frame().adjacent(stage.layout[a], stage.layout[b]);
        work += 2;
        if (holds) {
            stage.wishes.add(a, b, frame);
            return true;
        }
        Wishes more = stage.wishes.copy();
        more.add(a, b, frame);
        if (repair.repair(stage.layout, more, stage.frames, frame, a, b, STEPS)) {
            stage.wishes = more;
            return true;
        }
        return false;
    }

    /** The anchor's layout with qubits that meet nobody at what places are left. */
    int[] whole(Stage stage) {
        int[] layout = stage.layout.clone();
        boolean[] taken = new boolean[device.size];
        for (int p : layout) {
            if (p >= 0) {
                taken[p] = true;
            }
        }
        for (int q = 0; q < layout.length; q++) {
            for (int p = 0; layout[q] < 0; p++) {
                if (!taken[p] && placement.allows(q, p)) {
                    layout[q] = p;
                    taken[p] = true;
                }
            }
        }
        return layout;
    }
}
