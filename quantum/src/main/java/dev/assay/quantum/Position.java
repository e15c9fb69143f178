package dev.assay.quantum;

import java.util.Arrays;

/** The one position of a beam that is being looked at, unpacked. */
final class Position {
    private static final int NONE = -1;
    private final Interactions dag;
    private final Topology device;
    private final short[] distance;
    private final int size;
    private final int[] weights;
    final short[] place;
    /** The logical qubit on each physical one, or -1; only between {@link #load} and {@link #unload}. */
    final int[] occupant;
    private final int[] progress;
    /** Nodes ahead, listed by qubit: entry e is a node with {@code other[e]}, and {@code link[e]} is the next entry. */
    private final int[] head;
    private final int[] link;
    private final int[] other;
    private final int[] weight;
    private int cost;
    /** What {@link #tryOut} found. */
    int triedCost;
    /** Progress to be restored: wire and its former node. */
    private int[] undo;
    private int undone;
    private int[] stack;
    long work;

    Position(Interactions dag, Topology device, Lookahead lookahead) {
        this.dag = dag;
        this.device = device;
        this.distance = device.distance;
        this.size = device.size;
        this.weights = lookahead.weights();
        place = new short[dag.qubits];
        occupant = new int[size];
        Arrays.fill(occupant, NONE);
        progress = new int[dag.wires];
        head = new int[dag.qubits];
        link = new int[2 * weights.length];
        other = new int[2 * weights.length];
        weight = new int[2 * weights.length];
        undo = new int[4 * dag.wires + 16];
        stack = new int[2 * dag.wires + 16];
    }

    void load(Beam beam, int i) {
        System.arraycopy(beam.place, i * place.length, place, 0, place.length);
        System.arraycopy(beam.progress, i * progress.length, progress, 0, progress.length);
        for (int q = 0; q < place.length; q++) {
            occupant[place[q]] = q;
        }
    }

    void unload() {
        for (short p : place) {
            occupant[p] = NONE;
        }
    }

    void save(Beam beam, int i) {
        System.arraycopy(place, 0, beam.place, i * place.length, place.length);
        System.arraycopy(progress, 0, beam.progress, i * progress.length, progress.length);
    }

    /** Does from the beginning what the layout allows. */
    int begin() {
        System.arraycopy(dag.head, 0, progress, 0, progress.length);
        for (int wire = 0; wire < progress.length; wire++) {
            stack[wire] = wire;
        }
        undone = 0;
        return advance(progress.length);
    }

    /** Moves these qubits (or one and nothing) and does what that allows. */
    int apply(int a, int b, int p, int r) {
        int top = 0;
        if (a >= 0) {
            place[a] = (short) r;
            stack[top++] = a;
        }
        if (b >= 0) {
            place[b] = (short) p;
            stack[top++] = b;
        }
        undone = 0;
        return advance(top);
    }

    /** The qubit that the next node of {@code q} waits for, when that node is first on both; else -1. */
    int waitingWith(int q) {
        int node = progress[q];
        if (node == dag.size) {
            return NONE;
        }
        int a = dag.first[node];
        int partner = a == q ? dag.second[node] : a;
        return a >= 0 && progress[partner] == node && first(node) ? partner : NONE;
    }

    /** Whether the node is also the next on its classical wires, if it has any. */
    private boolean first(int node) {
        int from = dag.wireStart[node];
        int to = dag.wireStart[node + 1];
        for (int slot = from; to - from > 2 && slot < to; slot++) {
            if (progress[dag.wire[slot]] != node) {
                return false;
            }
        }
        return true;
    }

    /** Lists the nodes ahead and adds up their cost. */
    void look() {
        Arrays.fill(head, NONE);
        int entry = 0;
        int total = 0;
        int seen = 0;
        for (int node = earliest(); node < dag.size && seen < weights.length; node++) {
            int a = dag.first[node];
            if (a < 0 || progress[a] > node) {
                continue;
            }
            int b = dag.second[node];
            int w = weights[seen++];
            total += w * (distance[place[a] * size + place[b]] - 1);
            other[entry] = b;
            weight[entry] = w;
            link[entry] = head[a];
            head[a] = entry++;
            other[entry] = a;
            weight[entry] = w;
            link[entry] = head[b];
            head[b] = entry++;
        }
        work += 2L * seen + place.length;
        cost = total;
    }

