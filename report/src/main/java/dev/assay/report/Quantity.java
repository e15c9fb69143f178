package dev.assay.report;

import dev.assay.lab.Summary;
import dev.assay.statistics.Interval;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * How the values of one metric are written: in which unit, and with how many digits.
 *
 * <p>
 * All values of a table share a unit while they are within a factor of ten thousand, so that they can be compared at a
 * glance. Digits stop at the second one that the interval leaves in doubt: 18.243 within ± 0.13 is 18.24.
 */
final class Quantity {
    /** A unit and its size in the metric's own unit. */
    private record Step(String unit, double size) {}

    private static final List<List<Step>> LADDERS = List.of(
            List.of(new Step("ps", 1e-12), new Step("ns", 1e-9), new Step("µs", 1e-6), new Step("ms", 1e-3),
                    new Step("s", 1)),
            List.of(new Step("B/s", 1), new Step("kB/s", 1e3), new Step("MB/s", 1e6), new Step("GB/s", 1e9),
                    new Step("TB/s", 1e12)),
            List.of(new Step("B", 1), new Step("KiB", 0x1p10), new Step("MiB", 0x1p20), new Step("GiB", 0x1p30),
                    new Step("TiB", 0x1p40)),
            List.of(new Step("ops/s", 1), new Step("kops/s", 1e3), new Step("Mops/s", 1e6), new Step("Gops/s", 1e9)),
            List.of(new Step("Hz", 1), new Step("kHz", 1e3), new Step("MHz", 1e6), new Step("GHz", 1e9)));
    private static final double WIDEST_FACTOR = 1e4;
    private static final int MOST_DIGITS = 5;
    private static final int USUAL_DIGITS = 3;

    private final List<Step> ladder;
    private final Step own;
    /** The unit of all; when they are too far apart for one, each has its own. */
    private final java.util.Optional<Step> shared;

    private Quantity(String unit, Collection<Double> values) {
        String known = unit.equals("us") ? "µs" : unit.equals("bytes") ? "B" : unit;
        this.ladder = LADDERS.stream().filter(l -> l.stream().anyMatch(s -> s.unit().equals(known))).findFirst()
                .orElse(List.of(new Step(unit, 1)));
        this.own = ladder.stream().filter(s -> s.unit().equals(known)).findFirst().orElse(ladder.getFirst());
        double[] sizes = values.stream().mapToDouble(Math::abs).filter(v -> v > 0 && Double.isFinite(v)).sorted()
                .toArray();
        if (sizes.length == 0) {
            this.shared = java.util.Optional.of(own);
        } else if (sizes[sizes.length - 1] / sizes[0] > WIDEST_FACTOR) {
            this.shared = java.util.Optional.empty();
        } else {
            // The middle one sets the unit, unless that would leave the smallest with leading zeros.
            double typical = Math.min(sizes[sizes.length / 2], sizes[0] * 20);
            this.shared = java.util.Optional.of(stepFor(typical));
        }
    }

    static Quantity of(String unit, Collection<Double> values) {
        return new Quantity(unit, values);
    }

    /** For the headlines and all points of an experiment. */
    static Quantity of(String unit, List<Summary> summaries) {
        return new Quantity(unit, summaries.stream().flatMap(s -> java.util.stream.Stream
                .concat(java.util.stream.Stream.of(s.headline()), s.points().stream())).map(Summary.Value::value)
                .toList());
    }

    private Step stepFor(double value) {
        Step chosen = ladder.getFirst();
        for (Step step : ladder) {
            if (Math.abs(value) * own.size() >= step.size() * 0.9995) {
                chosen = step;
            }
        }
        return value == 0 ? own : chosen;
    }

    private Step step(double value) {
        return shared.orElseGet(() -> stepFor(value));
    }

    /** The unit that all values share, for the head of a column; empty when each says its own. */
    String unit() {
        return shared.map(Step::unit).orElse("");
    }

