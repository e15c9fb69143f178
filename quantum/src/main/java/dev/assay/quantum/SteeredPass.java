package dev.assay.quantum;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * One pass that chooses every swap by what an objective charges for it as well as by how near it brings those that meet:
 * for time, how late the swap would end beside the earliest possible; for success, the chance that it fails, while
 * nearness is measured along the ways that fail least.
 */
final class SteeredPass {
    private static final int NONE = -1;
    private static final int AHEAD = 24;
    private static final double FADING = 0.9;
    private static final double TIRED = 0.15;
    private static final int MEMORY = 6;

    /** @param cost what the route costs by the prices, without what no route can avoid */
    record Found(Route route, double cost) {}

    private final Interactions dag;
    private final Topology device;
    private final Prices prices;
    /** By node: how many steps it stands for. */
    private final int[] steps;
    private final double weight;
    private final SplittableRandom random;
    private final Walk walk;
    private final int[] layout;
    private final int[] occupant;
    private final double[] time;
    private final int[] one;
    private final int[] other;
    private final double[] share;
    private int seen;
    private final double[] tired;
    private int[] swaps = new int[1024];
    private int swapped;
    private double spent;
    private long work;

    /** @param weight of the objective against nearness */
    SteeredPass(Interactions dag, Topology device, Prices prices, int[] steps, double weight, long seed) {
        this.dag = dag;
        this.device = device;
        this.prices = prices;
        this.steps = steps;
        this.weight = weight;
        this.random = new SplittableRandom(seed);
        this.walk = new Walk(dag, device);
        this.layout = new int[dag.qubits];
        this.occupant = new int[device.size];
        this.time = new double[device.size];
        int most = AHEAD + dag.qubits / 2;
        this.one = new int[most];
        this.other = new int[most];
        this.share = new double[most];
        this.tired = new double[device.size];
    }

    long work() {
        return work;
    }

    /** The route from this layout, or null when stopped before its end. */
    Found run(int[] start, BooleanSupplier stopped) {
        System.arraycopy(start, 0, layout, 0, layout.length);
        Arrays.fill(occupant, NONE);
        for (int q = 0; q < layout.length; q++) {
            occupant[layout[q]] = q;
        }
        walk.begin();
        int done = walk.advance(layout, this::execute);
        int stalled = 0;
        while (done < dag.size) {
            if ((swapped & 0x3F) == 0 && stopped.getAsBoolean()) {
                return null;
            }
            look();
            int before = done;
            if (stalled > 2 * device.diameter + 20) {
                done += bringTogether();
            } else {
                long best = best();
                done += swap((int) (best >> 32), (int) best);
            }
            stalled = done > before ? 0 : stalled + 1;
            if (done > before || swapped % MEMORY == 0) {
                Arrays.fill(tired, 0);
            }
        }
        double cost = prices.timed ? Arrays.stream(time).max().orElse(0) : spent;
        return new Found(new Route(start.clone(), Arrays.copyOf(swaps, 2 * swapped)), cost);
    }

    private void execute(int node) {
        if (dag.isFence(node)) {
            double latest = 0;
            for (int slot = dag.wireStart[node]; slot < dag.wireStart[node + 1]; slot++) {
                if (dag.wire[slot] < layout.length) {
                    latest = Math.max(latest, time[layout[dag.wire[slot]]]);
                }
            }
            for (int slot = dag.wireStart[node]; slot < dag.wireStart[node + 1]; slot++) {
                if (dag.wire[slot] < layout.length) {
                    time[layout[dag.wire[slot]]] = latest;
                }
            }
            return;
        }
        int p = layout[dag.first[node]];
        int r = layout[dag.second[node]];
        spent += steps[node] * prices.step(p, r);
        time[p] = Math.max(time[p], time[r]) + steps[node] * prices.stepTime;
        time[r] = time[p];
    }

    /** Lists the nodes to come, those that wait first. */
    private void look() {
        int earliest = dag.size;
        for (int q = 0; q < layout.length; q++) {
            earliest = Math.min(earliest, walk.position[q]);
        }
        seen = 0;
        double fading = 1;
        int waiting = 0;
        for (int node = earliest; node < dag.size && seen < one.length; node++) {
            int a = dag.first[node];
            if (a == Interactions.FENCE || walk.position[a] > node) {
                continue;
            }
            boolean waits = walk.ready(node);
            waiting += waits ? 1 : 0;
            fading *= waits ? 1 : FADING;
            one[seen] = a;
            other[seen] = dag.second[node];
            share[seen++] = waits ? 1 : fading / 2;
        }
        work += seen + layout.length;
    }

    private long best() {
        boolean[] waits = new boolean[device.size];
        double earliest = Double.MAX_VALUE;
        for (int i = 0; i < seen; i++) {
            if (share[i] == 1) {
                waits[layout[one[i]]] = true;
                waits[layout[other[i]]] = true;
                earliest = Math.min(earliest, Math.min(time[layout[one[i]]], time[layout[other[i]]]));
            }
        }
        long best = NONE;
        double least = Double.MAX_VALUE;
        for (int p = 0; p < waits.length; p++) {
            for (int i = device.start[p]; waits[p] && i < device.start[p + 1]; i++) {
                int r = device.neighbour[i];
                if (waits[r] && r < p) {
                    continue;
                }
                double price = prices.timed
                        ? Math.max(0, Math.max(time[p], time[r]) - earliest) / prices.swapTime
                        : 3 * prices.step(p, r);
                double score = nearer(p, r) + weight * Math.min(price, 8) + tired[p] + tired[r]
                        + random.nextDouble() * 1e-3;
                if (score < least) {
                    least = score;
                    best = (long) p << 32 | r;
                }
            }
        }
        return best;
    }

    /** How much the ways of those that meet would change; less than nothing when they become shorter. */
    private double nearer(int p, int r) {
        int a = occupant[p];
        int b = occupant[r];
        double change = 0;
        for (int i = 0; i < seen; i++) {
            boolean moves = one[i] == a || one[i] == b;
            if (moves != (other[i] == a || other[i] == b)) {
                int moved = layout[moves ? one[i] : other[i]];
                int fixed = layout[moves ? other[i] : one[i]];
                change += share[i] * (prices.way(moved == p ? r : p, fixed) - prices.way(moved, fixed));
            }
        }
        work += seen / 2;
        return change;
    }

    private int swap(int p, int r) {
        if (2 * swapped == swaps.length) {
            swaps = Arrays.copyOf(swaps, swaps.length * 2);
        }
        swaps[2 * swapped] = p;
        swaps[2 * swapped++ + 1] = r;
        int a = occupant[p];
        int b = occupant[r];
        occupant[p] = b;
        occupant[r] = a;
        spent += 3 * prices.step(p, r);
        time[p] = Math.max(time[p], time[r]) + prices.swapTime;
        time[r] = time[p];
        tired[p] += TIRED;
        tired[r] += TIRED;
        if (a >= 0) {
            layout[a] = r;
            walk.touch(a);
        }
        if (b >= 0) {
            layout[b] = p;
            walk.touch(b);
        }
        return walk.advance(layout, this::execute);
    }

    /** The first waiting pair, straight along a shortest way: always comes to an end. */
    private int bringTogether() {
        int done = 0;
        while (done == 0) {
            int p = layout[one[0]];
            int goal = layout[other[0]];
            int i = device.start[p];
            while (device.distance(device.neighbour[i], goal) >= device.distance(p, goal)) {
                i++;
            }
            done = swap(p, device.neighbour[i]);
        }
        return done;
    }
}
