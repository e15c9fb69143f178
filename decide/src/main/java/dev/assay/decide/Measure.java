package dev.assay.decide;

import dev.assay.lab.Metric;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What of a command is compared. */
public sealed interface Measure {
    Metric metric();

    /** What the kernel and the clock tell of a process. */
    enum Account implements Measure {
        WALL("wall time", "s", "wallSeconds"), CPU("processor time", "s", "processorSeconds"), USER("user time", "s",
                "userSeconds"),
        SYSTEM("system time", "s", "systemSeconds"), MEMORY("peak memory", "B", "peakBytes");

        private final Metric metric;
        private final String figure;

        Account(String name, String unit, String figure) {
            this.metric = new Metric(name, unit, Metric.Better.LOWER);
            this.figure = figure;
        }

        @Override
        public Metric metric() {
            return metric;
        }

        /** The name of the observation's figure that holds it. */
        String figure() {
            return figure;
        }

        static Optional<Account> named(String word) {
            return java.util.Arrays.stream(values()).filter(a -> a.name().equalsIgnoreCase(word)).findFirst();
        }
    }

    /**
     * A number that the command prints.
     *
     * @param pattern with one group, which holds the number; the last match counts
     */
    record Printed(Metric metric, Pattern pattern) implements Measure {
        public Printed {
            if (pattern.matcher("").groupCount() != 1) {
                throw new DecideException(
                        "a pattern for a metric has exactly one group (…) around the number; '" + pattern
                                + "' has " + pattern.matcher("").groupCount());
            }
        }
    }

    /**
     * Reads {@code wall}, {@code cpu}, {@code user}, {@code system} or {@code memory}.
     *
     * @throws DecideException when it is none of them
     */
    static Measure named(String word) {
        return Account.named(word).orElseThrow(() -> new DecideException("there is no metric '" + word
                + "'; it is one of wall, cpu, user, system, memory, or a number that the command prints (--metric-pattern)"));
    }

    /** @throws DecideException when the pattern is none */
    static Measure printed(String pattern, String unit, Metric.Better better) {
        try {
            return new Printed(new Metric("printed value", unit, better), Pattern.compile(pattern));
        } catch (PatternSyntaxException e) {
            throw new DecideException("'" + pattern + "' is not a regular expression: " + e.getDescription()
                    + "; for example --metric-pattern 'took ([0-9.]+) ms'");
        }
    }
}
