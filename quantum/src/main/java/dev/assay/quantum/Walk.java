package dev.assay.quantum;

import java.util.function.IntConsumer;

/** Goes through interactions, doing what a layout allows; for one layout at a time, where speed matters less. */
final class Walk {
    private final Interactions dag;
    private final Topology device;
    final int[] position;
    private int[] stack;
    private int top;

    Walk(Interactions dag, Topology device) {
        this.dag = dag;
        this.device = device;
        this.position = dag.head.clone();
        this.stack = new int[dag.wires * 2 + 2];
    }

    /** All wires are to be looked at. */
    void begin() {
        for (int wire = dag.wires - 1; wire >= 0; wire--) {
            touch(wire);
        }
    }

    void touch(int wire) {
        if (top == stack.length) {
            stack = java.util.Arrays.copyOf(stack, top * 2);
        }
        stack[top++] = wire;
    }

    /** Does all that can be done from the touched wires on; returns how many nodes. */
    int advance(int[] layout) {
        return advance(layout, node -> {});
    }

    /** The same, telling of every node. */
    int advance(int[] layout, IntConsumer done) {
        int count = 0;
        while (top > 0) {
            int node = position[stack[--top]];
            if (node == dag.size || !ready(node) || !possible(node, layout)) {
                continue;
            }
            done.accept(node);
            count++;
            for (int slot = dag.wireStart[node]; slot < dag.wireStart[node + 1]; slot++) {
                position[dag.wire[slot]] = dag.next[slot];
                touch(dag.wire[slot]);
            }
        }
        return count;
    }

    /** Exchanges who stands at two places, of whom there may be none, and touches those who moved. */
    void exchange(int p, int r, int[] occupant, int[] layout) {
        int a = occupant[p];
        int b = occupant[r];
        occupant[p] = b;
        occupant[r] = a;
        if (a >= 0) {
            layout[a] = r;
            touch(a);
        }
        if (b >= 0) {
            layout[b] = p;
            touch(b);
        }
    }

    /** Who stands at each place, or -1. */
    int[] occupants(int[] layout) {
        int[] occupant = new int[device.size];
        java.util.Arrays.fill(occupant, -1);
        for (int q = 0; q < layout.length; q++) {
            occupant[layout[q]] = q;
        }
        return occupant;
    }

    /** Whether the node is the next on all its wires. */
    boolean ready(int node) {
        for (int slot = dag.wireStart[node]; slot < dag.wireStart[node + 1]; slot++) {
            if (position[dag.wire[slot]] != node) {
                return false;
            }
        }
        return true;
    }

    private boolean possible(int node, int[] layout) {
        return dag.isFence(node) || device.adjacent(layout[dag.first[node]], layout[dag.second[node]]);
    }
}
