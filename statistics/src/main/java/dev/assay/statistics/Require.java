package dev.assay.statistics;

/** The rules that arguments of several classes share, each with one wording. */
final class Require {
    private Require() {}

    static double finite(double value, String name) {
        if (!Double.isFinite(value)) {
            throw new StatisticsException(name + " must be a finite number, not " + value + "; leave it out instead");
        }
        return value;
    }

    static double positive(double value, String name) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new StatisticsException(name + " must be finite and above 0, not " + value);
        }
        return value;
    }

    static int atLeast(int least, int value, String name) {
        if (value < least) {
            throw new StatisticsException(name + " must be at least " + least + ", not " + value);
        }
        return value;
    }

    /** A probability strictly between 0 and 1, such as a confidence. */
    static double confidence(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new StatisticsException("a confidence lies between 0 and 1, not " + confidence + "; 95 % is 0.95");
        }
        return confidence;
    }
}
