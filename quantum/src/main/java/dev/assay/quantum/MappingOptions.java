package dev.assay.quantum;

import java.time.Duration;

/**
 * How to search.
 *
 * @param seed same seed, same result
 * @param time how much of one core's time the search may take; it is turned into a number of steps, and only when the
 * machine is too slow for those does the clock itself end the search
 * @param threads that work at the same time; the result does not depend on it
 * @param objective what is made small (or, for success, large)
 */
public record MappingOptions(long seed, Duration time, int threads, Objective objective) {
    /** What a mapping is judged by; swaps break ties. */
    public enum Objective {
        SWAPS, DEPTH, DURATION, SUCCESS
    }

    public MappingOptions {
        if (time.isNegative() || time.isZero() || time.compareTo(Duration.ofDays(7)) > 0) {
            throw new MappingException("the time to search is more than 0 and at most 7 days, not " + time);
        }
        if (threads < 1 || threads > 1024) {
            throw new MappingException("a search has 1 to 1024 threads, not " + threads);
        }
    }

    /** Ten seconds for fewest swaps, on all processors. */
    public static MappingOptions of(long seed) {
        return new MappingOptions(seed, Duration.ofSeconds(10), Runtime.getRuntime().availableProcessors(),
                Objective.SWAPS);
    }
}
