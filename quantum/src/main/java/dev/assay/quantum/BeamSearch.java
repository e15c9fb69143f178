package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Searches routes level by level, a level being a number of swaps: every position of the beam is extended by every swap
 * beside a node that waits, everything that becomes possible is done at once, and the best {@code width} different
 * positions go on. Two ways to one position are one, which alone removes the many orders of independent swaps.
 *
 * <p>
 * A position's cost is that of {@link Lookahead}. A swap that enables nothing changes the cost only by the weighted
 * distances of the two qubits that it moves, which lists per qubit give in a few steps; only swaps that enable a node
 * are judged from scratch. Where no width helps (the best position stalls for twice the diameter), positions are judged
 * by their nearest waiting node alone until one is done, so the search always ends.
 *
 * <p>
 * The result depends on the arguments alone. Memory: about {@code width x (2 qubits + 4 wires + 32)} bytes, plus the
 * trail.
 */
final class BeamSearch {
    /** @param layouts of the last level, those that came furthest first: starts for a search in the other direction */
    record Found(Route route, List<int[]> layouts) {}

    private final Interactions dag;
    private final Topology device;
    private final Lookahead lookahead;
    private final Position now;
    private final long[] zobrist;
    private final Trail trail = new Trail();
    private final Candidates candidates = new Candidates();
    private int width;
    private Beam beam;
    private Beam next;
    private long work;

    BeamSearch(Interactions dag, Topology device, Lookahead lookahead, long seed) {
        this.dag = dag;
        this.device = device;
        this.lookahead = lookahead;
        this.now = new Position(dag, device, lookahead);
        this.zobrist = new long[dag.qubits * device.size];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < zobrist.length; i++) {
            zobrist[i] = random.nextLong();
        }
    }

    /** Steps of work so far, a measure of time that does not depend on the clock. */
    long work() {
        return work + now.work;
    }

    /**
     * The best route found from any of the starting layouts, or null when stopped before.
     *
     * @param starts at least one, each giving the physical qubit of every logical one
     */
    Found run(List<int[]> starts, int beamWidth, BooleanSupplier stopped) {
        width = beamWidth;
        int capacity = Math.max(width, starts.size());
        beam = new Beam(capacity, dag.qubits, dag.wires);
        next = new Beam(capacity, dag.qubits, dag.wires);
        trail.clear();
        begin(starts);
        int[] chosen = new int[width];
        int fewest = Integer.MAX_VALUE;
        int stalled = 0;
        while (!stopped.getAsBoolean()) {
            int first = furthest();
            if (beam.left[first] == 0) {
                return found(first, starts);
            }
            stalled = beam.left[first] < fewest ? 0 : stalled + 1;
            fewest = Math.min(fewest, beam.left[first]);
            candidates.clear();
            for (int i = 0; i < beam.size; i++) {
                extend(i, fewest, stalled > 2 * device.diameter + 8);
            }
            work += 10L * candidates.size();
            int taken = candidates.select(width, chosen);
            for (int i = 0; i < taken; i++) {
                enter(i, chosen[i]);
            }
            next.size = taken;
            Beam done = beam;
            beam = next;
            next = done;
            trail.prune(beam.trace, beam.size);
        }
        return null;
    }

    private void begin(List<int[]> starts) {
        beam.size = starts.size();
        for (int i = 0; i < beam.size; i++) {
            int[] start = starts.get(i);
            long hash = 0;
            for (int q = 0; q < dag.qubits; q++) {
                now.place[q] = (short) start[q];
                hash ^= zobrist[q * device.size + start[q]];
            }
            int done = now.begin();
            now.save(beam, i);
            beam.left[i] = dag.size - done;
            beam.hash[i] = hash;
            beam.trace[i] = trail.root(i);
        }
    }

    private int furthest() {
        int first = 0;
        for (int i = 1; i < beam.size; i++) {
            if (beam.left[i] < beam.left[first]) {
                first = i;
            }
        }
        return first;
    }

    private Found found(int first, List<int[]> starts) {
        int[] history = trail.history(beam.trace[first]);
        int[] swaps = new int[2 * (history.length - 1)];
        for (int i = 1; i < history.length; i++) {
            swaps[2 * i - 2] = history[i] / device.size;
            swaps[2 * i - 1] = history[i] % device.size;
        }
        long[] order = new long[beam.size];
        for (int i = 0; i < order.length; i++) {
            order[i] = (long) beam.left[i] << 32 | i;
        }
        Arrays.sort(order);
        List<int[]> layouts = new ArrayList<>();
        for (long entry : order) {
            int[] layout = new int[dag.qubits];
            for (int q = 0; q < layout.length; q++) {
                layout[q] = beam.place[(int) entry * dag.qubits + q];
            }
            layouts.add(layout);
        }
        return new Found(new Route(starts.get(history[0]).clone(), swaps), layouts);
    }

    /** Offers every swap beside a waiting node of position {@code i}. */
    private void extend(int i, int fewest, boolean stuck) {
        now.load(beam, i);
        now.look();
        int size = device.size;
        int[] occupant = now.occupant;
        for (int q = 0; q < dag.qubits; q++) {
            int partner = now.waitingWith(q);
            if (partner < 0) {
                continue;
            }
            int p = now.place[q];
            for (int slot = device.start[p]; slot < device.start[p + 1]; slot++) {
                int r = device.neighbour[slot];
                int v = occupant[r];
                if (v >= 0 && v < q && now.waitingWith(v) >= 0) {
                    continue; // offered from the other end already
                }
                long hash = beam.hash[i] ^ zobrist[q * size + p] ^ zobrist[q * size + r];
                if (v >= 0) {
                    hash ^= zobrist[v * size + r] ^ zobrist[v * size + p];
                }
                int left = beam.left[i];
                int cost;
                boolean enables = now.enables(q, v, p, r);
                if (enables) {
                    left -= now.tryOut(q, v, p, r);
                    cost = now.triedCost;
                } else {
                    cost = now.costAfter(q, v, p, r);
                }
                cost = stuck
                        ? enables ? 0 : now.nearestAfter(q, v, p, r)
                        : cost + lookahead.perNode() * (left - fewest);
                // Positions of one layout that have come differently far are different.
                candidates.add(i, p * size + r, cost, hash + left * 0x9E3779B97F4A7C15L);
            }
        }
        now.unload();
    }

    private void enter(int into, int candidate) {
        int from = candidates.parent(candidate);
        int swap = candidates.swap(candidate);
        now.load(beam, from);
        int p = swap / device.size;
        int r = swap % device.size;
        int a = now.occupant[p];
        int b = now.occupant[r];
        long hash = beam.hash[from];
        if (a >= 0) {
            hash ^= zobrist[a * device.size + p] ^ zobrist[a * device.size + r];
        }
        if (b >= 0) {
            hash ^= zobrist[b * device.size + r] ^ zobrist[b * device.size + p];
        }
        now.unload();
        next.left[into] = beam.left[from] - now.apply(a, b, p, r);
        now.save(next, into);
        next.hash[into] = hash;
        next.trace[into] = trail.add(beam.trace[from], swap);
    }
}
