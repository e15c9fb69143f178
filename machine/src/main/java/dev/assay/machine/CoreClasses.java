package dev.assay.machine;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which processors are of the fast kind and which of the slow.
 *
 * <p>
 * Intel's hybrid parts have a PMU per kind, whose {@code cpus} file lists them. Elsewhere the kernel's cpu_capacity
 * (1,024 for the fastest, Documentation/scheduler/sched-capacity.rst) tells, else different parts in /proc/cpuinfo
 * with different highest frequencies.
 */
final class CoreClasses {
    private static final String CPU = "/sys/devices/system/cpu/cpu";
    /** Two cores of one kind may differ by this much in their best frequency (favoured cores of a binned part). */
    private static final double SAME_KIND = 0.85;
    private final Root root;
    private final CpuInfo info;

    CoreClasses(Root root, CpuInfo info) {
        this.root = root;
        this.info = info;
    }

    Map<Integer, CoreClass> of(BitSet online) {
        Map<Integer, CoreClass> classes = new HashMap<>();
        BitSet fast = root.set("/sys/devices/cpu_core/cpus").orElseGet(BitSet::new);
        BitSet slow = root.set("/sys/devices/cpu_atom/cpus").orElseGet(BitSet::new);
        slow.or(root.set("/sys/devices/cpu_lowpower/cpus").orElseGet(BitSet::new));
        if (fast.intersects(online) && slow.intersects(online)) {
            online.stream().forEach(i -> classes.put(i, fast.get(i)
                    ? CoreClass.PERFORMANCE
                    : slow.get(i) ? CoreClass.EFFICIENCY : CoreClass.UNKNOWN));
            return classes;
        }
        Map<Integer, Long> speeds = readings(online, "/cpu_capacity");
        if (speeds.size() < online.cardinality()) {
            speeds = readings(online, "/cpufreq/cpuinfo_max_freq");
            if (info.models().size() < 2) {
                speeds.clear(); // one part at several frequencies is one kind: binning, not design
            }
        }
        if (speeds.size() < online.cardinality()) {
            CoreClass all = info.models().size() > 1 ? CoreClass.UNKNOWN : CoreClass.UNIFORM;
            online.stream().forEach(i -> classes.put(i, all));
            return classes;
        }
        long best = new TreeSet<>(speeds.values()).last();
        boolean alike = speeds.values().stream().allMatch(speed -> speed >= best * SAME_KIND);
        speeds.forEach((i, speed) -> classes.put(i, alike
                ? CoreClass.UNIFORM
                : speed >= best * SAME_KIND ? CoreClass.PERFORMANCE : CoreClass.EFFICIENCY));
        return classes;
    }

    private Map<Integer, Long> readings(BitSet online, String file) {
        Map<Integer, Long> values = new HashMap<>();
        online.stream().forEach(i -> root.number(CPU + i + file).optional().filter(value -> value > 0)
                .ifPresent(value -> values.put(i, value)));
        return values;
    }
}
