package dev.assay.quantum;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Puts the qubits of a connected coupling map so that distances in the plane are as near as may be to hops: stress
 * majorisation (Gansner, Koren, North, Graph Drawing 2004) with weights hops^-2, one qubit after another moved to where
 * the others want it. It starts from pivot MDS (Brandes, Pich, Graph Drawing 2006), the projection in which hops to a
 * few far qubits spread most. The result is the same at every run.
 */
final class StressLayout {
    private static final int PIVOTS = 40;
    private static final int POWER_STEPS = 60;
    private static final int ROUNDS = 300;
    /** Pairs that are looked at in all; very large devices get fewer rounds. */
    private static final long PAIRS = 400_000_000L;
    private static final double ENOUGH = 1e-4;
    /** Squares have a habit of 1, hexagons of 0. */
    private static final double HABIT = 0.4;

    private final int size;
    private final Topology device;
    private final int[] members;
    private final double[] x;
    private final double[] y;

    private StressLayout(Topology device, int[] members) {
        this.device = device;
        this.members = members;
        this.size = members.length;
        this.x = new double[size];
        this.y = new double[size];
    }

    /**
     * @param members the qubits of one connected part
     * @return x and y by member; couplings have a length of about 1
     */
    static double[][] of(Topology device, int[] members) {
        StressLayout layout = new StressLayout(device, members);
        if (members.length > 1) {
            layout.project();
            layout.majorise();
            layout.turn();
        }
        return new double[][]{layout.x, layout.y};
    }

    private double hops(int i, int j) {
        return device.distance(members[i], members[j]);
    }

