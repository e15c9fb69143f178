package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the sheet says of each saved machine. */
class SavedMachineTest {
    private static BitSet set(String list) {
        return Parse.set(list);
    }

    @Test
    void aLaptopWithTwoKindsOfCores() {
        Machine machine = SavedMachines.machine("laptop-hybrid");
        assertThat(machine.topology().cores()).hasSize(14);
        assertThat(machine.topology().cores().stream().filter(c -> c.kind() == CoreClass.PERFORMANCE)).hasSize(6)
                .allMatch(core -> core.processors().cardinality() == 2);
        assertThat(machine.topology().cores().stream().filter(c -> c.kind() == CoreClass.EFFICIENCY)).hasSize(8);
        assertThat(machine.topology().siblings(0)).isEqualTo(set("1"));
        assertThat(machine.topology().siblings(12).cardinality()).isZero();
        assertThat(machine.caches().dataCache(0, 1).orElseThrow().sizeBytes()).isEqualTo(48 << 10);
        assertThat(machine.caches().dataCache(13, 1).orElseThrow().sizeBytes()).isEqualTo(32 << 10);
        assertThat(machine.caches().dataCache(13, 2).orElseThrow().sharedBy()).isEqualTo(set("12-15"));
        assertThat(machine.caches().lastLevel().orElseThrow().sharedBy()).isEqualTo(set("0-19"));
        assertThat(machine.energy().zones()).hasSize(2).allMatch(
                zone -> zone.microjoules() instanceof Reading.Unreadable<Long>);
        assertThat(machine.energy().supply()).hasToString("battery 80 %");
        assertThat(machine.energy().coreThrottles().orElse(0L)).isEqualTo(60);
        assertThat(machine.kernel().boost().orElse(false)).isTrue();
        assertThat(machine.virtualization().title()).isEqualTo("bare metal");
        assertThat(machine.features().has("shadow-stack").orElse(false)).isTrue();
        assertThat(machine.features().has("vector-512").orElse(true)).isFalse();
    }

    @Test
    void aServerWithTwoSockets() {
        Machine machine = SavedMachines.machine("server-two-sockets");
        assertThat(machine.topology().packages()).containsExactly(0, 1);
        assertThat(machine.topology().cores()).hasSize(64);
        assertThat(machine.topology().online().cardinality()).isEqualTo(128);
        assertThat(machine.topology().nodes()).extracting(NumaNode::distances).containsExactly(List.of(10, 20),
                List.of(20, 10));
        assertThat(machine.topology().nodeOf(97).orElseThrow().id()).isEqualTo(1);
        assertThat(machine.caches().all().stream().filter(cache -> cache.level() == 3)).hasSize(2);
        assertThat(machine.memory().hugePages().getFirst().reserved().orElse(0L)).isEqualTo(1024);
        assertThat(machine.architecture().kernel().orElse(InstructionSet.OTHER)).isEqualTo(InstructionSet.X86_64);
        assertThat(machine.kernel().config().orElse(java.util.Map.of())).containsEntry("CONFIG_HZ", "1000")
                .doesNotContainKey("CONFIG_KASAN");
        assertThat(machine.kernel().blockDevices()).extracting(disk -> disk.scheduler().orElse("")).containsExactly(
                "none", "bfq");
        assertThat(Energy.Zone.between(262143328000L, 1000, 262143328850L)).isEqualTo(1850);
    }

    @Test
    void errorsOfAPciDeviceAreNamed() {
        Devices.PciDevice network = SavedMachines.machine("server-two-sockets").devices().pci().getFirst();
        assertThat(network.kind()).isEqualTo("Ethernet");
        assertThat(network.driver()).hasToString("mlx5_core");
        assertThat(network.node().orElse(-1)).isEqualTo(0);
        assertThat(network.link().orElseThrow().reduced()).isTrue();
        assertThat(network.errors().orElse(List.of())).containsExactly(
                new Devices.PciError(Devices.Severity.NON_FATAL, "unsupported request", 2),
                new Devices.PciError(Devices.Severity.CORRECTABLE, "receiver", 3),
                new Devices.PciError(Devices.Severity.CORRECTABLE, "bad TLP", 12));
        Devices.AerRegisters registers = network.masks().optional().orElseThrow();
        assertThat(registers.seenUncorrectable()).containsExactly("completion timeout", "unsupported request");
        assertThat(registers.maskedUncorrectable()).containsExactly("unsupported request");
        assertThat(registers.fatal()).contains("data link protocol", "malformed TLP");
        assertThat(registers.seenCorrectable()).containsExactly("bad TLP");
        assertThat(registers.maskedCorrectable()).containsExactly("advisory non-fatal");
    }

