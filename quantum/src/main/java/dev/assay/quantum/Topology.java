package dev.assay.quantum;

import java.util.Arrays;

/** A coupling map as flat arrays: neighbours, and the hops between any two physical qubits. */
final class Topology {
    /** Stands for "no path"; larger than any path and small enough to be added up. */
    static final short UNREACHABLE = Short.MAX_VALUE / 2;

    final int size;
    /** Neighbours of p lie in {@code neighbour[start[p]]} to {@code neighbour[start[p + 1] - 1]}, ascending. */
    final int[] start;
    final int[] neighbour;
    /** Hops from p to q at {@code p * size + q}. */
    final short[] distance;
    final int diameter;

    /** Pairs as given; directions and repetitions do not matter. */
    Topology(int size, int[][] edges) {
        this.size = size;
        int[] degree = new int[size + 1];
        for (int[] edge : edges) {
            degree[edge[0] + 1]++;
            degree[edge[1] + 1]++;
        }
        for (int p = 0; p < size; p++) {
            degree[p + 1] += degree[p];
        }
        this.start = degree.clone();
        this.neighbour = new int[start[size]];
        int[] fill = Arrays.copyOf(degree, size);
        for (int[] edge : edges) {
            neighbour[fill[edge[0]]++] = edge[1];
            neighbour[fill[edge[1]]++] = edge[0];
        }
        for (int p = 0; p < size; p++) {
            Arrays.sort(neighbour, start[p], start[p + 1]);
        }
        this.distance = new short[size * size];
        this.diameter = measure();
    }

    /** Breadth-first from every qubit: O(qubits x couplings), which is small because hardware is sparse. */
    private int measure() {
        Arrays.fill(distance, UNREACHABLE);
        int[] queue = new int[size];
        int longest = 0;
        for (int from = 0; from < size; from++) {
            int row = from * size;
            int tail = 0;
            queue[tail++] = from;
            distance[row + from] = 0;
            for (int at = 0; at < tail; at++) {
                int p = queue[at];
                for (int i = start[p]; i < start[p + 1]; i++) {
                    int q = neighbour[i];
                    if (distance[row + q] == UNREACHABLE) {
                        distance[row + q] = (short) (distance[row + p] + 1);
                        queue[tail++] = q;
                    }
                }
            }
            longest = Math.max(longest, distance[row + queue[tail - 1]]);
        }
        return longest;
    }

    int distance(int p, int q) {
        return distance[p * size + q];
    }

    /** Mean hops over all pairs that are joined. */
    double meanDistance() {
        long sum = 0;
        long pairs = 0;
        for (short hops : distance) {
            if (hops > 0 && hops < UNREACHABLE) {
                sum += hops;
                pairs++;
            }
        }
        return pairs == 0 ? 0 : sum / (double) pairs;
    }

    boolean adjacent(int p, int q) {
        return distance[p * size + q] == 1;
    }

    int degree(int p) {
        return start[p + 1] - start[p];
    }
}
