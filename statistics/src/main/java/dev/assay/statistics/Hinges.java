package dev.assay.statistics;

import java.util.Arrays;

/**
 * Straight-line and two-line least squares over fixed x, for a grid of possible knees. Each hinge max(0, x - knee) is made orthogonal to
 * the straight lines once, after which a fit is one inner product: the squares it saves are (hinge · y)².
 */
final class Hinges {
    private static final int GRID = 2_000;

    private final double[] x;
    private final double meanX;
    private final double squaresX;
    private final double[] knees;
    /** Orthogonal to 1 and x, of length 1. */
    private final double[][] hinges;
    /** What the plain hinge's length and slope along x are, to undo the orthogonalisation. */
    private final double[] lengths;
    private final double[] slopes;

    private Hinges(Sample sample, double from, double to) {
        this.x = sample.values();
        this.meanX = sample.mean();
        this.squaresX = sample.variance() * (x.length - 1);
        this.knees = new double[GRID + 1];
        this.hinges = new double[GRID + 1][];
        this.lengths = new double[GRID + 1];
        this.slopes = new double[GRID + 1];
        for (int k = 0; k <= GRID; k++) {
            double knee = from + (to - from) * k / GRID;
            knees[k] = knee;
            double[] hinge = Arrays.stream(x).map(at -> Math.max(0, at - knee)).toArray();
            slopes[k] = slope(hinge);
            hinges[k] = straightResiduals(hinge);
            lengths[k] = Math.sqrt(squares(hinges[k]));
            for (int i = 0; i < x.length; i++) {
                hinges[k][i] /= lengths[k];
            }
        }
    }

    /** Knees from the second to the second-last different x. */
    static Hinges over(Sample x) {
        double[] distinct = Arrays.stream(x.sorted()).distinct().toArray();
        if (distinct.length < 4) {
            throw new StatisticsException("a knee needs at least 4 different x, these have " + distinct.length
                    + "; observe more points");
        }
        return new Hinges(x, distinct[1], distinct[distinct.length - 2]);
    }

    double at(int knee) {
        return knees[knee];
    }

    /** Residual squares of the best two lines, for each knee of the grid. */
    double[] residualSquares(double[] y) {
        double[] residuals = straightResiduals(y);
        double straight = squares(residuals);
        double[] result = new double[knees.length];
        for (int k = 0; k < result.length; k++) {
            double saved = dot(hinges[k], residuals);
            result[k] = Math.max(0, straight - saved * saved);
        }
        return result;
    }

    double straightSquares(double[] y) {
        return squares(straightResiduals(y));
    }

    double slope(double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - meanX) * y[i];
        }
        return sum / squaresX;
    }

    /** Slope of the first line, and how much steeper the second is. */
    double[] lines(double[] y, int knee) {
        double bend = dot(hinges[knee], straightResiduals(y)) / lengths[knee];
        return new double[]{slope(y) - bend * slopes[knee], bend};
    }

    private double[] straightResiduals(double[] y) {
        double slope = slope(y);
        double mean = Arrays.stream(y).average().orElseThrow();
        double[] residuals = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            residuals[i] = y[i] - mean - slope * (x[i] - meanX);
        }
        return residuals;
    }

    private static double squares(double[] values) {
        return dot(values, values);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
