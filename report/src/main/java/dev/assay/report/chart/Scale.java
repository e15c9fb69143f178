package dev.assay.report.chart;

import java.util.ArrayList;
import java.util.List;

/** From values to pixels, with ticks at round values. Values outside are drawn at the edge. */
sealed interface Scale {
    double low();

    double high();

    double from();

    double to();

    /** Where the value lies between low and high, 0 to 1 inside. */
    double share(double value);

    /** Round values inside, at most about so many. */
    List<Double> ticks(int most);

    /** The pixel of a value; of the nearest edge when it lies outside. */
    default double at(double value) {
        double share = Math.clamp(share(value), 0, 1);
        return from() + share * (to() - from());
    }

    default boolean holds(double value) {
        return value >= low() && value <= high();
    }

    /** Equal steps for equal differences. */
    record Linear(double low, double high, double from, double to) implements Scale {
        @Override
        public double share(double value) {
            return (value - low) / (high - low);
        }

        @Override
        public List<Double> ticks(int most) {
            return Ticks.linear(low, high, most);
        }
    }

    /** Equal steps for equal ratios; both ends above 0. */
    record Log(double low, double high, double from, double to) implements Scale {
        @Override
        public double share(double value) {
            return value <= 0 ? 0 : Math.log(value / low) / Math.log(high / low);
        }

        @Override
        public List<Double> ticks(int most) {
            return Ticks.log(low, high, most);
        }
    }

    /** Like {@link Log}, with ticks at powers of two, as sizes of memory want them. */
    record Binary(double low, double high, double from, double to) implements Scale {
        @Override
        public double share(double value) {
            return value <= 0 ? 0 : Math.log(value / low) / Math.log(high / low);
        }

        @Override
        public List<Double> ticks(int most) {
            int first = (int) Math.ceil(Math.log(low) / Math.log(2) - 1e-9);
            int last = (int) Math.floor(Math.log(high) / Math.log(2) + 1e-9);
            int step = Math.max(1, Math.ceilDiv(last - first + 1, most));
            List<Double> ticks = new ArrayList<>();
            for (int power = first; power <= last; power += step) {
                ticks.add(Math.pow(2, power));
            }
            return ticks;
        }
    }
}
