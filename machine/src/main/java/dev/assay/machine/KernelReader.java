package dev.assay.machine;

import dev.assay.machine.Kernel.BlockDevice;
import dev.assay.machine.Kernel.FrequencyPolicy;
import dev.assay.machine.Kernel.Mitigation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Reads {@link Kernel} from procfs and sysfs. */
final class KernelReader {
    private static final String CPU = "/sys/devices/system/cpu";
    private static final String KERNEL = "/proc/sys/kernel/";
    private static final Pattern OPTIONS = Pattern.compile("CONFIG_(HZ|NO_HZ_FULL|NO_HZ_IDLE|PREEMPT(_[A-Z]+)?"
            + "|ARM64_[A-Z0-9_]+|NUMA_BALANCING|TRANSPARENT_HUGEPAGE(_[A-Z]+)?|HUGETLBFS|PERF_EVENTS|PSI"
            + "|KASAN|KCSAN|UBSAN|PROVE_LOCKING|LOCKDEP|DEBUG_PAGEALLOC|SLUB_DEBUG_ON|DEBUG_INFO_BTF|BPF_SYSCALL"
            + "|RSEQ|SCHED_CORE|SCHED_MC|CPU_ISOLATION|RANDOMIZE_BASE|PAGE_TABLE_ISOLATION"
            + "|MITIGATION_PAGE_TABLE_ISOLATION)");
    private final Root root;

    KernelReader(Root root) {
        this.root = root;
    }

    Kernel read() {
        Reading<String> release = root.word(KERNEL + "osrelease")
                .or(() -> root.word("/proc/version").map(KernelReader::releaseOf));
        String clock = "/sys/devices/system/clocksource/clocksource0/";
        return new Kernel(release, root.word("/proc/version"), root.word("/proc/cmdline"),
                root.word(clock + "current_clocksource"),
                root.word(clock + "available_clocksource").map(line -> List.of(line.split("\\s+"))).orElse(List.of()),
                mitigations(), frequencies(), boost(), root.word(CPU + "/smt/control"), slack(),
                root.number(KERNEL + "perf_event_paranoid"), root.number(KERNEL + "numa_balancing").map(n -> n != 0),
                root.number(KERNEL + "sched_rt_runtime_us"), root.number(KERNEL + "sched_rt_period_us"),
                preemption(), root.number(KERNEL + "randomize_va_space").map(n -> n != 0),
                root.word(KERNEL + "kptr_restrict"), config(release), blockDevices());
    }

    private static String releaseOf(String version) {
        String[] words = version.split("\\s+");
        if (words.length < 3) {
            throw new IllegalArgumentException("'Linux version …' was expected, not '" + Parse.shown(version) + "'");
        }
        return words[2];
    }

    private List<Mitigation> mitigations() {
        String directory = CPU + "/vulnerabilities";
        return root.names(directory).stream().filter(name -> name.matches("[a-z0-9_]{1,60}")).map(name -> {
            Reading<String> text = root.word(directory + "/" + name);
            Mitigation.State state = text.map(KernelReader::state).orElse(Mitigation.State.UNKNOWN);
            return new Mitigation(name, state, text.orElse(text.because()));
        }).toList();
    }

    /** Documentation/ABI/testing/sysfs-devices-system-cpu fixes the beginnings. */
    private static Mitigation.State state(String text) {
        return text.startsWith("Not affected")
                ? Mitigation.State.NOT_AFFECTED
                : text.startsWith("Mitigation") || text.contains("Mitigation:")
                        ? Mitigation.State.MITIGATED
                        : text.startsWith("Vulnerable") ? Mitigation.State.VULNERABLE : Mitigation.State.UNKNOWN;
    }

    private List<FrequencyPolicy> frequencies() {
        String directory = CPU + "/cpufreq";
        return root.names(directory).stream().filter(name -> name.matches("policy[0-9]{1,5}")).map(name -> {
            String path = directory + "/" + name + "/";
            return new FrequencyPolicy(root.text(path + "affected_cpus").map(String::strip)
                    .map(text -> Parse.list(Parse.set(text.replaceAll("\\s+", ",")))).orElse(name.substring(6)),
                    root.word(path + "scaling_driver"), root.word(path + "scaling_governor"),
                    root.number(path + "cpuinfo_min_freq"), root.number(path + "cpuinfo_max_freq"),
                    root.number(path + "scaling_cur_freq"), root.number(path + "base_frequency"),
                    root.word(path + "energy_performance_preference"));
        }).toList();
    }

    /** intel_pstate says the contrary (no_turbo); acpi-cpufreq and amd-pstate say it (cpufreq/boost). */
    private Reading<Boolean> boost() {
        return root.number(CPU + "/intel_pstate/no_turbo").map(n -> n == 0)
                .or(() -> root.number(CPU + "/cpufreq/boost").map(n -> n != 0))
                .or(() -> Reading.unsupported("no driver here can switch boost (no intel_pstate/no_turbo, no "
                        + "cpufreq/boost)"));
    }

    /** Of the process that reads; on another machine it says nothing, but then it was saved there. */
    private Reading<Long> slack() {
        return root.number("/proc/self/timerslack_ns");
    }

    private Reading<String> preemption() {
        return root.word("/sys/kernel/debug/sched/preempt").map(KernelReader::bracketed)
                .or(() -> root.word("/proc/version").flatMap(text -> {
                    for (String model : List.of("PREEMPT_RT", "PREEMPT_DYNAMIC", "PREEMPT_LAZY", "PREEMPT")) {
                        if (text.contains(" " + model)) {
                            return Reading.known(model, "/proc/version");
                        }
                    }
                    return Reading.known("voluntary or none", "/proc/version");
                }));
    }

    /** {@code none voluntary (full)}. */
    private static String bracketed(String line) {
        int open = line.indexOf('(');
        int close = line.indexOf(')', open + 1);
        if (open < 0 || close < 0) {
            throw new IllegalArgumentException("one choice in parentheses was expected, not '" + Parse.shown(line)
                    + "'");
        }
        return line.substring(open + 1, close);
    }

    private Reading<Map<String, String>> config(Reading<String> release) {
        Reading<String> packed = root.bytes("/proc/config.gz").map(KernelReader::unpack);
        return packed.or(() -> release.flatMap(name -> name.contains("/")
                ? Reading.unsupported("no release")
                : root.text("/boot/config-" + name)))
                .map(KernelReader::options);
    }

    private static String unpack(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readNBytes(Root.LIMIT), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not a gzip file (" + e.getMessage() + ")", e);
        }
    }

    static Map<String, String> options(String text) {
        Map<String, String> options = new TreeMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0 && OPTIONS.matcher(line).region(0, equals).matches()) {
                options.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return options;
    }

    private List<BlockDevice> blockDevices() {
        return root.names("/sys/block").stream().filter(name -> !name.matches("(loop|ram|zram|dm-|md|sr).*"))
                .map(name -> {
                    String path = "/sys/block/" + name + "/";
                    return new BlockDevice(name,
                            root.word(path + "queue/scheduler")
                                    .map(line -> line.contains("[") ? Memory.chosen(line) : line),
                            root.number(path + "queue/rotational").map(n -> n != 0),
                            root.number(path + "queue/read_ahead_kb"), root.number(path + "size").map(n -> n * 512));
                }).toList();
    }
}
