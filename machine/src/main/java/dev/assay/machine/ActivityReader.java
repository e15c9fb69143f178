package dev.assay.machine;

import dev.assay.machine.Activity.CgroupThrottle;
import dev.assay.machine.Activity.Load;
import dev.assay.machine.Activity.Pressure;
import dev.assay.machine.Activity.ProcessorTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@link Activity} again and again; which files there are is found once. */
final class ActivityReader {
    private static final String CPU = "/sys/devices/system/cpu/";
    private final Root root;
    private final Reading<String> cpuStat;
    private final Map<Integer, String> frequencies = new TreeMap<>();
    private final Map<Integer, String> throttles = new TreeMap<>();

    ActivityReader(Root root) {
        this.root = root;
        cpuStat = Cgroup.read(root).cpuStat();
        for (String name : root.names(CPU)) {
            if (!name.matches("cpu[0-9]{1,5}")) {
                continue;
            }
            int processor = Integer.parseInt(name.substring(3));
            String frequency = CPU + name + "/cpufreq/scaling_cur_freq";
            if (root.exists(frequency)) {
                frequencies.put(processor, frequency);
            }
            String throttle = CPU + name + "/thermal_throttle/core_throttle_count";
            if (root.exists(throttle)) {
                throttles.put(processor, throttle);
            }
        }
    }

    Activity read() {
        Reading<String> stat = root.text("/proc/stat");
        long monotonic = System.nanoTime();
        Instant now = Instant.now();
        return new Activity(monotonic, now.getEpochSecond() * 1_000_000_000L + now.getNano(),
                stat.map(ActivityReader::processors), entry(stat, "/proc/stat", "procs_running"),
                entry(stat, "/proc/stat", "procs_blocked"), root.word("/proc/loadavg").map(ActivityReader::load),
                pressure("cpu"), pressure("memory"), pressure("io"),
                entry(root.text("/proc/vmstat"), "/proc/vmstat", "pgmajfault"), entry(stat, "/proc/stat", "ctxt"),
                throttles(), frequencies(), cgroup());
    }

    static Map<Integer, ProcessorTime> processors(String stat) {
        Map<Integer, ProcessorTime> processors = new TreeMap<>();
        for (String line : stat.split("\n")) {
            if (!line.startsWith("cpu") || line.startsWith("cpu ")) {
                continue;
            }
            String[] words = line.split("\\s+");
            long[] ticks = new long[8];
            for (int i = 0; i < ticks.length && i + 1 < words.length; i++) {
                ticks[i] = Parse.number(words[i + 1]);
            }
            processors.put(Math.toIntExact(Parse.number(words[0].substring(3))), new ProcessorTime(ticks[0], ticks[1],
                    ticks[2], ticks[3], ticks[4], ticks[5], ticks[6], ticks[7]));
        }
        if (processors.isEmpty()) {
            throw new IllegalArgumentException("no line of a processor");
        }
        return processors;
    }

    private static Reading<Long> entry(Reading<String> file, String path, String key) {
        return file.flatMap(text -> {
            int at = text.startsWith(key + " ") ? 0 : text.indexOf("\n" + key + " ") + 1;
            if (at == 0 && !text.startsWith(key + " ")) {
                return Reading.unsupported(path + " has no " + key);
            }
            int end = text.indexOf('\n', at);
            return Reading.known(text.substring(at + key.length(), end < 0 ? text.length() : end), path)
                    .map(Parse::number);
        });
    }

    static Load load(String line) {
        String[] words = line.split("\\s+");
        if (words.length < 3) {
            throw new IllegalArgumentException("three load averages were expected, not '" + Parse.shown(line) + "'");
        }
        double[] loads = {Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2])};
        for (double load : loads) {
            if (!(load >= 0 && load < 1e9)) {
                throw new IllegalArgumentException("a load average is from 0 on, not " + load);
            }
        }
        return new Load(loads[0], loads[1], loads[2]);
    }

    private Reading<Pressure> pressure(String resource) {
        Reading<String> text = root.text("/proc/pressure/" + resource);
        return text.isKnown()
                ? text.map(ActivityReader::pressure0)
                : Reading.unsupported("this kernel keeps no pressure stall information (" + text.because()
                        + "); boot with psi=1");
    }

    /** Lines {@code some avg10=0.00 avg60=0.00 avg300=0.00 total=0}, and the same for full. */
    static Pressure pressure0(String text) {
        Reading<Long> some = Reading.unsupported("no line some");
        Reading<Long> full = Reading.unsupported("no line full");
        for (String line : text.split("\n")) {
            int at = line.indexOf(" total=");
            if (at > 0) {
                Reading<Long> total = Reading.known(Parse.number(line.substring(at + 7)), "/proc/pressure");
                some = line.startsWith("some ") ? total : some;
                full = line.startsWith("full ") ? total : full;
            }
        }
        if (some instanceof Reading.Known<Long>(Long micros, String _)) {
            return new Pressure(micros, full);
        }
        throw new IllegalArgumentException("a line 'some … total=N' was expected, not '" + Parse.shown(text) + "'");
    }

    private Reading<Long> throttles() {
        if (throttles.isEmpty()) {
            return Reading.unsupported("this machine counts no thermal throttling (no " + CPU
                    + "cpu*/thermal_throttle); virtual machines and AArch64 have no such counter");
        }
        long sum = 0;
        for (String path : throttles.values()) {
            Reading<Long> one = root.number(path);
            if (!one.isKnown()) {
                return one;
            }
            sum += one.orElse(0L);
        }
        return Reading.known(sum, CPU + "cpu*/thermal_throttle/core_throttle_count");
    }

    private Reading<Map<Integer, Long>> frequencies() {
        Map<Integer, Long> kilohertz = new TreeMap<>();
        frequencies.forEach((processor, path) -> root.number(path).optional()
                .ifPresent(value -> kilohertz.put(processor, value)));
        return kilohertz.isEmpty()
                ? Reading.unsupported("no processor tells its frequency (no " + CPU + "cpu*/cpufreq)")
                : Reading.known(kilohertz, CPU + "cpu*/cpufreq/scaling_cur_freq");
    }

    /** Version 2 counts microseconds (throttled_usec), version 1 nanoseconds (throttled_time). */
    private Reading<CgroupThrottle> cgroup() {
        return cpuStat.flatMap(path -> root.text(path).flatMap(text -> {
            Map<String, String> counters = Cgroup.counters(text);
            String periods = counters.get("nr_throttled");
            String micros = counters.get("throttled_usec");
            String nanos = counters.get("throttled_time");
            if (periods == null || micros == null && nanos == null) {
                return Reading.unsupported(path + " counts no throttling: no quota is set here");
            }
            return Reading.known(counters, path).map(_ -> new CgroupThrottle(Parse.number(periods),
                    micros != null ? Parse.number(micros) : Parse.number(nanos) / 1000));
        }));
    }
}