    private void project() {
        int[] pivots = pivots();
        double[][] centred = new double[size][pivots.length];
        double[] columns = new double[pivots.length];
        double all = 0;
        for (int i = 0; i < size; i++) {
            double row = 0;
            for (int k = 0; k < pivots.length; k++) {
                centred[i][k] = hops(i, pivots[k]) * hops(i, pivots[k]);
                row += centred[i][k] / pivots.length;
                columns[k] += centred[i][k] / size;
            }
            all += row / size;
            for (int k = 0; k < pivots.length; k++) {
                centred[i][k] -= row;
            }
        }
        for (double[] row : centred) {
            for (int k = 0; k < row.length; k++) {
                row[k] = -0.5 * (row[k] - columns[k] + all);
            }
        }
        double[] first = direction(centred, null);
        double[] second = direction(centred, first);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < size; i++) {
            // Qubits with equal hops to all others would fall together and never part.
            x[i] = dot(centred[i], first) + random.nextDouble(-0.01, 0.01);
            y[i] = dot(centred[i], second) + random.nextDouble(-0.01, 0.01);
        }
        scale();
    }

    /** Each next one as far as may be from those before. */
    private int[] pivots() {
        int[] pivots = new int[Math.min(PIVOTS, size)];
        double[] nearest = new double[size];
        Arrays.fill(nearest, Double.MAX_VALUE);
        for (int k = 1; k < pivots.length; k++) {
            int farthest = 0;
            for (int i = 0; i < size; i++) {
                nearest[i] = Math.min(nearest[i], hops(i, pivots[k - 1]));
                farthest = nearest[i] > nearest[farthest] ? i : farthest;
            }
            pivots[k] = farthest;
        }
        return pivots;
    }

    /** The direction, of those at right angles to a given one, in which the rows spread most. */
    private static double[] direction(double[][] rows, double[] unlike) {
        int width = rows[0].length;
        SplittableRandom random = new SplittableRandom(unlike == null ? 1 : 2);
        double[] direction = random.doubles(width, -1, 1).toArray();
        for (int step = 0; step < POWER_STEPS; step++) {
            if (unlike != null) {
                double along = dot(direction, unlike);
                for (int k = 0; k < width; k++) {
                    direction[k] -= along * unlike[k];
                }
            }
            double[] next = new double[width];
            for (double[] row : rows) {
                double along = dot(row, direction);
                for (int k = 0; k < width; k++) {
                    next[k] += along * row[k];
                }
            }
            double length = Math.sqrt(dot(next, next));
            if (length < 1e-12) {
                break; // a line has one direction only
            }
            for (int k = 0; k < width; k++) {
                direction[k] = next[k] / length;
            }
        }
        double length = Math.sqrt(dot(direction, direction));
        return Arrays.stream(direction).map(d -> length == 0 ? 0 : d / length).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    /** So that couplings have a length of 1 in the mean. */
    private void scale() {
        double sum = 0;
        int couplings = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (hops(i, j) == 1) {
                    sum += Math.hypot(x[i] - x[j], y[i] - y[j]);
                    couplings++;
                }
            }
        }
        double factor = sum > 0 ? couplings / sum : 1;
        for (int i = 0; i < size; i++) {
            x[i] *= factor;
            y[i] *= factor;
        }
    }

    private void majorise() {
        long rounds = Math.clamp(PAIRS / ((long) size * size), 3, ROUNDS);
        for (long round = 0; round < rounds; round++) {
            double moved = 0;
            for (int i = 0; i < size; i++) {
                moved = Math.max(moved, settle(i));
            }
            if (moved < ENOUGH) {
                return;
            }
        }
    }

    /** Moves one qubit to the mean of where each other one wants it; returns how far. */
    private double settle(int i) {
        double sumX = 0;
        double sumY = 0;
        double weights = 0;
        for (int j = 0; j < size; j++) {
            if (j == i) {
                continue;
            }
            double hops = hops(i, j);
            double weight = 1 / (hops * hops);
            double dx = x[i] - x[j];
            double dy = y[i] - y[j];
            double stretch = hops / Math.max(1e-9, Math.sqrt(dx * dx + dy * dy));
            sumX += weight * (x[j] + dx * stretch);
            sumY += weight * (y[j] + dy * stretch);
            weights += weight;
        }
        double toX = sumX / weights;
        double toY = sumY / weights;
        double moved = Math.hypot(toX - x[i], toY - y[i]);
        x[i] = toX;
        y[i] = toY;
        return moved;
    }

    /** Turns the picture so that couplings run level or upright when they have that habit, else so that it lies flat. */
    private void turn() {
        double real = 0;
        double imaginary = 0;
        int couplings = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (hops(i, j) == 1) {
                    double angle = Math.atan2(y[i] - y[j], x[i] - x[j]);
                    real += Math.cos(4 * angle);
                    imaginary += Math.sin(4 * angle);
                    couplings++;
                }
            }
        }
        boolean square = Math.hypot(real, imaginary) > HABIT * couplings;
        rotate(square ? -Math.atan2(imaginary, real) / 4 : -longAxis());
        if (extent(y) > extent(x)) {
            rotate(Math.PI / 2);
        }
        // The first qubit at the upper left, as far as mirroring brings it there.
        mirror(x);
        mirror(y);
    }

    /** The angle of the axis along which the qubits spread most. */
    private double longAxis() {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double difference = 0;
        double mixed = 0;
        for (int i = 0; i < size; i++) {
            difference += (x[i] - meanX) * (x[i] - meanX) - (y[i] - meanY) * (y[i] - meanY);
            mixed += (x[i] - meanX) * (y[i] - meanY);
        }
        return Math.atan2(2 * mixed, difference) / 2;
    }

    private void rotate(double by) {
        double cos = Math.cos(by);
        double sin = Math.sin(by);
        for (int i = 0; i < size; i++) {
            double oldX = x[i];
            x[i] = cos * oldX - sin * y[i];
            y[i] = sin * oldX + cos * y[i];
        }
    }

    private static double extent(double[] values) {
        return Arrays.stream(values).max().orElse(0) - Arrays.stream(values).min().orElse(0);
    }

    private static void mirror(double[] values) {
        if (values[0] > Arrays.stream(values).average().orElse(0)) {
            for (int i = 0; i < values.length; i++) {
                values[i] = -values[i];
            }
        }
    }
}
