package dev.assay.machine;

import dev.assay.machine.Advice.Weight;
import dev.assay.machine.Kernel.FrequencyPolicy;
import dev.assay.machine.Kernel.Mitigation;
import dev.assay.machine.Limits.Capability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The advice that a performance engineer would give after reading the sheet. */
final class Adviser {
    private final Machine machine;
    private final List<Advice> advice = new ArrayList<>();

    private Adviser(Machine machine) {
        this.machine = machine;
    }

    static List<Advice> advise(Machine machine) {
        Adviser adviser = new Adviser(machine);
        adviser.layers();
        adviser.frequency();
        adviser.processors();
        adviser.memory();
        adviser.kernel();
        adviser.heat();
        adviser.devices();
        adviser.now();
        adviser.advice.sort(Comparator.comparing(Advice::weight));
        return List.copyOf(adviser.advice);
    }

    private void add(String id, Weight weight, String finding, String why, String remedy) {
        advice.add(new Advice(id, weight, finding, why, remedy));
    }

    private void layers() {
        Virtualization virtual = machine.virtualization();
        if (virtual.translated()) {
            add("translated", Weight.SPOILS, "this process runs under " + virtual.translation() + " on a "
                    + machine.architecture().kernel() + " machine",
                    "timings are the translator's, and memory is ordered as strongly as the host's",
                    "start a JDK built for " + machine.architecture().kernel());
        }
        String wsl = virtual.wsl().orElse(Virtualization.NONE);
        if (!wsl.equals(Virtualization.NONE)) {
            add("wsl", Weight.DISTURBS, "this is " + wsl,
                    "Windows shares the processors and decides their frequency; files under /mnt cross a network protocol",
                    "keep files inside Linux, set processors in .wslconfig, or measure on Linux itself");
        }
        if (virtual.virtualised()) {
            add("virtualised", Weight.DISTURBS, "a hypervisor is below: " + virtual.hypervisor(),
                    "neighbours take cache, memory bandwidth and time (steal); caches and cores may be described wrongly",
                    "compare variants in the same minutes (blocks, duets), watch steal; use a metal instance for absolute figures");
        }
        machine.limits().cgroup().cpus().optional().ifPresent(cpus -> add("quota", Weight.DISTURBS,
                String.format(java.util.Locale.ROOT, "the control group may use %.2f processors of %d", cpus,
                        machine.topology().allowed().cardinality()),
                "a program that uses more is stopped for the rest of each period, which shows as pauses of up to "
                        + machine.limits().cgroup().cpuPeriodMicros().map(micros -> micros / 1000 + " ms")
                                .orElse("a period"),
                "give whole processors (a cpuset) instead of a quota, or start no more threads than it allows"));
        machine.limits().cgroup().memoryMaxBytes().optional().filter(bytes -> bytes < machine.memory().totalBytes()
                .orElse(Long.MAX_VALUE))
                .ifPresent(bytes -> add("memory-limit", Weight.NOTE, "the control group may use "
                        + Text.bytes(bytes) + " of memory", "page cache counts too, so reads slow down near the limit",
                        "keep heap and mapped files well below it"));
    }

    private void frequency() {
        List<FrequencyPolicy> policies = machine.kernel().frequencies();
        TreeSet<String> lazy = policies.stream().map(policy -> policy.governor().orElse("performance"))
                .filter(governor -> !governor.equals("performance")).collect(Collectors.toCollection(TreeSet::new));
        boolean active = policies.stream().map(policy -> policy.driver().orElse("")).anyMatch(
                driver -> driver.equals("intel_pstate") || driver.equals("amd-pstate-epp"));
        if (!lazy.isEmpty()) {
            add("governor", Weight.DISTURBS, "the frequency governor is " + String.join(", ", lazy), active
                    ? "the processor ramps up with load, so short measurements start slow"
                    : "the kernel changes frequency with load, so the first milliseconds of a measurement run slow",
                    "cpupower frequency-set -g performance");
        }
        if (machine.kernel().boost().orElse(false)) {
            add("boost", Weight.NOTE, "processors may boost above their nominal frequency",
                    "how far depends on heat and on what other cores do, so the first trial is faster than the tenth",
                    "for steady figures: " + (machine.kernel().boost().because().contains("intel_pstate")
                            ? "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo"
                            : "echo 0 > /sys/devices/system/cpu/cpufreq/boost"));
        }
    }

