package dev.assay.machine;

import java.util.List;
import java.util.Map;

/**
 * The kernel and how it is set.
 *
 * @param release {@code 6.12.41-generic}
 * @param clockSource what System.nanoTime reads in the end
 * @param mitigations of processor vulnerabilities, by the kernel's names
 * @param frequencies one policy per group of processors that change frequency together
 * @param boost whether processors may exceed their nominal frequency
 * @param smtControl on, off, forceoff, notsupported, notimplemented
 * @param timerSlackNanos how late the kernel may wake this process
 * @param perfEventParanoid -1 all allowed … 2 own programs without the kernel, 3 and 4 nothing
 * @param config the options of the build that matter here: CONFIG_HZ, CONFIG_ARM64_PAN, …
 * @param blockDevices with their schedulers
 */
public record Kernel(Reading<String> release, Reading<String> version, Reading<String> commandLine,
        Reading<String> clockSource, List<String> clockSources, List<Mitigation> mitigations,
        List<FrequencyPolicy> frequencies, Reading<Boolean> boost, Reading<String> smtControl,
        Reading<Long> timerSlackNanos, Reading<Long> perfEventParanoid, Reading<Boolean> numaBalancing,
        Reading<Long> realtimeRuntimeMicros, Reading<Long> realtimePeriodMicros, Reading<String> preemption,
        Reading<Boolean> randomizedAddresses, Reading<String> kptrRestrict, Reading<Map<String, String>> config,
        List<BlockDevice> blockDevices) {
    public Kernel {
        clockSources = List.copyOf(clockSources);
        mitigations = List.copyOf(mitigations);
        frequencies = List.copyOf(frequencies);
        blockDevices = List.copyOf(blockDevices);
    }

    /** What the kernel says of one vulnerability. */
    public record Mitigation(String vulnerability, State state, String says) {
        public enum State {
            NOT_AFFECTED, MITIGATED, VULNERABLE, UNKNOWN
        }
    }

    /**
     * How the frequency of some processors is chosen (Documentation/admin-guide/pm/cpufreq.rst).
     *
     * @param preference the energy-performance preference where the driver has one
     */
    public record FrequencyPolicy(String processors, Reading<String> driver, Reading<String> governor,
            Reading<Long> minKilohertz, Reading<Long> maxKilohertz, Reading<Long> currentKilohertz,
            Reading<Long> baseKilohertz, Reading<String> preference) {}

    /** A disk: its I/O scheduler, whether it turns, how much it reads ahead. */
    public record BlockDevice(String name, Reading<String> scheduler, Reading<Boolean> rotational,
            Reading<Long> readAheadKib, Reading<Long> bytes) {}
}
