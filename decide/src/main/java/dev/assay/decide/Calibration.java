package dev.assay.decide;

import dev.assay.lab.Doubt;
import dev.assay.statistics.Interval;
import dev.assay.statistics.PairedEffect;
import dev.assay.statistics.PowerCurve;
import dev.assay.statistics.Rate;
import dev.assay.statistics.Sample;
import dev.assay.statistics.StatisticsException;
import dev.assay.statistics.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What comparisons on this machine can see: how often a program differs from itself, and how large a difference must be to be found.
 *
 * @param machine its name, to notice when another reads this
 * @param taken when
 * @param eachSeconds the time that one comparison had at most
 * @param confidence of the intervals
 * @param threshold the smallest effect of interest
 * @param trials all comparisons, in the order in which they were made
 */
public record Calibration(String machine, Instant taken, double eachSeconds, double confidence, double threshold,
        List<Trial> trials) {
    /** The power that "can be seen" means. */
    public static final double POWER = 0.95;

    /**
     * One comparison of a program with itself, or with itself made slower.
     *
     * @param injected the slow-down asked for, 0 in a control
     * @param trueRatio that the slow-down makes of the whole program's time
     * @param logRatios of its blocks, in order
     * @param secondsPerBlock that they took
     */
    public record Trial(double injected, double trueRatio, List<Double> logRatios, double secondsPerBlock) {
        public Trial {
            logRatios = List.copyOf(logRatios);
        }

        /** What the first blocks show, as many as fit into so many seconds; empty when not one does. */
        Optional<PairedEffect> within(double seconds, double confidence) {
            int blocks = (int) Math.min(logRatios.size(), Math.floor(seconds / secondsPerBlock + 1e-9));
            return blocks < 1
                    ? Optional.empty()
                    : Optional.of(PairedEffect.of(
                            Sample.of(logRatios.subList(0, blocks).stream().mapToDouble(d -> d).toArray()),
                            confidence));
        }
    }

    /** How often an injected slow-down was found, within a time per comparison. */
    public record Power(double injected, double trueRatio, double seconds, Rate found) {}

    public Calibration {
        trials = List.copyOf(trials);
    }

    private List<Trial> of(double injected) {
        return trials.stream().filter(t -> t.injected() == injected).toList();
    }

    /** Controls that were called different; empty without controls. */
    public Optional<Rate> falseAlarms() {
        return rate(of(0), t -> claims(t, Verdict.SLOWER) || claims(t, Verdict.FASTER));
    }

    /** Comparisons whose last interval holds the true ratio. */
    public Optional<Rate> coverage() {
        return rate(trials.stream().filter(t -> t.logRatios().size() > 3).toList(),
                t -> t.within(Double.MAX_VALUE, confidence).orElseThrow().interval().contains(t.trueRatio()));
    }

    /** Each injected slow-down at the whole time, the half and the quarter of it. */
    public List<Power> powers() {
        return trials.stream().map(Trial::injected).filter(i -> i > 0).distinct().sorted().flatMap(injected -> List
                .of(0.25, 0.5, 1.0).stream().map(share -> power(injected, share * eachSeconds))).toList();
    }

    private Power power(double injected, double seconds) {
        List<Trial> all = of(injected);
        int found = (int) all.stream().filter(t -> t.within(seconds, confidence)
                .map(e -> e.verdict(threshold) == Verdict.SLOWER).orElse(false)).count();
        return new Power(injected, all.getFirst().trueRatio(), seconds, new Rate(found, all.size()));
    }

    private boolean claims(Trial trial, Verdict verdict) {
        return trial.within(Double.MAX_VALUE, confidence).map(e -> e.verdict(threshold) == verdict).orElse(false);
    }

    private static Optional<Rate> rate(List<Trial> of, java.util.function.Predicate<Trial> hit) {
        return of.isEmpty()
                ? Optional.empty()
                : Optional.of(new Rate((int) of.stream().filter(hit).count(), of.size()));
    }

    /** Through the injected effects at the whole time; empty with too few of them. */
    public Optional<PowerCurve> curve() {
        List<PowerCurve.Point> points = powers().stream().filter(p -> p.seconds() == eachSeconds)
                .map(p -> new PowerCurve.Point(p.trueRatio() - 1, p.found())).toList();
        try {
            return points.size() < 2 ? Optional.empty() : Optional.of(PowerCurve.fit(points));
        } catch (StatisticsException e) {
            return Optional.empty(); // too few trials for a curve: there is then no smallest effect to state
        }
    }

    /**
     * The slow-down that is found in 95 of 100 comparisons, as a share; never below the threshold, since nothing below it is ever
     * claimed.
     */
    public OptionalDouble smallestEffect() {
        Optional<PowerCurve> curve = curve();
        if (curve.isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble effect = curve.get().effectAt(POWER);
        return effect.isPresent() ? OptionalDouble.of(Math.max(threshold, effect.getAsDouble())) : effect;
    }

    /** Its interval at 95 %; unbounded without a curve. */
    public Interval smallestEffectInterval() {
        return curve().map(c -> c.effectAt(POWER, 0.95)).orElse(Interval.unbounded(0.95));
    }

    /** What a later comparison on this machine must be told; empty when it asks for nothing finer. */
    public Optional<Doubt> doubt(double smallestWanted) {
        OptionalDouble smallest = smallestEffect();
        if (smallest.isEmpty() || smallest.getAsDouble() <= smallestWanted * 1.2) {
            return Optional.empty();
        }
        return Optional.of(new Doubt(Doubt.Kind.BELOW_CALIBRATION, String.format(java.util.Locale.ROOT,
                "this machine cannot see less than %.1f %% within %.0f s: calibrated on %tF",
                100 * smallest.getAsDouble(),
                eachSeconds, taken.atOffset(java.time.ZoneOffset.UTC)),
                "raise --budget, quieten the machine, or calibrate again with a larger --each"));
    }
}
