package dev.assay.lab;

import dev.assay.machine.Activity;
import dev.assay.machine.Reading;
import dev.assay.machine.Root;
import dev.assay.machine.Usage;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches the machine from one moment to another and says what happened on it besides ours: all processor time less that
 * of the laboratory, of the children that ended meanwhile, and of subjects' processes that go on.
 */
final class Watch {
    private final Activity before;
    private final Optional<Usage> self;
    private final Optional<Usage> children;

    private Watch() {
        self = Usage.ofThisProcess();
        children = Usage.ofEndedChildren();
        before = Activity.read(Root.live());
    }

    static Watch begin() {
        return new Watch();
    }

    /**
     * To be called when the trials have ended, so that their processor time is known.
     *
     * @param elsewhere processor time meanwhile of processes that are ours and go on
     */
    Surroundings end(Duration elsewhere) {
        Activity.Change change = Activity.read(Root.live()).since(before);
        double seconds = change.monotonicNanos() / 1e9;
        Optional<Duration> ours = since(self, Usage.ofThisProcess());
        Optional<Duration> trials = since(children, Usage.ofEndedChildren());
        Optional<Double> others = known(change.busySeconds()).flatMap(busy -> ours.flatMap(
                o -> trials.map(t -> beyond(busy - o.plus(t).plus(elsewhere).toNanos() / 1e9, 2, seconds))));
        Optional<Double> faults = children
                .flatMap(b -> Usage.ofEndedChildren().map(a -> (double) (a.majorFaults() - b.majorFaults())));
        return new Surroundings(others, known(change.stealSeconds()).map(s -> beyond(s, 1, seconds)),
                share(change.memoryPressure(), seconds), share(change.ioPressure(), seconds), throttles(change), faults,
                change.clockJumpNanos() / 1e6);
    }

    /**
     * Processors on average. The kernel counts in ticks, by kind and processor, and rounds each: so few ticks are no finding, though over 50 ms
     * they would look like a neighbour.
     */
    static double beyond(double busySeconds, int ticks, double seconds) {
        return busySeconds * Activity.TICKS_PER_SECOND <= ticks ? 0 : busySeconds / seconds;
    }

    private static Optional<Duration> since(Optional<Usage> before, Optional<Usage> after) {
        return before.flatMap(b -> after.map(a -> a.processor().minus(b.processor())));
    }

    private static Optional<Double> share(Reading<Activity.Pressure> pressure, double seconds) {
        return known(pressure).map(p -> p.someMicros() / 1e6 / seconds);
    }

    private static Optional<Double> throttles(Activity.Change change) {
        Optional<Double> heat = known(change.thermalThrottles()).map(Long::doubleValue);
        Optional<Double> quota = known(change.cgroupThrottle()).map(c -> (double) c.periods());
        return heat.isEmpty() || quota.isEmpty() ? heat.or(() -> quota) : Optional.of(heat.get() + quota.get());
    }

    private static <T> Optional<T> known(Reading<T> reading) {
        return reading instanceof Reading.Known<T>(T value, String _) ? Optional.of(value) : Optional.empty();
    }
}
