package dev.assay.lab;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The two clocks of a session. The wall clock tells the day and may be set at any time, back too; the steady one tells how long something
 * took and is never set.
 *
 * @param steadyNanos from an origin of its own
 */
public record Clocks(InstantSource wall, LongSupplier steadyNanos) {
    /** More than clocks drift apart by themselves over a long session (500 millionths at most, adjtimex(2)). */
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    /** Those of this computer. */
    public static Clocks system() {
        return new Clocks(InstantSource.system(), System::nanoTime);
    }

    /** A moment by both. */
    public Moment now() {
        return new Moment(wall.instant(), steadyNanos.getAsLong());
    }

    /** A moment by both clocks. */
    public record Moment(Instant wall, long steadyNanos) {
        /** How long ago the other was, by the steady clock; never less than nothing. */
        public Duration since(Moment earlier) {
            return Duration.ofNanos(Math.max(0, steadyNanos - earlier.steadyNanos));
        }

        /** What is to be said when the wall clock was set in between. */
        Optional<Doubt> setSince(Moment earlier) {
            Duration moved = Duration.between(earlier.wall, wall).minus(since(earlier));
            if (moved.abs().compareTo(TOLERATED) <= 0) {
                return Optional.empty();
            }
            return Optional.of(new Doubt(Doubt.Kind.CLOCK_JUMP, String.format(Locale.ROOT,
                    "the wall clock was set %s by %.0f s while measuring; durations are by the steady clock and hold, the run's date is"
                            + " by the clock before",
                    moved.isNegative() ? "back" : "forward", moved.abs().toMillis() / 1e3),
                    "let time synchronisation settle before measuring"));
        }
    }
}