    private void processors() {
        Topology topology = machine.topology();
        if (topology.smt()) {
            add("smt", Weight.NOTE, "cores run two or more threads at once (SMT)",
                    "two busy threads on one core slow each other down by a third and more",
                    "place threads on different cores (assay does), or echo off > /sys/devices/system/cpu/smt/control");
        }
        if (topology.mixed()) {
            add("mixed-cores", Weight.DISTURBS, "cores differ: " + Text.classes(topology),
                    "a thread that moves from one kind to the other changes speed by a factor of two",
                    "pin to one kind of core");
        }
        if (topology.nodes().size() > 1) {
            add("numa", Weight.NOTE, topology.nodes().size() + " NUMA nodes", "memory of another node is slower",
                    "bind threads and memory to one node (numactl --cpunodebind --membind)");
            if (machine.kernel().numaBalancing().orElse(false)) {
                add("numa-balancing", Weight.DISTURBS, "the kernel moves pages between nodes (numa_balancing)",
                        "it unmaps pages now and then to see who uses them, which faults in the midst of a measurement",
                        "sysctl kernel.numa_balancing=0");
            }
        }
        int idle = topology.online().cardinality() - topology.allowed().cardinality();
        if (idle > 0) {
            add("affinity", Weight.NOTE, "this process may use " + topology.allowed().cardinality() + " of "
                    + topology.online().cardinality() + " processors", "results hold for those only",
                    "start without taskset or cpuset to use all");
        }
        if (!machine.caches().line().isKnown()) {
            add("line-size", Weight.NOTE, "the cache line is taken to be " + machine.caches().lineBytes() + " bytes",
                    machine.caches().line().because(), "check against the processor's manual");
        }
        for (Features.Feature feature : machine.features().all()) {
            String flags = feature.jvm().orElse("");
            if (feature.processor().orElse(false) && !flags.isEmpty() && List.of(flags.split(" ")).stream()
                    .allMatch(flag -> flag.endsWith("=false") || flag.matches("Use(AVX|SVE)=0"))) {
                add("unused-" + feature.id(), Weight.NOTE, "the JVM does not use what the processor has for "
                        + feature.means() + " (" + flags + ")", "code that needs it takes a slower way",
                        "leave the option to the JVM, or look why it was switched off");
            }
        }
    }

    private void memory() {
        Memory memory = machine.memory();
        if (memory.transparentHugePages().orElse("").equals("always")) {
            add("thp", Weight.DISTURBS, "transparent huge pages are always",
                    "whether memory lies on huge pages depends on how fragmented it was at the start, so processes differ",
                    "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled and ask with -XX:+UseTransparentHugePages");
        }
        long used = memory.swapTotalBytes().flatMap(total -> memory.swapFreeBytes().map(free -> total - free))
                .orElse(0L);
        if (used > 0) {
            add("swapped", Weight.DISTURBS, Text.bytes(used) + " swapped out",
                    "what was swapped comes back by major faults of milliseconds",
                    "free memory and swapoff -a while measuring");
        }
        if (used == 0 && memory.swapTotalBytes().orElse(0L) > 0) {
            add("swap", Weight.NOTE,
                    "there is swap (" + Text.bytes(memory.swapTotalBytes().orElse(0L)) + ", swappiness "
                            + memory.swappiness().map(String::valueOf).orElse("not told") + ")",
                    "a long pause may be a page that came back from a device; major faults tell",
                    "swapoff -a while measuring, or lock memory");
        }
        long total = memory.totalBytes().orElse(0L);
        if (total > 0 && memory.availableBytes().orElse(total) < total / 10) {
            add("memory-short", Weight.DISTURBS, Text.bytes(memory.availableBytes().orElse(0L)) + " of "
                    + Text.bytes(total) + " are available", "the kernel reclaims pages while programs run",
                    "end other programs");
        }
        if (machine.limits().memlockBytes().orElse(Limits.UNLIMITED) < 64L << 20
                && !machine.limits().holds(Capability.IPC_LOCK).orElse(false)) {
            add("memlock", Weight.NOTE, "at most " + Text.bytes(machine.limits().memlockBytes().orElse(0L))
                    + " may be locked",
                    "memory cannot be kept from being swapped; io_uring and huge pages may be refused",
                    "ulimit -l unlimited (memlock in limits.conf, LimitMEMLOCK= in a unit)");
        }
    }