    @Test
    void aDrivesHealthIsDecoded() {
        Devices.NvmeHealth health = SavedMachines.machine("server-two-sockets").devices().nvme().getFirst().health()
                .optional().orElseThrow();
        assertThat(health.percentageUsed()).isEqualTo(91);
        assertThat(health.celsius()).isEqualTo(47);
        assertThat(health.bytesWritten()).isEqualTo(4e9 * 512_000);
        assertThat(health.powerOnHours()).isEqualTo(20000);
        assertThat(health.mediaErrors()).isEqualTo(2);
        assertThat(health.warnings()).containsExactly("spare below its threshold");
    }

    @Test
    void aProcessorOfEightCacheComplexesInFourNodes() {
        Machine machine = SavedMachines.machine("amd-chiplets");
        assertThat(machine.caches().all().stream().filter(cache -> cache.level() == 3)).hasSize(8)
                .allMatch(cache -> cache.sharedBy().cardinality() == 8);
        assertThat(machine.topology().nodes()).hasSize(4).allMatch(node -> node.processors().cardinality() == 16);
        assertThat(machine.topology().packages()).hasSize(1);
        assertThat(machine.limits().memlockBytes().orElse(0L)).isEqualTo(Limits.UNLIMITED);
        assertThat(machine.limits().holds(Limits.Capability.SYS_NICE).orElse(false)).isTrue();
    }

    @Test
    void aCloudInstanceWithSingleInstructionAtomics() {
        Machine machine = SavedMachines.machine("graviton");
        assertThat(machine.architecture().title()).isEqualTo("aarch64");
        assertThat(machine.processor().name()).hasToString("Neoverse-V1");
        assertThat(machine.features().has("single-instruction-atomics").orElse(false)).isTrue();
        assertThat(machine.features().has("vector-scalable").orElse(false)).isTrue();
        assertThat(machine.features().has("branch-targets").orElse(true)).isFalse();
        assertThat(machine.features().has("no-such-feature").isKnown()).isFalse();
        assertThat(machine.virtualization().hypervisor()).hasToString("KVM (Nitro)");
        assertThat(machine.kernel().frequencies()).isEmpty();
        assertThat(machine.topology().smt()).isFalse();
    }

    @Test
    void aBoardOfTwoKindsOfCoresWithoutSingleInstructionAtomics() {
        Machine machine = SavedMachines.machine("board-mixed");
        assertThat(machine.processor().name()).hasToString("Cortex-A53 + Cortex-A72");
        assertThat(machine.features().has("single-instruction-atomics").orElse(true)).isFalse();
        assertThat(machine.topology().cores()).extracting(Core::kind).containsExactly(CoreClass.EFFICIENCY,
                CoreClass.EFFICIENCY, CoreClass.EFFICIENCY, CoreClass.EFFICIENCY, CoreClass.PERFORMANCE,
                CoreClass.PERFORMANCE);
        assertThat(machine.topology().packages()).as("-1 is the kernel's word for none").containsExactly(0);
        assertThat(machine.topology().nodes()).hasSize(1);
        assertThat(machine.caches().lastLevel(5).orElseThrow().sizeBytes()).isEqualTo(1 << 20);
        assertThat(machine.kernel().frequencies()).extracting(Kernel.FrequencyPolicy::processors).containsExactly(
                "0-3", "4-5");
        assertThat(machine.energy().sensors().getFirst().critical().orElse(0.0)).isEqualTo(95);
    }

    @Test
    void linesOf128BytesAndPagesOf16KiB() {
        Machine machine = SavedMachines.machine("apple-like");
        assertThat(machine.caches().lineBytes()).isEqualTo(128);
        assertThat(machine.memory().pageBytes()).isEqualTo(16384);
        assertThat(machine.topology().mixed()).isTrue();
        assertThat(machine.features().has("pointer-authentication").orElse(false)).isTrue();
        assertThat(machine.energy().supply()).hasToString("mains");
    }

