package dev.assay.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The limits of the control groups that this process is in (Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/).
 *
 * <p>
 * A limit holds for a group and all below it, so the smallest on the way up counts. In a container the way up ends at
 * its own group, which is mounted as the root.
 *
 * @param version 1 or 2
 * @param cpus how many processors' worth of time per period; 1.5 is one and a half
 * @param cpuPeriodMicros the period over which the quota holds
 * @param processors the cpuset
 * @param memoryMaxBytes {@link Limits#UNLIMITED} where there is no limit
 * @param cpuStat path of the file that counts throttling
 */
public record Cgroup(Reading<Integer> version, Reading<String> path, Reading<Double> cpus,
        Reading<Long> cpuPeriodMicros, Reading<BitSet> processors, Reading<Long> memoryMaxBytes,
        Reading<Long> memoryHighBytes, Reading<Long> memoryCurrentBytes, Reading<Long> swapMaxBytes,
        Reading<Long> pidsMax, Reading<String> cpuStat) {
    private static final String MOUNT = "/sys/fs/cgroup";
    /** Version 1 writes "no limit" as the largest multiple of the page size. */
    private static final long V1_UNLIMITED = 1L << 60;

    static Cgroup read(Root root) {
        Reading<String> file = root.text("/proc/self/cgroup");
        if (root.exists(MOUNT + "/cgroup.controllers")) {
            return version2(root, file);
        }
        if (root.exists(MOUNT + "/memory") || root.exists(MOUNT + "/cpu") || root.exists(MOUNT + "/cpu,cpuacct")) {
            return version1(root, file);
        }
        return none(file.isKnown()
                ? "no control groups are mounted at " + MOUNT
                : "this kernel has no control groups (" + file.because() + ")");
    }

    static Cgroup none(String reason) {
        return new Cgroup(Reading.unsupported(reason), Reading.unsupported(reason), Reading.unsupported(reason),
                Reading.unsupported(reason), Reading.unsupported(reason), Reading.unsupported(reason),
                Reading.unsupported(reason), Reading.unsupported(reason), Reading.unsupported(reason),
                Reading.unsupported(reason), Reading.unsupported(reason));
    }

    private static Cgroup version2(Root root, Reading<String> file) {
        Reading<String> path = file.flatMap(text -> path(text, ""));
        List<String> up = up(root, MOUNT, path.orElse("/"));
        Reading<String> quota = Reading.unsupported("cpu.max is set nowhere up to " + MOUNT);
        double least = Double.MAX_VALUE;
        for (String directory : up) {
            Reading<String> max = root.word(directory + "/cpu.max");
            double cpus = max.map(Cgroup::cpus).orElse(Double.MAX_VALUE);
            if (cpus < least || !quota.isKnown() && max.isKnown()) {
                quota = max;
                least = Math.min(least, cpus);
            }
        }
        Reading<String> chosen = quota;
        return new Cgroup(Reading.known(2, MOUNT + "/cgroup.controllers"), path, chosen.flatMap(text -> {
            Reading<Double> cpus = Reading.known(text, chosen.because()).map(Cgroup::cpus);
            return cpus.orElse(0.0) == Double.MAX_VALUE
                    ? Reading.unsupported("no quota: " + chosen.because() + " is max")
                    : cpus;
        }), chosen.map(text -> Parse.number(words(text, 2)[1])), first(root, up, "cpuset.cpus.effective")
                .map(Parse::set), least(root, up, "memory.max"), least(root, up, "memory.high"),
                first(root, up, "memory.current").map(Parse::number), least(root, up, "memory.swap.max"),
                least(root, up, "pids.max"), stat(root, up));
    }

    private static Cgroup version1(Root root, Reading<String> file) {
        Reading<String> path = file.flatMap(text -> path(text, "cpu"));
        List<String> cpu = up(root, root.exists(MOUNT + "/cpu") ? MOUNT + "/cpu" : MOUNT + "/cpu,cpuacct",
                path.orElse("/"));
        List<String> memory = up(root, MOUNT + "/memory", file.flatMap(text -> path(text, "memory")).orElse("/"));
        List<String> set = up(root, MOUNT + "/cpuset", file.flatMap(text -> path(text, "cpuset")).orElse("/"));
        List<String> pids = up(root, MOUNT + "/pids", file.flatMap(text -> path(text, "pids")).orElse("/"));
        Reading<Long> period = first(root, cpu, "cpu.cfs_period_us").map(Parse::number);
        Reading<Double> cpus = Reading.unsupported("no quota: cpu.cfs_quota_us is -1 or absent up to " + MOUNT);
        for (String directory : cpu) {
            Reading<Long> quota = root.number(directory + "/cpu.cfs_quota_us");
            Reading<Long> over = root.number(directory + "/cpu.cfs_period_us");
            if (quota.orElse(-1L) > 0 && over.orElse(0L) > 0) {
                double here = (double) quota.orElse(0L) / over.orElse(1L);
                cpus = here < cpus.orElse(Double.MAX_VALUE) ? quota.map(_ -> here) : cpus;
            }
        }
        return new Cgroup(Reading.known(1, MOUNT), path, cpus, period,
                first(root, set, "cpuset.effective_cpus").or(() -> first(root, set, "cpuset.cpus")).map(Parse::set),
                least(root, memory, "memory.limit_in_bytes"), least(root, memory, "memory.soft_limit_in_bytes"),
                first(root, memory, "memory.usage_in_bytes").map(Parse::number),
                Reading.unsupported("control groups of version 1 limit memory and swap together"),
                least(root, pids, "pids.max"), stat(root, cpu));
    }

    /** The group of a controller in /proc/self/cgroup: lines {@code id:controllers:path}; version 2 has none listed. */
    static Reading<String> path(String text, String controller) {
        for (String line : text.split("\n")) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && List.of(parts[1].split(",")).contains(controller) && parts[2].startsWith("/")) {
                return Reading.known(parts[2].strip(), "/proc/self/cgroup");
            }
        }
        return Reading.unsupported("/proc/self/cgroup names no group for '" + controller + "'");
    }

    /** The group's directory and those above it. In a container the host's path may not exist: then its root alone. */
    private static List<String> up(Root root, String mount, String path) {
        List<String> up = new ArrayList<>();
        if (!path.contains("..") && root.exists(mount + path)) {
            for (String at = path; at.length() > 1; at = at.substring(0, Math.max(at.lastIndexOf('/'), 0))) {
                up.add(mount + at);
            }
        }
        up.add(mount);
        return up;
    }

    private static Reading<String> first(Root root, List<String> up, String file) {
        for (String directory : up) {
            Reading<String> word = root.word(directory + "/" + file);
            if (word.isKnown()) {
                return word;
            }
        }
        return Reading.unsupported("no " + file + " up to " + up.getLast());
    }

    private static Reading<Long> least(Root root, List<String> up, String file) {
        Reading<Long> least = Reading.unsupported("no " + file + " up to " + up.getLast());
        for (String directory : up) {
            Reading<Long> here = root.word(directory + "/" + file)
                    .map(word -> word.equals("max") ? Limits.UNLIMITED : Parse.number(word))
                    .map(value -> value >= V1_UNLIMITED ? Limits.UNLIMITED : value);
            if (here.isKnown() && (!least.isKnown() || here.orElse(0L) < least.orElse(0L))) {
                least = here;
            }
        }
        return least;
    }

    private static Reading<String> stat(Root root, List<String> up) {
        for (String directory : up) {
            if (root.exists(directory + "/cpu.stat")) {
                return Reading.known(directory + "/cpu.stat", directory);
            }
        }
        return Reading.unsupported("no cpu.stat up to " + up.getLast());
    }

    /** {@code max 100000} or {@code 150000 100000}. */
    private static double cpus(String text) {
        String[] words = words(text, 2);
        if (words[0].equals("max")) {
            return Double.MAX_VALUE;
        }
        long quota = Parse.number(words[0]);
        long period = Parse.number(words[1]);
        if (quota <= 0 || period <= 0) {
            throw new IllegalArgumentException("a quota and its period are positive, not '" + Parse.shown(text) + "'");
        }
        return (double) quota / period;
    }

    private static String[] words(String text, int count) {
        String[] words = text.strip().split("\\s+");
        if (words.length < count) {
            throw new IllegalArgumentException(count + " words were expected, not '" + Parse.shown(text) + "'");
        }
        return words;
    }

    /** Counters of cpu.stat, by name. */
    static Map<String, String> counters(String text) {
        return Parse.pairs(text, ' ');
    }
}
