package dev.assay.lab;

import dev.assay.statistics.Interval;
import dev.assay.statistics.Verdict;
import java.util.Optional;

/**
 * The estimated ratio between two variants.
 *
 * @param variant the one in question
 * @param against the one it is compared with
 * @param at where within the trial
 * @param ratio of time-like quantities, variant over against: below 1 the variant is faster. A metric of which more is
 *        better is inverted first
 * @param interval of the ratio, valid at every time of looking
 * @param spread standard deviation of the log ratios of blocks; empty with one block
 * @param blocks that the estimate rests on
 * @param verdict what the interval says
 * @param secondsStillNeeded how much longer a verdict would take, if one is in reach; 0 when there is one
 */
public record Effect(String variant, String against, Point at, double ratio, Interval interval, Optional<Double> spread,
        int blocks, Verdict verdict, Optional<Double> secondsStillNeeded) {}
