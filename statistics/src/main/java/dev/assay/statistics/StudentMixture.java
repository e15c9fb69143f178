package dev.assay.statistics;

/**
 * The mixture t-test, an e-process for "these normal values of unknown variance have mean μ₀".
 *
 * <p>The standardised effect δ = (μ - μ₀)/σ is given a normal prior of mean 0 and standard deviation c, the scale σ the right-Haar prior
 * dσ/σ, under which the Bayes factor is a nonnegative martingale for the scale-invariant reduction of the data whatever σ is
 * (Wang &amp; Ramdas 2024, "Anytime-valid t-tests and confidence sequences for Gaussian means with unknown variance"; the same
 * form is in Lindon, Ham, Tingley &amp; Bojinov 2022). Given σ, n values are normal with covariance σ²(I + c²11ᵀ), of determinant σ²ⁿk with
 * k = 1 + nc²; integrating σ out leaves
 * <pre>{@code
 *   E(μ₀) = k^(-1/2) · [ (V + n(x̄-μ₀)²) / (V + n(x̄-μ₀)²/k) ]^(n/2),     V = Σ(x - x̄)²
 * }</pre>
 * and E(μ₀) < e is solved by
 * <pre>{@code
 *   |x̄ - μ₀| < sqrt( V/n · (A-1)/(1-A/k) ),     A = (√k·e)^(2/n),     everything while A ≥ k
 * }</pre>
 */
final class StudentMixture {
    private StudentMixture() {}

    /**
     * log E(μ₀).
     *
     * @param squares V
     * @param distance x̄ - μ₀
     * @param priorVariance c²
     */
    static double logEValue(int size, double squares, double distance, double priorVariance) {
        double k = 1 + size * priorVariance;
        double between = size * distance * distance;
        if (between == 0 || size == 0) {
            return -Math.log(k) / 2;
        }
        return size / 2.0 * (Math.log(squares + between) - Math.log(squares + between / k)) - Math.log(k) / 2;
    }

    /** Half the width of {E &lt; e}, in standard deviations of one value (divisor size - 1); infinite while all is possible. */
    static double halfWidth(int size, double logE, double priorVariance) {
        double k = 1 + size * priorVariance;
        double a = Math.exp((Math.log(k) + 2 * logE) / size);
        return a < k ? Math.sqrt((size - 1.0) / size * (a - 1) / (1 - a / k)) : Double.POSITIVE_INFINITY;
    }
}
