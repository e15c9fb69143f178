package dev.assay.quantum;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * One quick pass over any size of circuit: always the swap that brings the waiting nodes and, half as much, the nodes
 * after them nearest together, judged by differences as in LightSABRE (Zou et al., arXiv:2409.08368) after SABRE (Li,
 * Ding, Xie, ASPLOS 2019).
 *
 * <p>
 * Every coupling has a score that is kept up to date: a swap changes only the scores beside the qubits that it moved and
 * beside their partners, so a step costs a scan of the couplings and a few updates, whatever the circuit's length. All
 * scores are taken anew only when a node is done.
 */
final class Greedy {
    private static final int NONE = -1;
    private static final int IDLE = Integer.MAX_VALUE;
    /** Swaps of a qubit are remembered until so many swaps have passed. */
    private static final int MEMORY = 5;

    private final Interactions dag;
    private final Topology device;
    private final short[] distance;
    private final int size;
    private final int[] layout;
    private final int[] occupant;
    private final Walk walk;
    /** Couplings: ends, score, and by place the couplings beside it, parallel to the device's neighbours. */
    private final int[] endA;
    private final int[] endB;
    private final int[] score;
    private final int[] couplingAt;
    /** By logical qubit: whom it waits for, and the list of nodes ahead. */
    private final int[] partner;
    private final int[] head;
    private final int[] link;
    private final int[] other;
    private int waiting;
    private int ahead;
    private final int mostAhead;
    private final int[] tired;
    private final int[] probe;
    private final int[] queue;
    private final SplittableRandom random;
    private int[] swaps = new int[1024];
    private int swapped;

    private Greedy(Interactions dag, Topology device, int[] start, long seed) {
        this.dag = dag;
        this.device = device;
        this.distance = device.distance;
        this.size = device.size;
        this.layout = start.clone();
        this.occupant = new int[size];
        Arrays.fill(occupant, NONE);
        for (int q = 0; q < layout.length; q++) {
            occupant[layout[q]] = q;
        }
        this.walk = new Walk(dag, device);
        int couplings = device.neighbour.length / 2;
        endA = new int[couplings];
        endB = new int[couplings];
        score = new int[couplings];
        couplingAt = new int[device.neighbour.length];
        numberCouplings();
        partner = new int[dag.qubits];
        head = new int[dag.qubits];
        mostAhead = Math.max(20, dag.qubits);
        link = new int[2 * mostAhead];
        other = new int[2 * mostAhead];
        tired = new int[size];
        probe = new int[dag.wires];
        queue = new int[dag.qubits + 2 * mostAhead + 2];
        random = new SplittableRandom(seed);
    }

    /** A route from this layout, or null when stopped before its end. */
    static Route route(Interactions dag, Topology device, int[] start, long seed, BooleanSupplier stopped) {
        return new Greedy(dag, device, start, seed).run(start, stopped);
    }

