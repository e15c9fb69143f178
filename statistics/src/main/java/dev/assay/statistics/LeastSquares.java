package dev.assay.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/** Least squares, with intervals of the parameters. Residuals must be independent, of equal variance, and about normal. */
public final class LeastSquares {
    /** Relative size below which a column adds nothing to the others; above the error of a numeric Jacobian. */
    private static final double SINGULAR = 1e-8;

    private static final int MOST_EVALUATIONS = 2_000;

    private LeastSquares() {}

    /**
     * A column of a linear model.
     *
     * @param values one per observation; all 1 for the intercept
     */
    public record Term(String name, Sample values) {
        /** The intercept. */
        public static Term constant(String name, int observations) {
            double[] ones = new double[Require.atLeast(1, observations, "the number of observations")];
            Arrays.fill(ones, 1);
            return new Term(name, Sample.of(ones));
        }
    }

    /** A curve to fit. */
    @FunctionalInterface
    public interface Curve {
        /** The model's value at x, smooth in the parameters. */
        double at(double x, double[] parameters);
    }

    /** A curve's parameter and where the search for it begins. */
    public record Start(String name, double value) {}

    /** Fits observed ≈ Σ parameter · term, by QR decomposition. */
    public static Fit linear(List<Term> terms, Sample observed, double confidence) {
        int n = observed.size();
        requireFreedom(n, terms.size());
        RealMatrix design = new Array2DRowRealMatrix(n, terms.size());
        for (int j = 0; j < terms.size(); j++) {
            Term term = terms.get(j);
            if (term.values().size() != n) {
                throw new StatisticsException(
                        "term " + term.name() + " has " + term.values().size() + " values for " + n
                                + " observations; give one each");
            }
            design.setColumn(j, term.values().values());
        }
        List<String> names = terms.stream().map(Term::name).toList();
        Decomposition decomposition = Decomposition.of(design, names);
        RealVector target = new ArrayRealVector(observed.values());
        RealVector parameters = decomposition.solve(target);
        RealVector residuals = target.subtract(design.operate(parameters));
        return fit(names, parameters.toArray(), decomposition.spread(), residuals.toArray(), observed, confidence);
    }

    /**
     * Fits observed ≈ curve(x) by Levenberg-Marquardt (Moré 1978, as in MINPACK), with a numeric Jacobian.
     *
     * @param starts the nearer the truth the better; a poor start ends in an exception or a poor fit, which {@link Fit#explained} shows
     * @throws StatisticsException if the search does not end, or the observations do not determine all parameters
     */
    public static Fit curve(Curve curve, List<Start> starts, Sample x, Sample observed, double confidence) {
        int n = observed.size();
        if (x.size() != n) {
            throw new StatisticsException(x.size() + " values of x for " + n + " observations; give one each");
        }
        requireFreedom(n, starts.size());
        double[] start = starts.stream().mapToDouble(Start::value).toArray();
        List<String> names = starts.stream().map(Start::name).toList();
        try {
            Optimum optimum = new LevenbergMarquardtOptimizer().optimize(new LeastSquaresBuilder().start(start)
                    .target(observed.values()).model(point -> valueAndJacobian(curve, x, point.toArray()))
                    .maxEvaluations(MOST_EVALUATIONS).maxIterations(MOST_EVALUATIONS).build());
            double[] spread = Decomposition.of(optimum.getJacobian(), names).spread();
            return fit(names, optimum.getPoint().toArray(), spread, optimum.getResiduals().toArray(), observed,
                    confidence);
        } catch (MathRuntimeException e) {
            throw new StatisticsException(
                    "no fit of " + names + " from " + Arrays.toString(start) + ": " + e.getMessage()
                            + "; start nearer, or observe where the curve bends");
        }
    }

