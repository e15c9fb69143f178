package dev.assay.quantum;

import java.util.Arrays;

/**
 * Removes swaps that the free choice of the first layout makes unnecessary: a swap of two qubits neither of which has
 * done anything yet is a different start. The same read backwards removes swaps after which neither does anything.
 */
final class Absorption {
    private Absorption() {}

    static Route of(Route route, Interactions forwards, Interactions backwards, Topology device) {
        Route once = atStart(route, forwards, device);
        return atStart(once.reversed(), backwards, device).reversed();
    }

    private static Route atStart(Route route, Interactions dag, Topology device) {
        int[] layout = route.start().clone();
        int[] start = route.start().clone();
        boolean[] moved = new boolean[layout.length];
        // Once an empty place has been exchanged with a qubit that worked, the place itself has a history.
        boolean[] used = new boolean[device.size];
        Walk walk = new Walk(dag, device);
        int[] occupant = walk.occupants(layout);
        walk.begin();
        walk.advance(layout, node -> work(dag, node, moved));
        int[] kept = new int[route.swaps().length];
        int size = 0;
        for (int i = 0; i < route.swaps().length; i += 2) {
            int p = route.swaps()[i];
            int r = route.swaps()[i + 1];
            int a = occupant[p];
            int b = occupant[r];
            boolean free = (a < 0 ? !used[p] : !moved[a]) && (b < 0 ? !used[r] : !moved[b]);
            walk.exchange(p, r, occupant, layout);
            if (free) {
                // No kept swap has touched p or r, so who stands there now stands there in the start: exchange them there.
                Route.exchange(start, p, r);
            } else {
                kept[size++] = p;
                kept[size++] = r;
                if (a >= 0) {
                    moved[a] = true;
                }
                if (b >= 0) {
                    moved[b] = true;
                }
                used[p] = true;
                used[r] = true;
            }
            walk.advance(layout, node -> work(dag, node, moved));
        }
        return size == kept.length ? route : new Route(start, Arrays.copyOf(kept, size));
    }

    private static void work(Interactions dag, int node, boolean[] moved) {
        for (int slot = dag.wireStart[node]; slot < dag.wireStart[node + 1]; slot++) {
            if (dag.wire[slot] < moved.length) {
                moved[dag.wire[slot]] = true;
            }
        }
    }
}
