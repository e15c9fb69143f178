package dev.assay.quantum;

import java.util.Arrays;

/**
 * Changes a layout as little as may be until it satisfies one wish more: first only the qubits near that wish may move,
 * then those further off, then all.
 */
final class LayoutRepair {
    private static final int NONE = -1;
    private static final int[] RADIUS = {1, 3, 1000};
    private static final int RUNS = 3;

    private final Topology device;
    private final int qubits;
    private final Movables movables;
    private final WishSolver solver;
    private Wishes wishes;
    private int[] former;
    private Frame now;

    LayoutRepair(int qubits, Topology device, Placement placement, long seed) {
        this.device = device;
        this.qubits = qubits;
        this.movables = new Movables(qubits);
        this.solver = new WishSolver(qubits, device, placement, seed);
    }

    long work() {
        return solver.work;
    }

    /**
     * Changes {@code layout} so that all wishes hold, one of which, that of a and b in this frame, is new.
     *
     * @param layout the first place of each qubit, or -1 for those that have none yet
     * @return whether that was possible; otherwise the layout is what it was
     */
    boolean repair(int[] layout, Wishes wished, Frame[] seen, int frame, int a, int b, int most) {
        now = seen[frame];
        wishes = wished;
        former = layout;
        solver.aim(wished, seen, layout);
        int before = -1;
        for (int radius : RADIUS) {
            movables.clear();
            gather(a, b, radius);
            boolean more = movables.count > before;
            before = movables.count;
            boolean all = radius == RADIUS[RADIUS.length - 1];
            for (int run = all ? RUNS : 1; more && run > 0; run--) {
                if (solver.solve(movables, !all || run % 2 == 1, most)) {
                    return true;
                }
                more = solver.outOfSteps();
            }
        }
        return false;
    }

    /** A layout for all wishes from nothing. */
    int[] fresh(Wishes wished, Frame[] seen, int most, int runs) {
        int[] layout = new int[qubits];
        Arrays.fill(layout, NONE);
        solver.aim(wished, seen, layout);
        movables.clear();
        for (int q = 0; q < qubits; q++) {
            if (wished.partner[q].length > 0) {
                movables.add(q);
            }
        }
        for (int run = 0; run < runs; run++) {
            // Whether former places are heeded does not matter here, as there are none.
            if (solver.solve(movables, true, most * (1 + run / 4))) {
                return layout;
            }
            if (!solver.outOfSteps()) {
                break;
            }
        }
        return null;
    }

    private void gather(int a, int b, int radius) {
        movables.add(a);
        movables.add(b);
        int from = 0;
        for (int r = 0; r < radius && from < movables.count; r++) {
            int to = movables.count;
            for (; from < to; from++) {
                for (int partner : wishes.partner[movables.qubit[from]]) {
                    movables.add(partner);
                }
            }
        }
        for (int q = 0; q < qubits; q++) {
            if (former[q] != NONE && wishes.partner[q].length > 0 && (near(q, a, radius) || near(q, b, radius))) {
                movables.add(q);
            }
        }
    }

    private boolean near(int q, int a, int radius) {
        return former[a] != NONE && device.distance(now.at[former[q]], now.at[former[a]]) <= radius;
    }
}
