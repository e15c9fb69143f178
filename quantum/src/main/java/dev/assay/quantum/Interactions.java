package dev.assay.quantum;

import java.util.Arrays;

/**
 * What a router must know of a circuit: which logical qubits meet, in which order. Everything else (one-qubit gates,
 * names, angles) is left out, and gates that follow one another on the same two qubits are one node.
 *
 * <p>
 * A node lies on wires. Wires 0 to {@code qubits - 1} are the logical qubits; further wires carry classical bits whose
 * order matters. Two nodes that share a wire keep their order; all others may be exchanged. A node whose {@code first}
 * is {@link #FENCE} asks for no coupling (a barrier, a measurement that a condition waits for): it only keeps order.
 *
 * <pre>
 *   wire:       | wires of node 0 | wires of node 1 | ...
 *   next:       | the next node on each of those wires, or size when there is none
 *   wireStart:  where each node's slice begins; one more entry than nodes
 * </pre>
 *
 * Nodes are numbered by layer (longest chain of coupled nodes before them), so the index order is a topological order
 * in which near work comes first.
 */
final class Interactions {
    static final int FENCE = -1;

    final int qubits;
    final int wires;
    final int size;
    final int[] first;
    final int[] second;
    final int[] layer;
    final int[] wireStart;
    final int[] wire;
    final int[] next;
    /** The first node on each wire, or {@code size}. */
    final int[] head;
    /** The node's number in the order in which it was added. */
    final int[] origin;

    private Interactions(int qubits, int wires, int[] first, int[] second, int[] wireStart, int[] wire, int[] layer,
            int[] origin) {
        this.qubits = qubits;
        this.wires = wires;
        this.size = first.length;
        this.first = first;
        this.second = second;
        this.wireStart = wireStart;
        this.wire = wire;
        this.layer = layer;
        this.origin = origin;
        this.next = new int[wire.length];
        this.head = new int[wires];
        Arrays.fill(head, size);
        for (int node = size - 1; node >= 0; node--) {
            for (int slot = wireStart[node]; slot < wireStart[node + 1]; slot++) {
                next[slot] = head[wire[slot]];
                head[wire[slot]] = node;
            }
        }
    }

    /** The same meetings in the opposite order: a route through them, read backwards, is a route through these. */
    Interactions reversed() {
        Builder builder = new Builder(qubits, wires);
        for (int node = size - 1; node >= 0; node--) {
            builder.add(first[node], second[node], Arrays.copyOfRange(wire, wireStart[node], wireStart[node + 1]));
        }
        return builder.build();
    }

    /** The first nodes alone. */
    Interactions prefix(int nodes) {
        Builder builder = new Builder(qubits, wires);
        for (int node = 0; node < nodes; node++) {
            builder.add(first[node], second[node], Arrays.copyOfRange(wire, wireStart[node], wireStart[node + 1]));
        }
        return builder.build();
    }

    /** The nodes as they were added. */
    int[] inProgramOrder() {
        int[] order = new int[size];
        for (int node = 0; node < size; node++) {
            order[origin[node]] = node;
        }
        return order;
    }

    boolean isFence(int node) {
        return first[node] == FENCE;
    }

    /** Collects nodes in program order. */
    static final class Builder {
        private final int qubits;
        private final int wires;
        private int size;
        private int[] first = new int[64];
        private int[] second = new int[64];
        private int[] wireStart = new int[65];
        private int[] wire = new int[128];
        private int[] layer = new int[64];
        private final int[] depth;

        Builder(int qubits, int wires) {
            this.qubits = qubits;
            this.wires = wires;
            this.depth = new int[wires];
        }

        /** Adds a node on these wires; {@code a} and {@code b} must be coupled, or {@code a} is a fence. */
        int add(int a, int b, int... onWires) {
            if (size == first.length) {
                int larger = size * 2;
                first = Arrays.copyOf(first, larger);
                second = Arrays.copyOf(second, larger);
                layer = Arrays.copyOf(layer, larger);
                wireStart = Arrays.copyOf(wireStart, larger + 1);
            }
            int start = wireStart[size];
            if (start + onWires.length > wire.length) {
                wire = Arrays.copyOf(wire, Math.max(wire.length * 2, start + onWires.length));
            }
            int deepest = 0;
            for (int w : onWires) {
                deepest = Math.max(deepest, depth[w]);
            }
            int after = a == FENCE ? deepest : deepest + 1;
            for (int i = 0; i < onWires.length; i++) {
                wire[start + i] = onWires[i];
                depth[onWires[i]] = after;
            }
            first[size] = a;
            second[size] = b;
            layer[size] = deepest;
            wireStart[size + 1] = start + onWires.length;
            return size++;
        }

        /** Numbers the nodes by layer, keeping program order within a layer (a counting sort, hence stable). */
        Interactions build() {
            int layers = 0;
            for (int node = 0; node < size; node++) {
                layers = Math.max(layers, layer[node] + 1);
            }
            int[] place = new int[layers + 1];
            for (int node = 0; node < size; node++) {
                place[layer[node] + 1]++;
            }
            for (int i = 0; i < layers; i++) {
                place[i + 1] += place[i];
            }
            int[] origin = new int[size];
            for (int node = 0; node < size; node++) {
                origin[place[layer[node]]++] = node;
            }
            int[] a = new int[size];
            int[] b = new int[size];
            int[] l = new int[size];
            int[] starts = new int[size + 1];
            int[] onWires = new int[wireStart[size]];
            for (int node = 0; node < size; node++) {
                int from = origin[node];
                int length = wireStart[from + 1] - wireStart[from];
                a[node] = first[from];
                b[node] = second[from];
                l[node] = layer[from];
                starts[node + 1] = starts[node] + length;
                System.arraycopy(wire, wireStart[from], onWires, starts[node], length);
            }
            return new Interactions(qubits, wires, a, b, starts, onWires, l, origin);
        }
    }
}
