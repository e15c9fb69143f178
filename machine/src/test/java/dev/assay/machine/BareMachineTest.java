package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Machines that tell little, or nonsense: the sheet still says what it can, and why not the rest. */
class BareMachineTest {
    @Test
    void withoutSysfsCoresComeFromCpuinfo() {
        Machine machine = SavedMachines.of("""
                == /proc/cpuinfo
                processor	: 0
                vendor_id	: GenuineIntel
                physical id	: 0
                core id	: 0
                flags	: lm sse2
                clflush size	: 64

                processor	: 1
                vendor_id	: GenuineIntel
                physical id	: 0
                core id	: 0
                flags	: lm sse2
                """);
        assertThat(machine.topology().cores()).hasSize(1);
        assertThat(machine.topology().source().because()).contains("/proc/cpuinfo");
        assertThat(machine.caches().all()).isEmpty();
        assertThat(machine.caches().line().because()).contains("clflush");
        assertThat(machine.memory().totalBytes()).isInstanceOf(Reading.Unsupported.class);
        assertThat(machine.memory().page().isKnown()).isFalse();
        assertThat(machine.limits().cgroup().version().isKnown()).isFalse();
        assertThat(machine.kernel().clockSource().isKnown()).isFalse();
    }

    @Test
    void theLineSizeFallsBackToTheArchitecturesAndSaysSo() {
        Machine machine = SavedMachines.of("== /proc/cpuinfo\nprocessor : 0\nvendor_id : IBM/S390\n");
        assertThat(machine.caches().lineBytes()).isEqualTo(256);
        assertThat(machine.caches().line()).isInstanceOf(Reading.Unsupported.class);
        assertThat(machine.caches().line().because()).contains("256").contains("s390x");
        assertThat(machine.advice()).anyMatch(advice -> advice.id().equals("line-size"));
    }

    @Test
    void garbledCachesAreLeftOutWithTheirReason() {
        Machine machine = SavedMachines.of("""
                == /sys/devices/system/cpu/online
                0-1
                == /sys/devices/system/cpu/cpu{0-1}/cache/index0/level
                1
                == /sys/devices/system/cpu/cpu{0-1}/cache/index0/type
                Data
                == /sys/devices/system/cpu/cpu{0-1}/cache/index0/size
                many
                """);
        assertThat(machine.caches().all()).isEmpty();
        assertThat(machine.caches().source()).isInstanceOf(Reading.Unreadable.class);
        assertThat(machine.caches().source().because()).contains("index0/size").contains("''");
    }

    @Test
    void aCacheWithoutLineSizeIsKeptAndTheGapNamed() {
        Machine machine = SavedMachines.of("""
                == /sys/devices/system/cpu/online
                0
                == /sys/devices/system/cpu/cpu0/cache/index0/level
                2
                == /sys/devices/system/cpu/cpu0/cache/index0/type
                Unified
                == /sys/devices/system/cpu/cpu0/cache/index0/size
                512K
                == /sys/devices/system/cpu/cpu0/cache/index0/ways_of_associativity
                0
                """);
        assertThat(machine.caches().all()).singleElement().matches(cache -> !cache.ways().isKnown());
        assertThat(machine.caches().source().orElse("")).contains("coherency_line_size");
    }

    @Test
    void listsThatAreNoListsAreIgnoredAndOneProcessorIsLeft() {
        Machine machine = SavedMachines.of("""
                == /sys/devices/system/cpu/online
                0-99999999999
                == /proc/self/status
                Cpus_allowed_list:	x-y
                == /sys/devices/system/cpu/cpu0/topology/core_cpus_list
                \\\\\\
                """);
        assertThat(machine.topology().online().cardinality()).isEqualTo(1);
        assertThat(machine.topology().allowedProcessors()).containsExactly(0);
    }

    @Test
    void aDifferentKernelThanProcessMeansTranslation() {
        Architecture translated = new Architecture(InstructionSet.AARCH64, Reading.known(InstructionSet.X86_64, "file"),
                64);
        Architecture compatible = new Architecture(InstructionSet.X86, Reading.known(InstructionSet.X86_64, "file"),
                32);
        assertThat(translated.translated()).isTrue();
        assertThat(compatible.translated()).as("an x86-64 processor runs 32-bit code itself").isFalse();
    }

