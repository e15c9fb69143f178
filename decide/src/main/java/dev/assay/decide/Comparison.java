package dev.assay.decide;

import dev.assay.lab.Doubt;
import dev.assay.lab.Metric;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison of A and B came to.
 *
 * @param run that holds the evidence
 * @param subjects what A and B are, for people
 * @param results of the pairs that have figures, in the order in which they were asked for
 * @param failures pairs without figures, because a subject cannot be run
 * @param unreached pairs that the budget did not reach
 * @param onlyA benchmarks that A alone has
 * @param onlyB likewise
 * @param threshold the relative difference that matters
 * @param confidence of the intervals
 * @param doubts about all of it
 */
public record Comparison(String run, List<String> subjects, List<Result> results, List<Missing> failures,
        List<Missing> unreached, List<String> onlyA, List<String> onlyB, double threshold, double confidence,
        double seconds, List<Doubt> doubts) {
    public Comparison {
        subjects = List.copyOf(subjects);
        results = List.copyOf(results);
        failures = List.copyOf(failures);
        unreached = List.copyOf(unreached);
        onlyA = List.copyOf(onlyA);
        onlyB = List.copyOf(onlyB);
        doubts = List.copyOf(doubts);
    }

    /** A pair without figures, and why. */
    public record Missing(String name, String reason) {}

    /**
     * One metric of one pair.
     *
     * @param decides whether the verdict counts for the exit code; others are shown beside
     * @param a value of A: the median over processes
     * @param ratio B over A of time-like quantities: above 1, B is slower
     * @param interval of the ratio
     * @param eValue evidence against a ratio of 1
     * @param verdict after the correction for many comparisons
     * @param withdrawn whether it would be a difference on its own, but not among so many comparisons
     * @param secondsStillNeeded until a verdict, if one is in reach
     */
    public record Result(String name, Metric metric, boolean decides, Optional<Double> a, Optional<Double> b,
            double ratio, Interval interval, double eValue, Verdict verdict, boolean withdrawn, int blocks,
            int processes, double seconds, Optional<Double> secondsStillNeeded, List<Doubt> doubts) {
        public Result {
            doubts = List.copyOf(doubts);
        }
    }

    /** With one more doubt about all of it. */
    public Comparison with(Doubt doubt) {
        List<Doubt> more = new java.util.ArrayList<>(doubts);
        more.add(doubt);
        return new Comparison(run, subjects, results, failures, unreached, onlyA, onlyB, threshold, confidence, seconds,
                more);
    }

    /** Results that count, with this verdict. */
    public List<Result> with(Verdict verdict) {
        return results.stream().filter(r -> r.decides() && r.verdict() == verdict).toList();
    }

    /** How many comparisons share the error rate. */
    public long comparisons() {
        return results.stream().filter(Result::decides).count();
    }

    /**
     * The exit code: 2 when a subject cannot be run, 1 when B is slower somewhere (or something is inconclusive and that is to
     * fail), 3 when nothing was measured, else 0.
     */
    public int exit(boolean failOnInconclusive) {
        if (!failures.isEmpty()) {
            return 2;
        }
        if (comparisons() == 0) {
            return 3;
        }
        boolean undecided = failOnInconclusive && (!with(Verdict.INCONCLUSIVE).isEmpty() || !unreached.isEmpty());
        return !with(Verdict.SLOWER).isEmpty() || undecided ? 1 : 0;
    }
}
