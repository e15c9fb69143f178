package dev.assay.quantum;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Changes a layout as little as may be until it satisfies one wish more: first only the labels near that wish may move,
 * then those further off, then all.
 */
final class LayoutRepair {
    private static final int NONE = -1;
    private static final int[] RADIUS = {1, 3, 1000};
    /** How often the whole device is tried, from other beginnings: some find at once what others never do. */
    private static final int RUNS = 3;
    private static final int THOROUGH_RUNS = 9;

    private final Topology device;
    private final Placement placement;
    private final int labels;
    private final Movables movables;
    private final WishSolver solver;
    private final BooleanSupplier stopped;
    private final boolean thorough;
    private Wishes wishes;
    private int[] former;
    private long settling;

    /** @param thorough whether a layout of the whole device is sought longer */
    LayoutRepair(Topology device, Placement placement, boolean thorough, long seed, BooleanSupplier stopped) {
        this.device = device;
        this.placement = placement;
        this.labels = device.size;
        this.stopped = stopped;
        this.thorough = thorough;
        this.movables = new Movables(labels);
        this.solver = new WishSolver(device, placement, seed, stopped);
    }

    /** How much was done so far, in the steps that budgets count. */
    long work() {
        return solver.work + settling;
    }

    /**
     * Changes {@code layout} so that all wishes hold, one of which, that of a and b, is new.
     *
     * @param layout the place of each label, a permutation
     * @param furthest how many of the radii are tried
     * @return whether that was possible; otherwise the layout is what it was
     */
    boolean repair(int[] layout, Wishes wished, int a, int b, int most, int furthest) {
        wishes = wished;
        former = layout;
        solver.aim(wished, layout);
        int before = -1;
        for (int radius = 0; radius < furthest; radius++) {
            movables.clear();
            gather(a, b, RADIUS[radius]);
            boolean more = movables.count > before;
            before = movables.count;
            boolean all = radius == RADIUS.length - 1;
            int steps = all && thorough ? 2 * most : most;
            for (int run = !all ? 1 : thorough ? THOROUGH_RUNS : RUNS; more && run > 0; run--) {
                if (solver.solve(movables, !all || run % 2 == 1, steps)) {
                    settle();
                    return true;
                }
                more = solver.outOfSteps();
            }
        }
        return false;
    }

    /** A layout for all wishes from nothing. */
    int[] fresh(Wishes wished, int most, int runs) {
        wishes = wished;
        former = new int[labels];
        Arrays.fill(former, NONE);
        solver.aim(wished, former);
        movables.clear();
        for (int q = 0; q < labels; q++) {
            if (wishes.about(q)) {
                movables.add(q);
            }
        }
        for (int run = 0; run < runs; run++) {
            // Whether former places are heeded does not matter here, as there are none.
            if (solver.solve(movables, true, most * (1 + run / 4))) {
                settle();
                return former;
            }
            if (!solver.outOfSteps() || stopped.getAsBoolean()) {
                break;
            }
        }
        return null;
    }

    /** Puts those that may move where they are to be, and those that are in their way near where they were. */
    private void settle() {
        boolean[] taken = new boolean[device.size];
        for (int i = 0; i < movables.count; i++) {
            taken[solver.found[i]] = true;
        }
        boolean[] homeless = new boolean[labels];
        for (int q = 0; q < labels; q++) {
            if (movables.number[q] == NONE) {
                homeless[q] = former[q] == NONE || taken[former[q]];
                if (!homeless[q]) {
                    taken[former[q]] = true;
                }
            }
        }
        for (int q = 0; q < labels; q++) {
            if (homeless[q]) {
                former[q] = nearestFree(q, taken);
                taken[former[q]] = true;
            }
        }
        for (int i = 0; i < movables.count; i++) {
            former[movables.qubit[i]] = solver.found[i];
        }
        settling += labels;
    }

    private int nearestFree(int q, boolean[] taken) {
        int nearest = NONE;
        for (int p = 0; p < device.size; p++) {
            if (!taken[p] && placement.allows(q, p) && (nearest == NONE || former[q] != NONE
                    && device.distance(former[q], p) < device.distance(former[q], nearest))) {
                nearest = p;
            }
        }
        return nearest;
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
        for (int q = 0; q < labels; q++) {
            if (wishes.about(q) && (near(q, a, radius) || near(q, b, radius))) {
                movables.add(q);
            }
        }
    }

    private boolean near(int q, int a, int radius) {
        return device.distance(former[q], former[a]) <= radius;
    }
}