    /** The unit of all, or the metric's own where there is no such. */
    String axisUnit() {
        return shared.orElse(own).unit();
    }

    private double scaled(double value, Step step) {
        return value * own.size() / step.size();
    }

    /** The value and its unit, as in {@code 18.24 ns}. */
    String text(double value, Interval interval) {
        return Double.isFinite(value)
                ? number(value, interval) + " " + step(value).unit()
                : "not a number";
    }

    String text(Summary.Value value) {
        return text(value.value(), value.interval());
    }

    /** Only the number, when the unit stands elsewhere; with the unit when there is no elsewhere. */
    String bare(double value, Interval interval) {
        return shared.isPresent() || !Double.isFinite(value)
                ? number(value, interval)
                : text(value, interval);
    }

    private String number(double value, Interval interval) {
        if (!Double.isFinite(value)) {
            return "not a number";
        }
        Step step = step(value);
        return decimal(scaled(value, step), decimals(scaled(value, step), scaled(interval.width(), step) / 2));
    }

    /** The ends of the interval in the value's own unit and digits, as in {@code 18.11 – 18.40}. */
    String interval(double value, Interval interval) {
        Step step = step(value);
        int decimals = decimals(scaled(value, step), scaled(interval.width(), step) / 2);
        return end(scaled(interval.low(), step), decimals) + " – " + end(scaled(interval.high(), step), decimals);
    }

    /** The farther end's distance, as in {@code ± 0.13}; {@code ± ?} when an end is unknown. */
    String plusMinus(double value, Interval interval) {
        double distance = Math.max(interval.high() - value, value - interval.low());
        if (!Double.isFinite(distance)) {
            return "± ?";
        }
        Step step = step(value);
        int decimals = decimals(scaled(value, step), scaled(interval.width(), step) / 2);
        return "± " + decimal(scaled(distance, step), decimals);
    }

    /** A value without an interval, to three digits. */
    String plain(double value) {
        return text(value, Interval.unbounded(0.95));
    }

    /** A tick on an axis whose title holds the unit. */
    String tick(double valueOnAxis) {
        double value = scaled(valueOnAxis, shared.orElse(own));
        return trimmed(decimal(value, Math.clamp((int) (3 - Math.floor(Math.log10(Math.abs(value)))), 0, 9)));
    }

    /** A value in the cell of a map whose title holds the unit: two or three digits. */
    String cell(double value) {
        double scaled = scaled(value, shared.orElse(own));
        return decimal(scaled, Math.abs(scaled) < 9.95 ? 1 : 0);
    }

    private static String end(double value, int decimals) {
        return Double.isFinite(value) ? decimal(value, decimals) : value < 0 ? "−∞" : "∞";
    }

    /** How many decimals a number deserves: two digits of what is in doubt, at most five in all. */
    static int decimals(double value, double halfWidth) {
        int magnitude = value == 0 ? 0 : (int) Math.floor(Math.log10(Math.abs(value)) + 1e-9);
        int digits = USUAL_DIGITS;
        if (Double.isFinite(halfWidth) && halfWidth > 0) {
            int doubtful = (int) Math.floor(Math.log10(halfWidth) + 1e-9);
            digits = Math.clamp(magnitude - doubtful + 2L, 2, MOST_DIGITS);
        }
        return Math.clamp(digits - 1L - magnitude, 0, 12);
    }

    static String decimal(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value).replace('-', '−').replace(",", " ");
        // A thin gap groups digits from 10 000 on; four digits read well without.
        return Math.abs(value) < 9999.5 ? text.replace(" ", "") : text;
    }

    private static String trimmed(String text) {
        if (text.indexOf('.') < 0) {
            return text;
        }
        String shorter = text.replaceAll("0+$", "");
        return shorter.endsWith(".") ? shorter.substring(0, shorter.length() - 1) : shorter;
    }
}
