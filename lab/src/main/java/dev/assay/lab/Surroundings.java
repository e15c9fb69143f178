package dev.assay.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the machine did besides the trial while the trial ran.
 *
 * <p>
 * What this system does not tell is empty.
 *
 * @param othersProcessors processors that neither the trial nor the laboratory used, on average: 0.5 is half a processor
 * @param stolenProcessors processors that the hypervisor gave to someone else, on average
 * @param memoryPressure share of the time in which some task waited for memory (PSI)
 * @param ioPressure likewise for storage
 * @param throttleEvents times that a processor or the cgroup was slowed down
 * @param majorFaults of the trial
 * @param clockSlipMillis wall clock less monotonic clock over the trial
 */
public record Surroundings(Optional<Double> othersProcessors, Optional<Double> stolenProcessors,
        Optional<Double> memoryPressure, Optional<Double> ioPressure, Optional<Double> throttleEvents,
        Optional<Double> majorFaults, double clockSlipMillis) {
    /** Below these, a trial counts as undisturbed. Fixed before any result is seen. */
    static final double MOST_OTHERS = 0.10;
    static final double MOST_STOLEN = 0.05;
    static final double MOST_MEMORY_PRESSURE = 0.02;
    static final double MOST_IO_PRESSURE = 0.10;
    static final double MOST_MAJOR_FAULTS = 100;
    static final double MOST_CLOCK_SLIP_MILLIS = 20;

    /** What disturbed the trial by the rule above; empty when nothing did. */
    public List<Doubt> disturbances() {
        List<Doubt> doubts = new ArrayList<>();
        if (above(othersProcessors, MOST_OTHERS)) {
            doubts.add(new Doubt(Doubt.Kind.NOISY_NEIGHBOUR,
                    say("other processes used %.2f processors meanwhile (at most %.2f is quiet)",
                            othersProcessors.get(),
                            MOST_OTHERS),
                    "stop other work on this machine, or give Assay processors of its own (cpuset, isolcpus)"));
        }
        if (above(stolenProcessors, MOST_STOLEN)) {
            doubts.add(new Doubt(Doubt.Kind.STEAL,
                    say("the hypervisor withheld %.2f processors meanwhile (at most %.2f is quiet)",
                            stolenProcessors.get(),
                            MOST_STOLEN),
                    "measure on a dedicated host or at a quieter time"));
        }
        if (above(memoryPressure, MOST_MEMORY_PRESSURE)) {
            doubts.add(new Doubt(Doubt.Kind.PRESSURE,
                    say("tasks waited for memory %.0f %% of the time", 100 * memoryPressure.get()), "free memory"));
        }
        if (above(ioPressure, MOST_IO_PRESSURE)) {
            doubts.add(new Doubt(Doubt.Kind.PRESSURE,
                    say("tasks waited for storage %.0f %% of the time", 100 * ioPressure.get()),
                    "stop what reads or writes the disk"));
        }
        if (above(throttleEvents, 0)) {
            doubts.add(new Doubt(Doubt.Kind.THROTTLED, say("throttled %.0f times", throttleEvents.get()),
                    "cool the machine, lower the sustained load, or raise the cgroup's quota"));
        }
        if (above(majorFaults, MOST_MAJOR_FAULTS)) {
            doubts.add(new Doubt(Doubt.Kind.MAJOR_FAULTS, say("%.0f page faults waited for storage", majorFaults.get()),
                    "free memory so that files stay cached, and repeat"));
        }
        if (Math.abs(clockSlipMillis) > MOST_CLOCK_SLIP_MILLIS) {
            doubts.add(new Doubt(Doubt.Kind.CLOCK_JUMP,
                    say("the wall clock moved %.0f ms against the monotonic clock", clockSlipMillis),
                    "let time synchronisation settle before measuring"));
        }
        return doubts;
    }

    private static String say(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static boolean above(Optional<Double> value, double limit) {
        return value.isPresent() && value.get() > limit;
    }

    /** The worse of both in every respect. */
    Surroundings worst(Surroundings other) {
        return new Surroundings(larger(othersProcessors, other.othersProcessors),
                larger(stolenProcessors, other.stolenProcessors), larger(memoryPressure, other.memoryPressure),
                larger(ioPressure, other.ioPressure), larger(throttleEvents, other.throttleEvents),
                larger(majorFaults, other.majorFaults),
                Math.abs(clockSlipMillis) > Math.abs(other.clockSlipMillis) ? clockSlipMillis : other.clockSlipMillis);
    }

    private static Optional<Double> larger(Optional<Double> one, Optional<Double> other) {
        return one.isEmpty() || other.isEmpty() ? one.or(() -> other) : Optional.of(Math.max(one.get(), other.get()));
    }

    /** Where a block begins: nothing has been seen yet. */
    static Surroundings unseen() {
        return new Surroundings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), 0);
    }
}