    private int earliest() {
        int earliest = dag.size;
        for (int q = 0; q < place.length; q++) {
            earliest = Math.min(earliest, progress[q]);
        }
        return earliest;
    }

    private int costOfScratch() {
        int total = 0;
        int seen = 0;
        for (int node = earliest(); node < dag.size && seen < weights.length; node++) {
            int a = dag.first[node];
            if (a >= 0 && progress[a] <= node) {
                total += weights[seen++] * (distance[place[a] * size + place[dag.second[node]]] - 1);
            }
        }
        work += seen + place.length;
        return total;
    }

    /** The cost after q moves from p to r and v (when there is one) from r to p, when that enables nothing. */
    int costAfter(int q, int v, int p, int r) {
        int changed = cost;
        int fromP = p * size;
        int fromR = r * size;
        for (int e = head[q]; e != NONE; e = link[e]) {
            int o = other[e];
            if (o != v) {
                changed += weight[e] * (distance[fromR + place[o]] - distance[fromP + place[o]]);
            }
        }
        if (v >= 0) {
            for (int e = head[v]; e != NONE; e = link[e]) {
                int o = other[e];
                if (o != q) {
                    changed += weight[e] * (distance[fromP + place[o]] - distance[fromR + place[o]]);
                }
            }
        }
        return changed;
    }

    boolean enables(int q, int v, int p, int r) {
        int partner = waitingWith(q);
        if (partner != v && distance[r * size + place[partner]] == 1) {
            return true;
        }
        if (v < 0) {
            return false;
        }
        int partnerOfV = waitingWith(v);
        return partnerOfV >= 0 && partnerOfV != q && distance[p * size + place[partnerOfV]] == 1;
    }

    /** Moves, does what that allows, takes the cost, and takes all back; returns how many nodes were done. */
    int tryOut(int q, int v, int p, int r) {
        int done = apply(q, v, p, r);
        triedCost = costOfScratch();
        while (undone > 0) {
            undone -= 2;
            progress[undo[undone]] = undo[undone + 1];
        }
        place[q] = (short) p;
        if (v >= 0) {
            place[v] = (short) r;
        }
        return done;
    }

    /** The distance of the nearest waiting node after the move. */
    int nearestAfter(int q, int v, int p, int r) {
        place[q] = (short) r;
        if (v >= 0) {
            place[v] = (short) p;
        }
        int nearest = Integer.MAX_VALUE;
        for (int u = 0; u < place.length; u++) {
            int partner = waitingWith(u);
            if (partner > u) {
                nearest = Math.min(nearest, distance[place[u] * size + place[partner]]);
            }
        }
        place[q] = (short) p;
        if (v >= 0) {
            place[v] = (short) r;
        }
        return nearest;
    }

    private int advance(int filled) {
        int top = filled;
        int done = 0;
        while (top > 0) {
            int node = progress[stack[--top]];
            if (node == dag.size) {
                continue;
            }
            int from = dag.wireStart[node];
            int to = dag.wireStart[node + 1];
            if (!possible(node, from, to)) {
                continue;
            }
            done++;
            if (top + to - from > stack.length) {
                stack = Arrays.copyOf(stack, stack.length * 2 + to - from);
            }
            if (undone + 2 * (to - from) > undo.length) {
                undo = Arrays.copyOf(undo, undo.length * 2 + 2 * (to - from));
            }
            for (int slot = from; slot < to; slot++) {
                int wire = dag.wire[slot];
                undo[undone++] = wire;
                undo[undone++] = node;
                progress[wire] = dag.next[slot];
                stack[top++] = wire;
            }
        }
        work += 2 * done;
        return done;
    }

    private boolean possible(int node, int from, int to) {
        for (int slot = from; slot < to; slot++) {
            if (progress[dag.wire[slot]] != node) {
                return false;
            }
        }
        int a = dag.first[node];
        return a < 0 || distance[place[a] * size + place[dag.second[node]]] == 1;
    }
}