    private void kernel() {
        Kernel kernel = machine.kernel();
        String clock = kernel.clockSource().orElse("");
        if (List.of("hpet", "acpi_pm", "jiffies", "refined-jiffies", "pit", "xen").contains(clock)) {
            add("clock", clock.equals("xen") ? Weight.NOTE : Weight.DISTURBS, "the clock source is " + clock,
                    "System.nanoTime takes a system call or a device access, a microsecond instead of 20 ns",
                    kernel.clockSources().contains("tsc")
                            ? "echo tsc > /sys/devices/system/clocksource/clocksource0/current_clocksource"
                            : "find out why the kernel distrusts the TSC: dmesg | grep -i tsc");
        }
        String mitigated = kernel.mitigations().stream().filter(m -> m.state() == Mitigation.State.MITIGATED)
                .map(Mitigation::vulnerability).collect(Collectors.joining(", "));
        if (!mitigated.isEmpty()) {
            add("mitigations", Weight.NOTE, "mitigations are on: " + mitigated,
                    "system calls, interrupts and indirect branches cost more than on a processor without them",
                    "leave them on; compare only machines with the same set");
        }
        boolean unlimited = machine.limits().holds(Capability.PERFMON).orElse(false)
                || machine.limits().holds(Capability.SYS_ADMIN).orElse(false);
        kernel.perfEventParanoid().optional().filter(level -> level > 1 && !unlimited).ifPresent(level -> add(
                "perf-paranoid", Weight.NOTE, "perf_event_paranoid is " + level, level > 2
                        ? "no counter at all can be read"
                        : "counters leave out what the kernel does for a program",
                "sysctl kernel.perf_event_paranoid=1, or CAP_PERFMON"));
        List<String> debug = kernel.config().map(map -> map.entrySet().stream().filter(entry -> entry.getValue()
                .equals("y")
                && entry.getKey().matches("CONFIG_(KASAN|KCSAN|UBSAN|PROVE_LOCKING|LOCKDEP|"
                        + "DEBUG_PAGEALLOC|SLUB_DEBUG_ON)"))
                .map(java.util.Map.Entry::getKey).toList())
                .orElse(List.of());
        if (!debug.isEmpty()) {
            add("debug-kernel", Weight.SPOILS, "the kernel was built for debugging: " + String.join(", ", debug),
                    "everything that enters the kernel is several times slower", "boot the distribution's own kernel");
        }
        if (machine.limits().realtimePriority().orElse(1L) == 0 && !machine.limits().holds(Capability.SYS_NICE).orElse(
                false)) {
            add("realtime", Weight.NOTE, "no real-time priority may be taken",
                    "what is measured cannot be kept from being interrupted by other programs",
                    "raise rtprio in limits.conf (ulimit -r), or CAP_SYS_NICE");
        }
        kernel.blockDevices().stream().filter(disk -> disk.name().startsWith("nvme") && !disk.scheduler().orElse("none")
                .equals("none")).forEach(disk -> add("scheduler-" + disk.name(), Weight.NOTE, disk.name()
                        + " has the I/O scheduler " + disk.scheduler(),
                        "a drive with its own queues gains nothing from sorting in the kernel",
                        "echo none > /sys/block/" + disk.name() + "/queue/scheduler"));
        kernel.timerSlackNanos().optional().filter(nanos -> nanos > 1_000_000).ifPresent(nanos -> add("timer-slack",
                Weight.DISTURBS, "timers may fire " + nanos / 1000 + " µs late", "sleeps and pacing are coarse",
                "echo 50000 > /proc/self/timerslack_ns in the parent"));
    }

