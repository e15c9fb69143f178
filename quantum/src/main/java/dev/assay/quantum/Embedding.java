package dev.assay.quantum;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Looks for a layout in which all qubits that ever meet are neighbours, so that no swap is needed: a monomorphism from
 * the interaction graph into the coupling graph.
 *
 * <p>
 * Backtracking over domains (the places that a qubit may still take, as bit sets), smallest domain first, relative to
 * how often the qubit was left without a place (Boussemart et al., ECAI 2004). A qubit placed
 * narrows all others: what is d meetings away must be placed at most d couplings away. Restarts with other orders when
 * a run takes long; at most {@link #MOST_STEPS} placements altogether, so "none found" is a proof only when
 * {@link #exhausted} says so.
 */
final class Embedding {
    static final int MOST_STEPS = 2_000_000;
    private static final int RUN = 4_000;

    private final Topology device;
    private final int qubits;
    /** Meetings between qubits: how many steps along meetings from one to another. */
    private final Topology meetings;
    /** Places at most d couplings from p: {@code ball[p * (diameter + 1) + d]}. */
    private final long[][] ball;
    private final int words;
    private final int[] layout;
    private final long[][][] domains;
    private final SplittableRandom random;
    private final int[] noise;
    /** How often a qubit was left without a place: such qubits are placed earlier. */
    private final int[] blame;
    private final boolean[] taken;
    private boolean blaming;
    private final BooleanSupplier stopped;
    private int steps;
    private int runLimit;
    private boolean halted;
    private boolean exhausted;

    /** @param component the device component that each qubit must lie in; @param home that of each place */
    Embedding(Interactions dag, Topology device, Placement placement, long seed, BooleanSupplier stopped) {
        this.stopped = stopped;
        this.device = device;
        this.qubits = dag.qubits;
        this.meetings = meetings(dag);
        this.words = (device.size + 63) / 64;
        int radius = device.diameter + 1;
        this.ball = new long[device.size * radius][words];
        for (int p = 0; p < device.size; p++) {
            for (int q = 0; q < device.size; q++) {
                for (int d = device.distance(p, q); d < radius; d++) {
                    ball[p * radius + d][q >> 6] |= 1L << q;
                }
            }
        }
        this.layout = new int[qubits];
        this.noise = new int[qubits];
        this.blame = new int[qubits];
        this.taken = new boolean[device.size];
        this.domains = new long[qubits + 1][qubits][words];
        this.random = new SplittableRandom(seed);
        for (int q = 0; q < qubits; q++) {
            for (int p = 0; p < device.size; p++) {
                if (placement.allows(q, p) && fits(q, p)) {
                    domains[0][q][p >> 6] |= 1L << p;
                }
            }
        }
    }

    static Topology meetings(Interactions dag) {
        java.util.Set<Long> pairs = new java.util.LinkedHashSet<>();
        for (int node = 0; node < dag.size; node++) {
            if (!dag.isFence(node)) {
                long low = Math.min(dag.first[node], dag.second[node]);
                pairs.add(low << 32 | Math.max(dag.first[node], dag.second[node]));
            }
        }
        return new Topology(dag.qubits,
                pairs.stream().map(p -> new int[]{(int) (p >> 32), p.intValue()}).toArray(int[][]::new));
    }

    /** A place must have at least as many neighbours, and as well connected ones, as the qubit has partners. */
    private boolean fits(int q, int p) {
        if (device.degree(p) < meetings.degree(q)) {
            return false;
        }
        int[] needed = degrees(meetings, q);
        int[] offered = degrees(device, p);
        for (int i = 1; i <= needed.length; i++) {
            if (offered[offered.length - i] < needed[needed.length - i]) {
                return false;
            }
        }
        return true;
    }

    private static int[] degrees(Topology graph, int of) {
        int[] degrees = new int[graph.degree(of)];
        for (int i = 0; i < degrees.length; i++) {
            degrees[i] = graph.degree(graph.neighbour[graph.start[of] + i]);
        }
        Arrays.sort(degrees);
        return degrees;
    }

    /** The layout, or null when there is none or none was found in time. */
    int[] find() {
        return find(MOST_STEPS);
    }

    /**
     * A layout in which as many of the first nodes as could be found need no swap; null when not even the first does.
     */
    static int[] ofPrefix(Interactions dag, Topology device, Placement placement, long seed, int steps,
            BooleanSupplier stopped) {
        int[] best = null;
        int possible = 0;
        int tooMany = dag.size + 1;
        // Doubling first: long prefixes are costly to refuse.
        for (int nodes = Math.min(8, dag.size); possible + 1 < tooMany && !stopped.getAsBoolean();) {
            int[] layout = new Embedding(dag.prefix(nodes), device, placement, seed, stopped).find(steps);
            if (layout != null) {
                best = layout;
                possible = nodes;
            } else {
                tooMany = nodes;
            }
            nodes = tooMany > dag.size ? Math.min(dag.size, possible * 2) : (possible + tooMany) / 2;
            if (nodes <= possible) {
                break;
            }
        }
        return best;
    }

    /** The same with another bound on the placements that are tried. */
    int[] find(int most) {
        if (meetings.neighbour.length > device.neighbour.length) {
            exhausted = true;
            return null;
        }
        for (int q = 0; q < qubits; q++) {
            if (meetings.degree(q) > 0 && PlaceSet.isEmpty(domains[0][q])) {
                exhausted = true;
                return null;
            }
        }
        for (int run = 1; steps < most && !halted; run++) {
            for (int q = 0; q < qubits; q++) {
                noise[q] = random.nextInt(16);
            }
            blaming = run % 2 == 0;
            Arrays.fill(blame, 0);
            runLimit = Math.min(most, steps + RUN * run);
            Arrays.fill(layout, -1);
            Arrays.fill(taken, false);
            if (place(0)) {
                return layout.clone();
            }
            if (steps < runLimit && !halted) {
                exhausted = true;
                return null;
            }
        }
        return null;
    }

    private boolean halted() {
        halted |= (steps & 0x3F) == 0 && stopped.getAsBoolean();
        return halted;
    }

    /** Placements tried so far. */
    int steps() {
        return steps;
    }

    /** Whether the last search looked at everything. */
    boolean exhausted() {
        return exhausted;
    }

    private boolean place(int depth) {
        if (depth == qubits) {
            return true;
        }
        int q = choose(depth);
        long[] domain = domains[depth][q];
        for (int p : places(domain)) {
            if (++steps >= runLimit || halted()) {
                return false;
            }
            layout[q] = p;
            taken[p] = true;
            if (narrow(depth, q, p) && place(depth + 1)) {
                return true;
            }
            taken[p] = false;
            layout[q] = -1;
            if (steps >= runLimit || halted) {
                return false;
            }
        }
        return false;
    }

    /** Tight places first: those with fewest free neighbours, so that no gaps are left that nothing fits into. */
    private int[] places(long[] domain) {
        int[] order = new int[PlaceSet.size(domain)];
        int found = 0;
        for (int p = PlaceSet.next(domain, 0); p >= 0; p = PlaceSet.next(domain, p + 1)) {
            int free = 0;
            for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                free += taken[device.neighbour[i]] ? 0 : 1;
            }
            order[found++] = (free << 4 | random.nextInt(16)) << 13 | p;
        }
        Arrays.sort(order);
        for (int i = 0; i < found; i++) {
            order[i] &= 0x1FFF;
        }
        return order;
    }

    /** Fewest places first; among those, most partners; qubits without partners last. */
    private int choose(int depth) {
        int best = -1;
        int bestScore = Integer.MAX_VALUE;
        for (int q = 0; q < qubits; q++) {
            if (layout[q] < 0) {
                int degree = meetings.degree(q);
                int score = (degree == 0 ? 1 << 28 : 0)
                        + ((PlaceSet.size(domains[depth][q]) << 12) - (degree << 5) + noise[q])
                                / (1 + (blaming ? blame[q] : 0));
                if (score < bestScore) {
                    bestScore = score;
                    best = q;
                }
            }
        }
        return best;
    }

    private boolean narrow(int depth, int q, int p) {
        long[][] from = domains[depth];
        long[][] to = domains[depth + 1];
        int radius = device.diameter + 1;
        for (int v = 0; v < qubits; v++) {
            if (layout[v] >= 0) {
                continue;
            }
            int apart = meetings.distance(q, v);
            long[] near = apart < radius ? ball[p * radius + apart] : null;
            long any = 0;
            for (int w = 0; w < words; w++) {
                long left = near == null ? from[v][w] : from[v][w] & near[w];
                if (w == p >> 6) {
                    left &= ~(1L << p);
                }
                to[v][w] = left;
                any |= left;
            }
            if (any == 0) {
                blame[v]++;
                return false;
            }
        }
        return true;
    }
}
