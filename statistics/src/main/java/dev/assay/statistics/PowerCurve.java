package dev.assay.statistics;

import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How likely an effect of some size is found: logit(power) = intercept + slope · ln(effect).
 *
 * <p>Fitted by maximum likelihood with Firth's penalty (Firth 1993, Biometrika 80; Heinze &amp; Schemper 2002, Stat. Med. 21), because a good
 * instrument finds all of the large effects and none of the small ones, and then the ordinary estimate is infinite.
 *
 * @param intercept at an effect of 1, that is 100 %
 * @param slope per unit of ln(effect); above 0 where larger effects are found more often
 * @param covariance of intercept and slope: their variances, and between them the covariance
 */
public record PowerCurve(double intercept, double slope, Covariance covariance) {
    private static final int MOST_STEPS = 200;

    /** Second moments of the estimates' error. */
    public record Covariance(double intercept, double between, double slope) {}

    /**
     * How often an injected effect was found.
     *
     * @param effect relative size, above 0; 0.05 is 5 %
     */
    public record Point(double effect, Rate found) {
        public Point {
            Require.positive(effect, "an injected effect");
        }
    }

    /** @param points at least 2 different effects */
    public static PowerCurve fit(List<Point> points) {
        if (points.stream().mapToDouble(Point::effect).distinct().count() < 2) {
            throw new StatisticsException("a power curve needs at least 2 different effects, these are "
                    + points.stream().map(Point::effect).toList() + "; inject another size");
        }
        double a = 0;
        double b = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            Model model = Model.at(points, a, b);
            double[] move = model.newtonStep();
            double reach = 1;
            // Newton's step overshoots on flat likelihoods: halve it until it improves.
            while (reach > 1e-10
                    && Model.at(points, a + reach * move[0], b + reach * move[1]).penalised < model.penalised - 1e-12) {
                reach /= 2;
            }
            a += reach * move[0];
            b += reach * move[1];
            if (Math.abs(move[0]) + Math.abs(move[1]) < 1e-9 * (1 + Math.abs(a) + Math.abs(b))) {
                return new PowerCurve(a, b, Model.at(points, a, b).covariance());
            }
        }
        throw new StatisticsException(
                "the power curve through " + points + " does not settle; repeat more effects between the "
                        + "smallest and the largest");
    }

    /** The share of effects of this size that are found, 0 to 1. */
    public double powerAt(double effect) {
        return logistic(intercept + slope * Math.log(Require.positive(effect, "an effect")));
    }

    /** The effect that is found with this power; empty where larger effects are not found more often, or not measurably. */
    public OptionalDouble effectAt(double power) {
        double effect = Math.exp((logit(power) - intercept) / slope);
        return slope > 0 && Double.isFinite(effect) ? OptionalDouble.of(effect) : OptionalDouble.empty();
    }

    /**
     * The interval of {@link #effectAt}, by Fieller's theorem (1954, JRSS B 16); from 0 to infinity where the slope is not known to differ from
     * 0.
     */
    public Interval effectAt(double power, double confidence) {
        double level = logit(power);
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - Require.confidence(confidence)) / 2);
        double square = slope * slope - z * z * covariance.slope;
        double half = slope * (intercept - level) - z * z * covariance.between;
        double constant = (intercept - level) * (intercept - level) - z * z * covariance.intercept;
        double root = half * half - square * constant;
        if (square <= 0 || root < 0) {
            return new Interval(0, Double.POSITIVE_INFINITY, confidence);
        }
        return new Interval((-half - Math.sqrt(root)) / square, (-half + Math.sqrt(root)) / square, confidence)
                .map(Math::exp);
    }

    private static double logit(double power) {
        Require.confidence(power);
        return Math.log(power / (1 - power));
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** The penalised likelihood, its information and its score at one pair of parameters. */
    private record Model(double penalised, double score0, double score1, double i00, double i01, double i11) {
        static Model at(List<Point> points, double a, double b) {
            double i00 = 0;
            double i01 = 0;
            double i11 = 0;
            double likelihood = 0;
            for (Point point : points) {
                double x = Math.log(point.effect);
                double p = logistic(a + b * x);
                double w = point.found.trials() * p * (1 - p);
                i00 += w;
                i01 += w * x;
                i11 += w * x * x;
                likelihood += logLikelihood(point.found, a + b * x);
            }
            double determinant = i00 * i11 - i01 * i01;
            double score0 = 0;
            double score1 = 0;
            for (Point point : points) {
                double x = Math.log(point.effect);
                double p = logistic(a + b * x);
                double w = point.found.trials() * p * (1 - p);
                double leverage = w * (i11 - 2 * x * i01 + x * x * i00) / determinant;
                double residual = point.found.hits() - point.found.trials() * p + leverage * (0.5 - p);
                score0 += residual;
                score1 += residual * x;
            }
            return new Model(likelihood + Math.log(determinant) / 2, score0, score1, i00, i01, i11);
        }

        /** hits·log p + misses·log(1-p), without forming p, which rounds to 1. */
        private static double logLikelihood(Rate found, double logit) {
            double logNot = logit > 0 ? -logit - Math.log1p(Math.exp(-logit)) : -Math.log1p(Math.exp(logit));
            return found.hits() * (logit + logNot) + (found.trials() - found.hits()) * logNot;
        }

        Covariance covariance() {
            double determinant = i00 * i11 - i01 * i01;
            return new Covariance(i11 / determinant, -i01 / determinant, i00 / determinant);
        }

        double[] newtonStep() {
            Covariance inverse = covariance();
            return new double[]{inverse.intercept * score0 + inverse.between * score1,
                inverse.between * score0 + inverse.slope * score1};
        }
    }
}
