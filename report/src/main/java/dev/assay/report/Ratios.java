package dev.assay.report;

import dev.assay.lab.Effect;
import dev.assay.statistics.Interval;

/** How ratios between variants are written. */
final class Ratios {
    private Ratios() {}

    /** The estimate, as in {@code 1.87}. */
    static String text(Effect effect) {
        double ratio = effect.ratio();
        return Double.isFinite(ratio) ? Quantity.decimal(ratio, decimals(effect)) : "not a number";
    }

    static String interval(Effect effect) {
        Interval interval = effect.interval();
        if (!interval.bounded() && interval.low() <= 0) {
            return "not bounded yet";
        }
        return end(interval.low(), effect) + " – " + end(interval.high(), effect);
    }

    private static String end(double value, Effect effect) {
        return Double.isFinite(value) ? Quantity.decimal(value, decimals(effect)) : value > 0 ? "∞" : "0";
    }

    /** Two digits of what is in doubt; never fewer than tell a percent, never more than a tenth of a per mille. */
    private static int decimals(Effect effect) {
        double half = effect.interval().width() / 2;
        int decimals = Quantity.decimals(effect.ratio(), half);
        return effect.ratio() < 10 ? Math.clamp(decimals, 2, 4) : Math.clamp(decimals, 0, 2);
    }

    /** A ratio on an axis. */
    static String tick(double ratio) {
        String text = String.format(java.util.Locale.ROOT, "%.3f", ratio).replaceAll("0+$", "");
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** A difference in percent, as in {@code 12 %}, {@code 3.4 %} or {@code 0.25 %}. */
    static String percent(double share) {
        double percent = Math.abs(100 * share);
        int decimals = percent >= 9.95 ? 0 : percent >= 0.995 ? 1 : 2;
        return Quantity.decimal(percent, decimals) + " %";
    }

    /** A share that was set, such as a confidence, without digits that nobody typed: {@code 95 %}, {@code 0.5 %}. */
    static String setting(double share) {
        return tick(100 * share) + " %";
    }
}
