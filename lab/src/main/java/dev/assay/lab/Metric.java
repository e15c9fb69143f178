package dev.assay.lab;

import java.util.Locale;

/**
 * What an experiment measures.
 *
 * @param name for people, such as "time per operation"
 * @param unit of every value, such as "ns" or "GB/s"
 * @param better the direction that is good
 */
public record Metric(String name, String unit, Better better) {
    /** Which way is good. */
    public enum Better {
        LOWER, HIGHER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Metric timePerOperation() {
        return new Metric("time per operation", "ns", Better.LOWER);
    }

    public static Metric bandwidth() {
        return new Metric("bandwidth", "GB/s", Better.HIGHER);
    }
}