    private void numberCouplings() {
        int next = 0;
        for (int p = 0; p < size; p++) {
            for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                int r = device.neighbour[i];
                if (p < r) {
                    endA[next] = p;
                    endB[next] = r;
                    couplingAt[i] = next++;
                } else {
                    int back = Arrays.binarySearch(device.neighbour, device.start[r], device.start[r + 1], p);
                    couplingAt[i] = couplingAt[back];
                }
            }
        }
    }

    private Route run(int[] start, BooleanSupplier stopped) {
        walk.begin();
        int done = walk.advance(layout);
        int stalled = 0;
        boolean fresh = true;
        while (done < dag.size) {
            if (fresh) {
                if ((done & 0xFF) == 0 && stopped.getAsBoolean()) {
                    return null;
                }
                look();
                fresh = false;
            }
            if (swapped % (2 * MEMORY) == 0) {
                Arrays.fill(tired, 0);
            }
            int before = done;
            if (stalled > 3 * device.diameter + 20) {
                done += bringTogether();
            } else {
                int best = best();
                swap(endA[best], endB[best]);
                done += walk.advance(layout);
                if (done == before) {
                    refresh(endA[best]);
                    refresh(endB[best]);
                }
            }
            fresh = done > before;
            stalled = fresh ? 0 : stalled + 1;
        }
        return new Route(start.clone(), Arrays.copyOf(swaps, swapped));
    }

    /** Finds the waiting nodes and those after them, and scores every coupling. */
    private void look() {
        waiting = 0;
        ahead = 0;
        Arrays.fill(head, NONE);
        int tail = 0;
        for (int q = 0; q < layout.length; q++) {
            partner[q] = NONE;
        }
        System.arraycopy(walk.position, 0, probe, 0, probe.length);
        for (int q = 0; q < layout.length; q++) {
            int node = probe[q];
            if (node < dag.size && dag.first[node] == q && walk.ready(node)) {
                partner[q] = dag.second[node];
                partner[dag.second[node]] = q;
                waiting++;
                queue[tail++] = node;
            }
        }
        for (int at = 0; at < tail && ahead < mostAhead; at++) {
            tail = follow(queue[at], tail);
        }
        for (int coupling = 0; coupling < score.length; coupling++) {
            score[coupling] = scored(coupling);
        }
    }

    /** Goes past a node: what becomes the next on all its wires joins the nodes ahead. */
    private int follow(int node, int filled) {
        int tail = filled;
        for (int slot = dag.wireStart[node]; slot < dag.wireStart[node + 1]; slot++) {
            probe[dag.wire[slot]] = dag.next[slot];
        }
        for (int slot = dag.wireStart[node]; slot < dag.wireStart[node + 1]; slot++) {
            int next = dag.next[slot];
            if (next == dag.size || dag.isFence(next) || ahead == mostAhead) {
                continue;
            }
            int a = dag.first[next];
            int b = dag.second[next];
            if (probe[a] == next && probe[b] == next && tail < queue.length) {
                int entry = 2 * ahead++;
                other[entry] = b;
                link[entry] = head[a];
                head[a] = entry;
                other[entry + 1] = a;
                link[entry + 1] = head[b];
                head[b] = entry + 1;
                queue[tail++] = next;
            }
        }
        return tail;
    }

    /** The change that swapping this coupling makes: hops of waiting nodes at 2, of nodes ahead at 1, both as means. */
    private int scored(int coupling) {
        int p = endA[coupling];
        int r = endB[coupling];
        int q = occupant[p];
        int v = occupant[r];
        boolean besideWaiting = q >= 0 && partner[q] >= 0 || v >= 0 && partner[v] >= 0;
        if (!besideWaiting) {
            return IDLE;
        }
        int now = 0;
        int later = 0;
        if (q >= 0) {
            now += change(partner[q], v, p, r);
            for (int e = head[q]; e != NONE; e = link[e]) {
                later += change(other[e], v, p, r);
            }
        }
        if (v >= 0) {
            now += change(partner[v], q, r, p);
            for (int e = head[v]; e != NONE; e = link[e]) {
                later += change(other[e], q, r, p);
            }
        }
        return now * 2 * Math.max(1, ahead) + later * waiting;
    }

    private int change(int toWhom, int exchangedWith, int from, int to) {
        return toWhom == NONE || toWhom == exchangedWith
                ? 0
                : distance[to * size + layout[toWhom]] - distance[from * size + layout[toWhom]];
    }

    private int best() {
        int weariness = Math.max(1, waiting * Math.max(1, ahead) / 8);
        int best = NONE;
        int least = IDLE;
        int ties = 1;
        for (int coupling = 0; coupling < score.length; coupling++) {
            if (score[coupling] == IDLE) {
                continue;
            }
            int cost = score[coupling] + weariness * Math.max(tired[endA[coupling]], tired[endB[coupling]]);
            if (cost < least) {
                least = cost;
                best = coupling;
                ties = 1;
            } else if (cost == least && random.nextInt(++ties) == 0) {
                best = coupling;
            }
        }
        return best;
    }

    private void swap(int p, int r) {
        if (swapped + 2 > swaps.length) {
            swaps = Arrays.copyOf(swaps, swaps.length * 2);
        }
        swaps[swapped++] = p;
        swaps[swapped++] = r;
        tired[p]++;
        tired[r]++;
        int q = occupant[p];
        int v = occupant[r];
        occupant[p] = v;
        occupant[r] = q;
        if (q >= 0) {
            layout[q] = r;
            walk.touch(q);
        }
        if (v >= 0) {
            layout[v] = p;
            walk.touch(v);
        }
    }

    /** Scores anew what depends on who stands at this place: couplings beside it and beside the partners. */
    private void refresh(int place) {
        beside(place);
        int q = occupant[place];
        if (q < 0) {
            return;
        }
        if (partner[q] >= 0) {
            beside(layout[partner[q]]);
        }
        for (int e = head[q]; e != NONE; e = link[e]) {
            beside(layout[other[e]]);
        }
    }

    private void beside(int place) {
        for (int i = device.start[place]; i < device.start[place + 1]; i++) {
            score[couplingAt[i]] = scored(couplingAt[i]);
        }
    }

    /** When swaps only turn in circles: the nearest waiting pair is brought together along a shortest way. */
    private int bringTogether() {
        int nearest = NONE;
        for (int q = 0; q < layout.length; q++) {
            if (partner[q] > q && (nearest == NONE || device.distance(layout[q], layout[partner[q]]) < device
                    .distance(layout[nearest], layout[partner[nearest]]))) {
                nearest = q;
            }
        }
        int goal = layout[partner[nearest]];
        while (device.distance(layout[nearest], goal) > 1) {
            int at = layout[nearest];
            int i = device.start[at];
            while (device.distance(device.neighbour[i], goal) >= device.distance(at, goal)) {
                i++;
            }
            swap(at, device.neighbour[i]);
        }
        return walk.advance(layout);
    }
}
