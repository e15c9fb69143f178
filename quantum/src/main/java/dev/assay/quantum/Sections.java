package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Routes circuits that need few swaps for their length: long sections of them can be done without any. The section in
 * which most different qubits meet has few layouts; it is the anchor, and the search goes on from it to both ends. Nodes
 * are taken in a fixed order, and each becomes a wish about two labels of the anchor's layout, which swaps exchange. While
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
    /** All radii of {@link LayoutRepair}, and without the whole device. */
    private static final int RADII = 3;
    private static final int NEARBY = 2;
    private static final int WIDEST = 4_000;
    /** Of the nodes expected per swap: where the best swap gains less, more swaps are tried. */
    private static final double POOR = 0.3;
    private final Interactions dag;
    private final Topology device;
    private final int[] order;
    private final LayoutRepair repair;
    private final Placement placement;
    private final BooleanSupplier stopped;
    private long work;
    /** Of the search begun: stages from which it may go on, and the keys of those that were ever among them. */
    private final List<Stage> open = new ArrayList<>();
    private final Set<Stage.Key> seen = new HashSet<>();
    private double perSwap;
    private Stage furthest;

    /** @param thorough whether layouts are sought long, which few stages are worth */
    Sections(Interactions dag, Topology device, Placement placement, boolean thorough, long seed,
            BooleanSupplier stopped) {
        this.dag = dag;
        this.device = device;
        this.placement = placement;
        this.order = dag.inProgramOrder();
        this.repair = new LayoutRepair(device, placement, thorough, new SplittableRandom(seed).nextLong(),
                stopped);
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
            Stage section = work() < limit ? longest(from) : grown(from);
            sections.add(section);
            from = section.to;
            if (sections.size() > most || work() > 3 * limit || stopped.getAsBoolean()) {
                return null;
            }
        }
        return sections;
    }

    /** A section that ends where a layout that grew node by node goes no further: quicker than the longest. */
    private Stage grown(int from) {
        Stage stage = section(from, from + 1, FRESH_RUNS);
        while (stage.to < order.length) {
            int node = order[stage.to];
            if (!dag.isFence(node) && !hold(stage, dag.first[node], dag.second[node], RADII)) {
                break;
            }
            stage.to++;
        }
        return stage;
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
        return all == null ? null : Arrays.copyOf(all.layout, dag.qubits);
    }

    private Stage section(int from, int to, int runs) {
        Wishes wishes = new Wishes(device.size);
        for (int i = from; i < to; i++) {
            if (!dag.isFence(order[i])) {
                wishes.add(dag.first[order[i]], dag.second[order[i]]);
            }
        }
        int[] layout = repair.fresh(wishes, FRESH_STEPS, runs);
        return layout == null ? null : Stage.anchor(dag.qubits, layout, wishes, from, to, order.length);
    }

    /**
     * Begins a search.
     *
     * @param nodesPerSwap how many nodes a swap is expected to be good for; the fewer, the less is gone back
     */
    void begin(Stage anchor, double nodesPerSwap) {
        perSwap = nodesPerSwap;
        open.add(anchor);
    }

    /** Goes on with the search for so much work: the best route found in it with fewer swaps than these, or null. */
    Route search(long most, int fewerThan) {
        long limit = work() + most;
        int affordable = fewerThan - 1;
        Route best = null;
        while (!open.isEmpty() && work() < limit && !stopped.getAsBoolean()) {
            Stage stage = open.remove(nearest());
            if (!stage.settled) {
                int before = stage.done();
                advance(stage, RADII);
                stage.settled = true;
                if (stage.done() > before) {
                    open.add(stage);
                    continue;
                }
            }
            if (furthest == null || stage.done() > furthest.done()) {
                furthest = stage;
            }
            if (stage.complete()) {
                best = stage.route();
                affordable = stage.swaps() - 1;
                int bound = affordable;
                open.removeIf(s -> s.swaps() > bound);
            } else if (stage.swaps() < affordable) {
                for (Stage child : best(children(stage))) {
                    if (seen.add(child.key())) {
                        open.add(child);
                    }
                }
            }
        }
        return best;
    }

    /** The stage that had most nodes done, or null. */
    Stage furthest() {
        return furthest;
    }

    /** The nodes done by the best of the stages from which the search would go on, less so many for each swap. */
    double score(double price) {
        return open.stream().mapToDouble(stage -> stage.done() - price * stage.swaps()).max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    private int nearest() {
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
            Stage child = stage.swapped(swap[0], swap[1]);
            if (meet(child, a, b)) {
                able.add(child);
            } else if (apart(child, a, b) < apart(stage, a, b)) {
                child.outlook = outlook(child);
                nearer.add(child);
            }
        }
        int most = able.stream().mapToInt(Stage::done).max().orElse(0);
        if (most < stage.done() + POOR * perSwap) {
            able.addAll(besidePartners(stage, a, b));
            able.addAll(besidePartners(stage, b, a));
        }
        if (!able.isEmpty()) {
            return able;
        }
        nearer.sort(Comparator.comparingLong(s -> s.outlook));
        return nearer.subList(0, Math.min(DETOURS, nearer.size()));
    }

    /**
     * After swaps of b with those that must be beside a anyhow: in the layout of now they may lie apart, but there may be
     * another.
     */
    private List<Stage> besidePartners(Stage stage, int a, int b) {
        List<Stage> able = new ArrayList<>();
        int label = stage.label(b);
        for (int partner : stage.wishes.partner[stage.label(a)]) {
            if (partner != label && !device.adjacent(stage.layout[label], stage.layout[partner])
                    && !stopped.getAsBoolean()) {
                Stage bent = stage.copy();
                if (hold(bent, label, partner, RADII)) {
                    Stage child = bent.swapped(label, partner);
                    if (meet(child, a, b)) {
                        able.add(child);
                    }
                }
            }
        }
        return able;
    }

    /** Whether the two can meet after a swap, which is where the search goes on then; far layouts are left for later. */
    private boolean meet(Stage child, int a, int b) {
        if (!wish(child, a, b, NEARBY)) {
            return false;
        }
        child.advance();
        advance(child, NEARBY);
        return true;
    }

    private int apart(Stage stage, int a, int b) {
        return device.distance(stage.place(a), stage.place(b));
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
                sum += (long) weight * (device.distance(one, other) - 1);
                weight -= weight >> 4;
            }
        }
        work += SEEN / 2;
        return sum;
    }

    /** Pairs of labels whose places are coupled, one of them at or beside a or b. */
    private List<int[]> swaps(Stage stage, int a, int b) {
        boolean[] near = new boolean[device.size];
        for (int p : new int[]{stage.place(a), stage.place(b)}) {
            near[p] = true;
            for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                near[device.neighbour[i]] = true;
            }
        }
        int[] label = new int[device.size];
        for (int l = 0; l < label.length; l++) {
            label[stage.layout[l]] = l;
        }
        List<int[]> swaps = new ArrayList<>();
        for (int p = 0; p < device.size; p++) {
            for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                int r = device.neighbour[i];
                if (p < r && (near[p] || near[r]) && Math.min(label[p], label[r]) < dag.qubits) {
                    swaps.add(new int[]{label[p], label[r]});
                }
            }
        }
        return swaps;
    }

    private void advance(Stage stage, int radii) {
        while (!stage.complete()) {
            int node = order[stage.ahead(0)];
            if (!dag.isFence(node) && !wish(stage, dag.first[node], dag.second[node], radii)) {
                stage.outlook = outlook(stage);
                return;
            }
            stage.advance();
        }
    }

    private boolean wish(Stage stage, int a, int b, int radii) {
        return hold(stage, stage.label(a), stage.label(b), radii);
    }

    private boolean hold(Stage stage, int one, int other, int radii) {
        work += 2;
        if (device.adjacent(stage.layout[one], stage.layout[other])) {
            stage.wishes.add(one, other);
            return true;
        }
        Wishes more = stage.wishes.copy();
        more.add(one, other);
        if (repair.repair(stage.layout, more, one, other, STEPS, radii)) {
            stage.wishes = more;
            return true;
        }
        return false;
    }

    /**
     * An anchor in whose layout most of what meets before and after it meets too, the nearest before the rest: most of
     * that will still be so after a few swaps, so that layout is right for most of the way. Null when it does not serve
     * the anchor.
     *
     * @param share how many pairs are looked at, for the couplings there are
     */
    Stage foresee(Stage anchor, double share, long most, long seed) {
        Wishes pairs = around(anchor, (int) (share * device.neighbour.length / 2));
        RoughLayout rough = new RoughLayout(device, placement, pairs, seed);
        long perWidth = 4L * device.size * (device.size + 100);
        int[] layout = rough.find(Math.clamp(most / perWidth, 20, WIDEST), stopped);
        work += rough.work();
        Stage bent = Stage.anchor(dag.qubits, layout, new Wishes(device.size), anchor.from, anchor.to, order.length);
        bent.outlook = rough.violated(layout);
        for (boolean late : new boolean[]{false, true}) {
            for (int i = anchor.from; i < anchor.to; i++) {
                int a = dag.first[order[i]];
                int b = dag.second[order[i]];
                if (a != Interactions.FENCE && (late || device.adjacent(bent.layout[a], bent.layout[b]))
                        && !hold(bent, a, b, RADII)) {
                    return null;
                }
            }
        }
        return bent;
    }

    private Wishes around(Stage anchor, int wanted) {
        Wishes pairs = anchor.wishes.copy();
        int count = pairs.pairs();
        for (int away = 0; away < order.length && count < wanted; away++) {
            for (int i : new int[]{anchor.to + away, anchor.from - 1 - away}) {
                if (i >= 0 && i < order.length && !dag.isFence(order[i])
                        && !pairs.has(dag.first[order[i]], dag.second[order[i]])) {
                    pairs.add(dag.first[order[i]], dag.second[order[i]]);
                    count++;
                }
            }
        }
        return pairs;
    }
}
