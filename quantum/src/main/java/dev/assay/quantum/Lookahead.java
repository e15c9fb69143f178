package dev.assay.quantum;

/**
 * How a position is judged: the distances of the nodes to come, the nearest counting most, and what is left to do.
 * Integers, so that sums are the same in whatever order they are made.
 *
 * @param weights of the first, second, ... node not yet done, in units of {@link #UNIT}
 * @param perNode the price of every node not yet done, in the same units
 */
record Lookahead(int[] weights, int perNode) {
    static final int UNIT = 1024;

    /**
     * @param nodes how many nodes are looked at
     * @param fading the weight of each relative to the one before
     * @param progress the price of a node not yet done, relative to one hop of the nearest node
     */
    static Lookahead of(int nodes, double fading, double progress) {
        int[] weights = new int[nodes];
        double weight = UNIT;
        for (int k = 0; k < nodes; k++) {
            weights[k] = Math.max(1, (int) Math.round(weight));
            weight *= fading;
        }
        return new Lookahead(weights, (int) Math.round(UNIT * progress));
    }

    int nodes() {
        return weights.length;
    }
}
