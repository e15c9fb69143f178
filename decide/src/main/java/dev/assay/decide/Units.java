package dev.assay.decide;

import java.util.Map;
import java.util.OptionalDouble;

/** Units that mean the same quantity, so that a limit in ms can be held against values in ns. */
final class Units {
    private static final Map<String, Double> SECONDS = Map.of("ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0,
            "min", 60.0);
    private static final Map<String, Double> BYTES = Map.of("B", 1.0, "kB", 1e3, "KiB", 1024.0, "MB", 1e6, "MiB",
            1024.0 * 1024, "GB", 1e9, "GiB", 1024.0 * 1024 * 1024);

    private Units() {}

    /** By what a number in one unit is multiplied to be in the other; empty when they measure different things. */
    static OptionalDouble factor(String from, String to) {
        if (from.equals(to)) {
            return OptionalDouble.of(1);
        }
        if (from.endsWith("/s") && to.endsWith("/s")) {
            return among(BYTES, from.substring(0, from.length() - 2), to.substring(0, to.length() - 2));
        }
        OptionalDouble time = among(SECONDS, from, to);
        return time.isPresent() ? time : among(BYTES, from, to);
    }

    private static OptionalDouble among(Map<String, Double> units, String from, String to) {
        return units.containsKey(from) && units.containsKey(to)
                ? OptionalDouble.of(units.get(from) / units.get(to))
                : OptionalDouble.empty();
    }
}
