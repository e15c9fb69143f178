package dev.assay.report.chart;

import java.util.ArrayList;
import java.util.List;

/** Round values for axes. */
final class Ticks {
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final double[][] MANTISSAS = {{1, 2, 5}, {1, 3}, {1}};

    private Ticks() {}

    /** Multiples of 1, 2 or 5 times a power of ten in {@code [low, high]}. */
    static List<Double> linear(double low, double high, int most) {
        double step = step(high - low, most);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static double step(double span, int most) {
        double raw = span / Math.max(1, most);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double step : STEPS) {
            if (step * power >= raw * (1 - 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /** Over less than a decade as on a linear axis; else 1-2-5, 1-3 or powers of ten, whichever still fits. */
    static List<Double> log(double low, double high, int most) {
        if (high / low < 6) {
            return linear(low, high, most).stream().filter(t -> t > 0).toList();
        }
        int first = (int) Math.floor(Math.log10(low));
        int last = (int) Math.ceil(Math.log10(high));
        for (double[] mantissas : MANTISSAS) {
            List<Double> ticks = decades(low, high, first, last, 1, mantissas);
            if (ticks.size() <= most) {
                return ticks;
            }
        }
        return decades(low, high, first, last, Math.max(1, Math.ceilDiv(last - first, most)), new double[]{1});
    }

    private static List<Double> decades(double low, double high, int first, int last, int by, double[] mantissas) {
        List<Double> ticks = new ArrayList<>();
        for (int power = first; power <= last; power += by) {
            for (double mantissa : mantissas) {
                double tick = mantissa * Math.pow(10, power);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
