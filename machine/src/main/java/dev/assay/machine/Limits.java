package dev.assay.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this process may use. A limit that is not set is {@link #UNLIMITED}.
 *
 * @param memlockBytes how much it may lock (RLIMIT_MEMLOCK)
 * @param openFiles descriptors (RLIMIT_NOFILE)
 * @param realtimePriority the highest real-time priority without CAP_SYS_NICE; 0 is none (RLIMIT_RTPRIO)
 * @param nice how far it may raise itself: the limit 20 - nice (RLIMIT_NICE)
 * @param processes processes and threads of the user (RLIMIT_NPROC)
 * @param cgroup limits of its control groups
 * @param capabilities the effective set as a mask of bits (capabilities(7))
 * @param seccomp 0 none, 1 strict, 2 filter (prctl(2))
 */
public record Limits(Reading<Long> memlockBytes, Reading<Long> openFiles, Reading<Long> realtimePriority,
        Reading<Long> nice, Reading<Long> processes, Cgroup cgroup, Reading<Long> capabilities,
        Reading<Long> seccomp) {
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Capabilities that Assay's measurements may need, with their bit (include/uapi/linux/capability.h). */
    public enum Capability {
        IPC_LOCK(14), SYS_RAWIO(17), SYS_ADMIN(21), SYS_NICE(23), SYS_RESOURCE(24), PERFMON(38), BPF(39);

        final int bit;

        Capability(int bit) {
            this.bit = bit;
        }
    }

    /** Whether this process holds a capability now. */
    public Reading<Boolean> holds(Capability capability) {
        return capabilities.map(mask -> (mask >>> capability.bit & 1) == 1);
    }

    static Limits read(Root root) {
        Reading<Map<String, Long>> limits = root.text("/proc/self/limits").map(Limits::soft);
        Reading<Map<String, String>> status = root.text("/proc/self/status").map(text -> Parse.pairs(text, ':'));
        return new Limits(limit(limits, "Max locked memory"), limit(limits, "Max open files"),
                limit(limits, "Max realtime priority"), limit(limits, "Max nice priority"),
                limit(limits, "Max processes"), Cgroup.read(root),
                entry(status, "CapEff").map(text -> Long.parseUnsignedLong(text, 16)),
                entry(status, "Seccomp").map(Parse::number));
    }

    private static Reading<String> entry(Reading<Map<String, String>> status, String key) {
        return status.flatMap(pairs -> pairs.containsKey(key)
                ? Reading.known(pairs.get(key), "/proc/self/status, " + key)
                : Reading.unsupported("/proc/self/status has no " + key));
    }

    private static Reading<Long> limit(Reading<Map<String, Long>> limits, String name) {
        return limits.flatMap(map -> map.containsKey(name)
                ? Reading.known(map.get(name), "/proc/self/limits")
                : Reading.unsupported("/proc/self/limits has no line " + name));
    }

    /** The first value column; the name is everything before it (fs/proc/base.c pads it to 26 characters). */
    static Map<String, Long> soft(String text) {
        Map<String, Long> soft = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            if (line.length() > 26 && line.startsWith("Max ")) {
                String value = line.substring(26).strip().split("\\s+", 2)[0];
                soft.put(line.substring(0, 26).strip(), value.equals("unlimited") ? UNLIMITED : Parse.number(value));
            }
        }
        return soft;
    }
}
