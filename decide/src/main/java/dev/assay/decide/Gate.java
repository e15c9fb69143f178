package dev.assay.decide;

import dev.assay.lab.Run;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a candidate may pass: every result against its limit, and groups of machines against each other.
 *
 * @param comparison of the candidate with its baseline; empty when only groups are compared
 * @param breaches what blocks, in the order of the results
 * @param gaps between groups, those within the limit included
 */
public record Gate(Optional<Comparison> comparison, List<Breach> breaches, List<Gap> gaps) {
    /** The gap between groups of machines above which nothing passes. */
    public static final double DEFAULT_GAP = 0.083;
    private static final double CONFIDENCE = 0.95;

    /** @param limit that was broken, as a share */
    public record Breach(String name, double change, double limit, String says) {}

    /**
     * How much slower one group is than the other.
     *
     * @param share of the geometric mean over all that both measured: 0.083 is 8.3 %
     * @param interval of the share, at 95 %: that of the mean of logs is at most the mean of the intervals, however the results depend on
     *        each other
     * @param over how many results
     */
    public record Gap(String faster, String slower, double share, Interval interval, int over, boolean blocks) {}

    public Gate {
        breaches = List.copyOf(breaches);
        gaps = List.copyOf(gaps);
    }

    /**
     * @param limits by the beginning of a result's name or metric, the longest that fits counts; others have the comparison's threshold.
     *        A figure beside the one that decides, such as peak memory, counts only if its metric has a limit
     */
    public static Gate of(Comparison comparison, Map<String, Double> limits) {
        List<Breach> breaches = new ArrayList<>();
        for (Comparison.Result result : comparison.results()) {
            Optional<Map.Entry<String, Double>> named = limits.entrySet().stream().filter(e -> fits(e.getKey(), result))
                    .max(Comparator.comparingInt(e -> e.getKey().length()));
            if (result.verdict() != Verdict.SLOWER || !result.decides() && named.isEmpty()) {
                continue;
            }
            double limit = named.map(Map.Entry::getValue).orElse(comparison.threshold());
            if (result.ratio() > 1 + limit) {
                breaches.add(new Breach(result.name(), result.ratio() - 1, limit, String.format(Locale.ROOT,
                        "%s: %s is %.1f %% worse (%.3f to %.3f times), the limit is %.1f %%", result.name(),
                        result.metric().name(), 100 * (result.ratio() - 1), result.interval().low(),
                        result.interval().high(), 100 * limit)));
            }
        }
        return new Gate(Optional.of(comparison), breaches, List.of());
    }

    private static boolean fits(String prefix, Comparison.Result result) {
        return result.decides() && result.name().startsWith(prefix) || result.metric().name().startsWith(prefix);
    }

    /**
     * With groups of machines: every pair of groups is compared over all that both measured.
     *
     * @param limit the largest gap that passes, such as {@link #DEFAULT_GAP}
     */
    public static Gate ofGroups(Map<String, List<Run>> groups, double limit) {
        if (!(limit >= 0)) {
            throw new DecideException("the largest gap that passes is 0 or more, such as 0.083, not " + limit);
        }
        List<String> names = List.copyOf(groups.keySet());
        if (names.size() < 2) {
            throw new DecideException("a gap is between groups, and there is " + (names.isEmpty()
                    ? "none"
                    : "one: "
                            + names.getFirst())
                    + "; give --group NAME=RUN at least twice, with different names");
        }
        List<Gap> gaps = new ArrayList<>();
        List<Breach> breaches = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                Gap gap = gap(names.get(i), groups.get(names.get(i)), names.get(j), groups.get(names.get(j)), limit);
                gaps.add(gap);
                if (gap.blocks()) {
                    breaches.add(new Breach("groups " + gap.faster() + " and " + gap.slower(), gap.share(), limit,
                            String.format(Locale.ROOT,
                                    "group %s is %.1f %% (%.1f to %.1f) slower than %s over %d results, the limit is %.1f %%",
                                    gap.slower(), 100 * gap.share(), 100 * gap.interval().low(),
                                    100 * gap.interval().high(), gap.faster(), gap.over(), 100 * limit)));
                }
            }
        }
        return new Gate(Optional.empty(), breaches, gaps);
    }

    private static Gap gap(String one, List<Run> ofOne, String other, List<Run> ofOther, double limit) {
        double logs = 0;
        double lows = 0;
        double highs = 0;
        int over = 0;
        for (Run a : ofOne) {
            for (Run b : ofOther) {
                for (Comparison.Result result : RunComparer.of(a, b, 0.01, CONFIDENCE).results()) {
                    logs += Math.log(result.ratio());
                    lows += Math.log(result.interval().low());
                    highs += Math.log(result.interval().high());
                    over++;
                }
            }
        }
        boolean otherSlower = logs >= 0;
        double share = Math.expm1(Math.abs(logs) / over);
        Interval interval = otherSlower
                ? new Interval(Math.expm1(lows / over), Math.expm1(highs / over), CONFIDENCE)
                : new Interval(Math.expm1(-highs / over), Math.expm1(-lows / over), CONFIDENCE);
        return new Gap(otherSlower ? one : other, otherSlower ? other : one, share, interval, over, share > limit);
    }

    public boolean passes() {
        return breaches.isEmpty();
    }
}