    @Test
    void onePartAtSeveralFrequenciesIsOneKindOfCore() {
        String cpu = "\nvendor_id : AuthenticAMD\nmodel name : Ryzen\nflags : lm\n\n";
        Machine machine = SavedMachines.of("== /proc/cpuinfo\nprocessor : 0" + cpu + "processor : 1" + cpu + """
                == /sys/devices/system/cpu/online
                0-1
                == /sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq
                5700000
                == /sys/devices/system/cpu/cpu1/cpufreq/cpuinfo_max_freq
                4000000
                """);
        assertThat(machine.topology().cores()).extracting(Core::kind).containsOnly(CoreClass.UNIFORM);
    }

    @Test
    void offlineProcessorsArePresentButHaveNoCore() {
        Machine machine = SavedMachines.of("""
                == /sys/devices/system/cpu/online
                0,2
                == /sys/devices/system/cpu/present
                0-3
                == /sys/devices/system/cpu/cpu0/topology/core_cpus_list
                0-1
                == /sys/devices/system/cpu/cpu2/topology/core_cpus_list
                2-3
                """);
        assertThat(machine.topology().cores()).hasSize(2).allMatch(core -> core.processors().cardinality() == 1);
        assertThat(machine.topology().present().cardinality()).isEqualTo(4);
        assertThat(machine.topology().coreOf(1)).isEmpty();
    }

    @Test
    void thePackedConfigurationIsRead() throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(bytes)) {
            out.write("CONFIG_ARM64_PAN=y\nCONFIG_KASAN=y\nCONFIG_SOMETHING=y\n".getBytes());
        }
        Machine machine = SavedMachines.of("== /proc/config.gz hex\n" + java.util.HexFormat.of().formatHex(bytes
                .toByteArray()) + "\n== /proc/sys/kernel/osrelease\n6.1\n");
        assertThat(machine.kernel().config().orElse(java.util.Map.of())).containsOnlyKeys("CONFIG_ARM64_PAN",
                "CONFIG_KASAN");
        assertThat(machine.advice().getFirst().id()).isEqualTo("debug-kernel");
        assertThat(machine.advice().getFirst().weight()).isEqualTo(Advice.Weight.SPOILS);
    }

    @Test
    void aDamagedConfigurationIsUnreadable() {
        Machine machine = SavedMachines.of("== /proc/config.gz hex\n1f8b0800\n");
        assertThat(machine.kernel().config()).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void aCpuidSubleafIsACacheForEachGroupOfProcessors() {
        // 32 KiB, 8 ways, 64 sets, lines of 64 bytes, level 1, shared by two threads.
        CpuId.Registers data = new CpuId.Registers(1 << 14 | 1 << 5 | 1, 7 << 22 | 63, 63, 0);
        assertThat(CacheRegisters.caches(data, "CPUID", Parse.set("0-3"))).hasSize(2).allMatch(cache -> cache
                .sizeBytes() == 32768 && cache.title().equals("L1d") && cache.ways().orElse(0) == 8)
                .extracting(cache -> Parse.list(cache.sharedBy())).containsExactly("0-1", "2-3");
    }

    @Test
    void anEmulatorsCapabilitiesAreReadFromTheAuxiliaryVector() {
        java.nio.ByteBuffer vector = java.nio.ByteBuffer.allocate(64).order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putLong(Auxiliary.AT_PAGESZ).putLong(4096).putLong(Auxiliary.AT_HWCAP).putLong(1 << 1 | 1 << 8)
                .putLong(Auxiliary.AT_HWCAP2).putLong(1 << 17);
        Auxiliary auxiliary = new Auxiliary(Reading.known(Auxiliary.parse(vector.array()), "auxv"));
        assertThat(HardwareCapabilities.names(auxiliary).orElseThrow()).containsExactlyInAnyOrder("asimd", "atomics",
                "bti");
    }
}
