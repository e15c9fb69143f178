package dev.assay.machine;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the machine had done up to one moment. Counters only grow, so the difference of two says what happened between.
 *
 * <p>
 * Reading takes about ten small files, 0.2 ms on an ordinary machine, and no lock that a workload would feel.
 *
 * @param monotonicNanos System.nanoTime at the moment, which does not jump
 * @param wallNanos time since 1970 at the moment, which may
 * @param processors time of each online processor by what it did
 * @param running processes that run or want to (procs_running of /proc/stat, this one included)
 * @param blocked processes that wait for a device
 * @param loads load averages over 1, 5 and 15 minutes
 * @param majorFaults pages read from a device because a process touched them
 * @param thermalThrottles how often processors were slowed for heat, summed
 * @param kilohertz the frequency that each processor ran at
 * @param cgroupThrottle how long this control group was stopped for having used up its quota
 */
public record Activity(long monotonicNanos, long wallNanos, Reading<Map<Integer, ProcessorTime>> processors,
        Reading<Long> running, Reading<Long> blocked, Reading<Load> loads, Reading<Pressure> cpuPressure,
        Reading<Pressure> memoryPressure, Reading<Pressure> ioPressure, Reading<Long> majorFaults,
        Reading<Long> contextSwitches, Reading<Long> thermalThrottles, Reading<Map<Integer, Long>> kilohertz,
        Reading<CgroupThrottle> cgroupThrottle) {
    /** Ticks of /proc/stat per second: USER_HZ, which is 100 on every architecture that Java runs on (proc(5)). */
    public static final long TICKS_PER_SECOND = 100;

    /** Ticks of one processor, as the columns of /proc/stat; guest time is already within user and nice. */
    public record ProcessorTime(long user, long nice, long system, long idle, long ioWait, long irq, long softIrq,
            long steal) {
        /** Ticks in which it ran something here. */
        public long busy() {
            return user + nice + system + irq + softIrq;
        }

        public long total() {
            return busy() + idle + ioWait + steal;
        }

        ProcessorTime minus(ProcessorTime e) {
            return new ProcessorTime(user - e.user, nice - e.nice, system - e.system, Math.max(0, idle - e.idle),
                    Math.max(0, ioWait - e.ioWait), irq - e.irq, softIrq - e.softIrq, steal - e.steal);
        }

        ProcessorTime plus(ProcessorTime o) {
            return new ProcessorTime(user + o.user, nice + o.nice, system + o.system, idle + o.idle, ioWait + o.ioWait,
                    irq + o.irq, softIrq + o.softIrq, steal + o.steal);
        }
    }

    public record Load(double one, double five, double fifteen) {}

    /**
     * Pressure stall information (Documentation/accounting/psi.rst).
     *
     * @param someMicros how long at least one task waited for the resource
     * @param fullMicros how long all tasks waited at once
     */
    public record Pressure(long someMicros, Reading<Long> fullMicros) {}

    /** @param periods periods that ended with the quota used up; {@code micros} time stopped, over all processors */
    public record CgroupThrottle(long periods, long micros) {}

    /** What the machine has done until now. */
    public static Activity read(Root root) {
        return root == Root.live() ? Live.READER.read() : new ActivityReader(root).read();
    }

    private static final class Live {
        /** Which files there are does not change while we run. */
        static final ActivityReader READER = new ActivityReader(Root.live());
    }

    /** What happened between {@code earlier} and this. */
    public Change since(Activity earlier) {
        return new Change(monotonicNanos - earlier.monotonicNanos, wallNanos - earlier.wallNanos,
                processors.flatMap(now -> earlier.processors.map(then -> between(now, then))),
                difference(majorFaults, earlier.majorFaults), difference(contextSwitches, earlier.contextSwitches),
                difference(thermalThrottles, earlier.thermalThrottles),
                pressure(cpuPressure, earlier.cpuPressure), pressure(memoryPressure, earlier.memoryPressure),
                pressure(ioPressure, earlier.ioPressure),
                cgroupThrottle.flatMap(now -> earlier.cgroupThrottle.map(then -> new CgroupThrottle(
                        now.periods - then.periods, now.micros - then.micros))));
    }

    private static Map<Integer, ProcessorTime> between(Map<Integer, ProcessorTime> now,
            Map<Integer, ProcessorTime> then) {
        Map<Integer, ProcessorTime> between = new TreeMap<>();
        now.forEach((processor, time) -> {
            ProcessorTime before = then.get(processor);
            if (before != null) {
                between.put(processor, time.minus(before)); // one plugged in meanwhile has no difference
            }
        });
        return between;
    }

    private static Reading<Long> difference(Reading<Long> now, Reading<Long> then) {
        return now.flatMap(value -> then.map(before -> value - before));
    }

    private static Reading<Pressure> pressure(Reading<Pressure> now, Reading<Pressure> then) {
        return now.flatMap(value -> then.map(before -> new Pressure(value.someMicros - before.someMicros,
                difference(value.fullMicros, before.fullMicros))));
    }

    /**
     * What happened between two moments.
     *
     * @param monotonicNanos how long it was
     * @param wallNanos how long by the wall clock: the difference is a clock that was set
     */
    public record Change(long monotonicNanos, long wallNanos, Reading<Map<Integer, ProcessorTime>> processors,
            Reading<Long> majorFaults, Reading<Long> contextSwitches, Reading<Long> thermalThrottles,
            Reading<Pressure> cpuPressure, Reading<Pressure> memoryPressure, Reading<Pressure> ioPressure,
            Reading<CgroupThrottle> cgroupThrottle) {
        /** How far the wall clock jumped against the steady one. */
        public long clockJumpNanos() {
            return wallNanos - monotonicNanos;
        }

        /** Ticks of all processors together. */
        public Reading<ProcessorTime> total() {
            return processors.map(map -> map.values().stream().reduce(new ProcessorTime(0, 0, 0, 0, 0, 0, 0, 0),
                    ProcessorTime::plus));
        }

        /** Seconds of processor time that ran here, over all processors; steps of 10 ms per processor. */
        public Reading<Double> busySeconds() {
            return total().map(time -> (double) time.busy() / TICKS_PER_SECOND);
        }

        /** Seconds that the hypervisor gave to others while something here wanted to run. */
        public Reading<Double> stealSeconds() {
            return total().map(time -> (double) time.steal() / TICKS_PER_SECOND);
        }
    }
}