    private static Pair<RealVector, RealMatrix> valueAndJacobian(Curve curve, Sample x, double[] parameters) {
        double[] values = values(curve, x, parameters);
        RealMatrix jacobian = new Array2DRowRealMatrix(values.length, parameters.length);
        for (int j = 0; j < parameters.length; j++) {
            // The cube root of the rounding error balances truncation and cancellation of a central difference.
            double step = Math.cbrt(Math.ulp(1.0)) * Math.max(Math.abs(parameters[j]), 1e-3);
            double[] up = parameters.clone();
            double[] down = parameters.clone();
            up[j] += step;
            down[j] -= step;
            RealVector difference = new ArrayRealVector(values(curve, x, up))
                    .subtract(new ArrayRealVector(values(curve, x, down)));
            jacobian.setColumnVector(j, difference.mapDivide(up[j] - down[j]));
        }
        return new Pair<>(new ArrayRealVector(values), jacobian);
    }

    private static double[] values(Curve curve, Sample x, double[] parameters) {
        double[] values = new double[x.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Require.finite(curve.at(x.arrivedValue(i), parameters),
                    "the curve at " + x.arrivedValue(i) + " with parameters " + Arrays.toString(parameters));
        }
        return values;
    }

    private static void requireFreedom(int observations, int parameters) {
        if (parameters < 1 || observations <= parameters) {
            throw new StatisticsException("a fit needs more observations than parameters: " + observations + " for "
                    + parameters + "; observe more points");
        }
    }

    /** QR of a matrix with its columns scaled to length 1: heap bytes beside an intercept of 1 would otherwise look singular. */
    private record Decomposition(QRDecomposition qr, double[] norms) {
        static Decomposition of(RealMatrix matrix, List<String> names) {
            RealMatrix scaled = matrix.copy();
            double[] norms = new double[names.size()];
            for (int j = 0; j < norms.length; j++) {
                double norm = matrix.getColumnVector(j).getNorm();
                norms[j] = norm == 0 ? 1 : norm;
                scaled.setColumnVector(j, matrix.getColumnVector(j).mapDivide(norms[j]));
            }
            QRDecomposition qr = new QRDecomposition(scaled, SINGULAR);
            if (!qr.getSolver().isNonSingular()) {
                throw new StatisticsException("the observations do not tell " + names
                        + " apart: their effects depend on each other; leave one out or vary them separately");
            }
            return new Decomposition(qr, norms);
        }

        RealVector solve(RealVector target) {
            return qr.getSolver().solve(target).ebeDivide(new ArrayRealVector(norms, false));
        }

        /** Standard errors of the parameters for a residual deviation of 1: square roots of the diagonal of (RᵀR)⁻¹. */
        double[] spread() {
            int p = norms.length;
            RealMatrix inverse = MatrixUtils.inverse(qr.getR().getSubMatrix(0, p - 1, 0, p - 1));
            return IntStream.range(0, p).mapToDouble(j -> inverse.getRowVector(j).getNorm() / norms[j]).toArray();
        }
    }

    /** @param spread standard errors of the parameters for a residual deviation of 1 */
    private static Fit fit(List<String> names, double[] values, double[] spread, double[] residuals, Sample observed,
            double confidence) {
        Require.confidence(confidence);
        int freedom = observed.size() - values.length;
        double squares = Arrays.stream(residuals).map(r -> r * r).sum();
        double deviation = Math.sqrt(squares / freedom);
        double total = observed.variance() * (observed.size() - 1);
        double t = TDistribution.of(freedom).inverseSurvivalProbability((1 - confidence) / 2);
        List<Fit.Parameter> parameters = new ArrayList<>();
        for (int j = 0; j < values.length; j++) {
            double error = deviation * spread[j];
            parameters.add(new Fit.Parameter(names.get(j), values[j], error,
                    new Interval(values[j] - t * error, values[j] + t * error, confidence)));
        }
        double explained = total == 0 ? 1 : 1 - squares / total;
        return new Fit(parameters, Sample.of(residuals), deviation, freedom, explained);
    }
}
