package dev.assay.statistics;

/** A question that the numbers given cannot answer; the message says which rule, the actual value and the remedy. */
public final class StatisticsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StatisticsException(String message) {
        super(message);
    }
}
