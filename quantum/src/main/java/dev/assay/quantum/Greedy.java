package dev.assay.quantum;

import java.util.List;
import java.util.SplittableRandom;

/** One quick pass, for when there is no time to search. */
final class Greedy {
    private Greedy() {}

    static Route route(Interactions dag, Topology device, Placement placement, long seed) {
        int[] start = placement.random(new SplittableRandom(seed));
        return new BeamSearch(dag, device, Lookahead.of(20, 0.85, 1.5), seed).run(List.of(start), 1, () -> false)
                .route();
    }
}