    @Test
    void riscVExtensionsAreRead() {
        Machine machine = SavedMachines.machine("riscv");
        assertThat(machine.architecture().process()).isEqualTo(InstructionSet.RISCV64);
        assertThat(machine.features().has("single-instruction-atomics").orElse(false)).isTrue();
        assertThat(machine.features().has("bit-manipulation").orElse(false)).isTrue();
        assertThat(machine.features().has("vector-scalable").orElse(true)).isFalse();
    }

    @Test
    void aMainframeDescribesItsCachesInCpuinfo() {
        Machine machine = SavedMachines.machine("mainframe");
        assertThat(machine.architecture().process()).isEqualTo(InstructionSet.S390X);
        assertThat(machine.architecture().process().littleEndian()).isFalse();
        assertThat(machine.caches().lineBytes()).isEqualTo(256);
        assertThat(machine.caches().dataCache(2).orElseThrow().sizeBytes()).isEqualTo(4 << 20);
        assertThat(machine.caches().dataCache(2).orElseThrow().sharedBy()).isEqualTo(set("0-1"));
        assertThat(machine.caches().lastLevel().orElseThrow().level()).isEqualTo(4);
        assertThat(machine.processor().name()).hasToString("IBM z15");
        assertThat(machine.virtualization().hypervisor()).hasToString("LPAR (PR/SM)");
        assertThat(machine.topology().cores()).hasSize(4);
    }

    @Test
    void aContainerIsHeldToItsLimits() {
        Machine machine = SavedMachines.machine("container-limits");
        assertThat(machine.topology().allowedProcessors()).containsExactly(2, 3);
        assertThat(machine.topology().allowedCores()).hasSize(1);
        Cgroup group = machine.limits().cgroup();
        assertThat(group.version().orElse(0)).isEqualTo(2);
        assertThat(group.cpus().orElse(0.0)).isEqualTo(1.5);
        assertThat(group.memoryMaxBytes().orElse(0L)).isEqualTo(2L << 30);
        assertThat(group.memoryHighBytes().orElse(0L)).isEqualTo(Limits.UNLIMITED);
        assertThat(group.swapMaxBytes().orElse(1L)).isZero();
        assertThat(machine.activity().cgroupThrottle().orElse(null)).isEqualTo(
                new Activity.CgroupThrottle(321, 9876543));
        assertThat(machine.virtualization().title()).isEqualTo("KVM (Nitro), docker");
        assertThat(machine.caches().viewpoint()).isEqualTo(2);
    }

    @Test
    void controlGroupsOfVersionOneAreReadToo() {
        Machine machine = SavedMachines.machine("power-container");
        Cgroup group = machine.limits().cgroup();
        assertThat(group.version().orElse(0)).isEqualTo(1);
        assertThat(group.cpus().orElse(0.0)).isEqualTo(4);
        assertThat(group.memoryMaxBytes().orElse(0L)).isEqualTo(4L << 30);
        assertThat(group.memoryHighBytes().orElse(0L)).isEqualTo(Limits.UNLIMITED);
        assertThat(machine.activity().cgroupThrottle().orElse(null)).isEqualTo(new Activity.CgroupThrottle(2, 5000));
        assertThat(machine.architecture().process()).isEqualTo(InstructionSet.PPC64LE);
        assertThat(machine.topology().cores()).hasSize(2).allMatch(core -> core.processors().cardinality() == 4);
        assertThat(machine.topology().nodes()).as("node 0 has neither processors nor memory").extracting(NumaNode::id)
                .containsExactly(1);
    }

    @Test
    void aMicroVmIsKnownByItsTables() {
        Machine machine = SavedMachines.machine("micro-vm");
        assertThat(machine.virtualization().hypervisor()).hasToString("KVM (Firecracker)");
        assertThat(machine.topology().cores()).hasSize(1);
        assertThat(machine.energy().sensors()).isEmpty();
        assertThat(machine.energy().coreThrottles()).isInstanceOf(Reading.Unsupported.class);
    }

    @Test
    void windowsBelowLinuxIsSeen() {
        Machine machine = SavedMachines.machine("wsl2");
        assertThat(machine.virtualization().wsl()).hasToString("WSL2");
        assertThat(machine.virtualization().hypervisor()).hasToString("Hyper-V");
        assertThat(machine.memory().swapTotalBytes().orElse(0L)).isEqualTo(4L << 30);
    }

    @Test
    void theJvmOfThisMachineSaysNothingAboutAnother() {
        assertThat(SavedMachines.machine("graviton").features().all()).allMatch(feature -> !feature.jvm().isKnown());
    }
}