    private void heat() {
        Energy energy = machine.energy();
        long throttles = Math.max(energy.coreThrottles().orElse(0L), energy.packageThrottles().orElse(0L));
        if (throttles > 0) {
            add("throttled", Weight.DISTURBS, "processors were slowed for heat " + throttles
                    + " times since the start", "a long run is slower than a short one for no reason of the program's",
                    "cool it, clean the fans, or lower the power limit so that it never happens");
        }
        if (energy.supply().orElse("").startsWith("battery")) {
            add("battery", Weight.DISTURBS, "it runs on " + energy.supply(), "firmware caps power and frequency",
                    "plug it in");
        }
        energy.sensors().stream().filter(sensor -> sensor.celsius().orElse(0.0) > 0 && sensor.critical().isKnown()
                && sensor.celsius().orElse(0.0) >= sensor.critical().orElse(200.0) - 10).findFirst()
                .ifPresent(sensor -> add("hot", Weight.DISTURBS, String.format(java.util.Locale.ROOT,
                        "%s %s is at %.0f °C, critical is %.0f °C", sensor.chip(), sensor.label(), sensor.celsius()
                                .orElse(0.0),
                        sensor.critical().orElse(0.0)), "it is about to be slowed",
                        "let it cool before measuring"));
    }

    private void devices() {
        machine.devices().pci().forEach(device -> {
            device.link().optional().filter(Devices.Link::reduced).ifPresent(link -> add("link-" + device.address(),
                    Weight.NOTE, "the link of " + device.address() + " (" + device.kind() + ") is " + Text.link(link),
                    "transfers are slower than the device; some lower the speed while idle",
                    "look again under load; else try another slot or cable"));
            device.errors().optional().filter(list -> !list.isEmpty()).ifPresent(list -> add("aer-" + device.address(),
                    list.getFirst().severity() == Devices.Severity.CORRECTABLE ? Weight.NOTE : Weight.DISTURBS,
                    device.address() + " (" + device.kind() + ") had errors: " + Text.errors(list),
                    "each is repeated on the link and seen as latency", "reseat the device; check firmware and cable"));
        });
        machine.devices().nvme().forEach(drive -> drive.health().optional().filter(health -> health
                .percentageUsed() >= 80 || !health.warnings().isEmpty())
                .ifPresent(health -> add("drive-" + drive.name(),
                        Weight.DISTURBS, drive.name() + " has used " + health.percentageUsed() + " % of its life"
                                + (health.warnings().isEmpty() ? "" : ": " + String.join(", ", health.warnings())),
                        "a worn drive retries and slows down", "replace it before it matters")));
    }

    /** What is going on while the sheet is read. */
    private void now() {
        int processors = machine.topology().online().cardinality();
        machine.activity().loads().optional().filter(load -> load.one() > Math.max(0.5, processors * 0.25)).ifPresent(
                load -> add("busy", Weight.DISTURBS, String.format(java.util.Locale.ROOT,
                        "the load average is %.2f on %d processors", load.one(), processors),
                        "other programs take time from what is measured", "end them, or wait"));
        machine.activity().processors().optional().ifPresent(map -> {
            long steal = map.values().stream().mapToLong(Activity.ProcessorTime::steal).sum();
            long busy = map.values().stream().mapToLong(Activity.ProcessorTime::busy).sum();
            if (steal > 0 && steal * 100 > busy) {
                add("steal", Weight.DISTURBS, String.format(java.util.Locale.ROOT,
                        "the hypervisor kept %.1f %% of the wanted time since the start",
                        100.0 * steal / (steal + busy)),
                        "the program stands still and does not know it", "use dedicated processors");
            }
        });
    }
}
