package dev.assay.quantum;

import java.util.ArrayList;
import java.util.List;

/**
 * A way through a program: where the logical qubits begin, and which physical pairs exchange their qubits. Between
 * swaps, everything that can be done is done.
 *
 * @param start the physical qubit of each logical one
 * @param swaps pairs, two entries each
 */
record Route(int[] start, int[] swaps) {
    int count() {
        return swaps.length / 2;
    }

    /** Where the logical qubits are at the end. */
    int[] end() {
        int[] layout = start.clone();
        for (int i = 0; i < swaps.length; i += 2) {
            exchange(layout, swaps[i], swaps[i + 1]);
        }
        return layout;
    }

    /** The route of the program read backwards, as a route of the program. */
    Route reversed() {
        int[] backwards = new int[swaps.length];
        for (int i = 0; i < swaps.length; i += 2) {
            backwards[swaps.length - 2 - i] = swaps[i];
            backwards[swaps.length - 1 - i] = swaps[i + 1];
        }
        return new Route(end(), backwards);
    }

    static void exchange(int[] layout, int p, int r) {
        for (int q = 0; q < layout.length; q++) {
            if (layout[q] == p) {
                layout[q] = r;
            } else if (layout[q] == r) {
                layout[q] = p;
            }
        }
    }

    /** Writes the program along this route; swaps are gates named swap. */
    List<Operation> emit(Program program, Topology device) {
        Interactions dag = program.interactions;
        List<Operation> out = new ArrayList<>(program.steps.size() + count());
        int[] layout = start.clone();
        Program.Emission emission = program.new Emission(layout, out);
        Walk walk = new Walk(dag, device);
        int[] occupant = walk.occupants(layout);
        walk.begin();
        int done = walk.advance(layout, emission::node);
        for (int i = 0; i < swaps.length; i += 2) {
            int p = swaps[i];
            int r = swaps[i + 1];
            out.add(Operation.Gate.of("swap", p, r));
            walk.exchange(p, r, occupant, layout);
            done += walk.advance(layout, emission::node);
        }
        if (done != dag.size) {
            throw new IllegalStateException("a route ended after " + done + " of " + dag.size + " nodes");
        }
        return out;
    }
}
