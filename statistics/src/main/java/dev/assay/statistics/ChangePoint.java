package dev.assay.statistics;

/**
 * Where the distribution of a series changed.
 *
 * @param index of the first value after the change
 * @param pValue by permutation; see {@link ChangePoints}
 * @param before median of the segment before
 * @param after median of the segment after
 */
public record ChangePoint(int index, double pValue, double before, double after) {}
