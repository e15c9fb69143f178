package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** macOS and Windows, from outputs saved there. */
class ForeignMachineTest {
    @Test
    void aMacTellsItsLineSizeAndKindsOfCores() {
        Machine mac = SavedMachines.machine("mac-apple-silicon");
        assertThat(mac.system()).isEqualTo("macOS 15.5");
        assertThat(mac.caches().lineBytes()).isEqualTo(128);
        assertThat(mac.memory().pageBytes()).isEqualTo(16384);
        assertThat(mac.topology().cores()).hasSize(12);
        assertThat(mac.topology().cores().stream().filter(core -> core.kind() == CoreClass.EFFICIENCY)).hasSize(4);
        assertThat(mac.caches().dataCache(0, 2).orElseThrow().sharedBy()).isEqualTo(Parse.set("0-3"));
        assertThat(mac.caches().dataCache(11, 2).orElseThrow().sizeBytes()).isEqualTo(4 << 20);
        assertThat(mac.features().has("single-instruction-atomics").orElse(false)).isTrue();
        assertThat(mac.features().has("branch-targets").orElse(false)).isTrue();
        assertThat(mac.features().has("matrix").orElse(true)).isFalse();
        assertThat(mac.architecture().translated()).isFalse();
        assertThat(mac.memory().swapFreeBytes().orElse(0L)).isEqualTo(1L << 30);
    }

    @Test
    void rosettaIsSeen() {
        Machine mac = SavedMachines.machine("mac-translated");
        assertThat(mac.architecture().process()).isEqualTo(InstructionSet.X86_64);
        assertThat(mac.architecture().kernel().orElseThrow()).isEqualTo(InstructionSet.AARCH64);
        assertThat(mac.virtualization().translation()).hasToString("rosetta");
        assertThat(mac.advice().getFirst().id()).isEqualTo("translated");
    }

    @Test
    void anIntelMacHasOneKindOfCore() {
        Machine mac = SavedMachines.machine("mac-intel");
        assertThat(mac.topology().cores()).hasSize(4).allMatch(core -> core.kind() == CoreClass.UNIFORM && core
                .processors().cardinality() == 2);
        assertThat(mac.caches().all().stream().filter(cache -> cache.level() == 2)).hasSize(4);
        assertThat(mac.caches().lastLevel().orElseThrow().sharedBy().cardinality()).isEqualTo(8);
        assertThat(mac.features().has("vector-512").orElse(false)).isTrue();
    }

    @Test
    void windowsOnArmTellsAProcessThatIsTranslated() {
        Machine windows = SavedMachines.machine("windows-arm");
        assertThat(windows.architecture().process()).isEqualTo(InstructionSet.X86_64);
        assertThat(windows.architecture().kernel().orElseThrow()).isEqualTo(InstructionSet.AARCH64);
        assertThat(windows.virtualization().translated()).isTrue();
        assertThat(windows.topology().cores().getFirst().kind()).isEqualTo(CoreClass.EFFICIENCY);
        assertThat(windows.topology().cores().getLast().kind()).isEqualTo(CoreClass.PERFORMANCE);
        assertThat(windows.caches().dataCache(5, 2).orElseThrow().sizeBytes()).isEqualTo(12 << 20);
        assertThat(windows.features().has("single-instruction-atomics").orElse(false)).isTrue();
    }

    @Test
    void moreThan64ProcessorsAreInGroups() {
        Machine windows = SavedMachines.machine("windows-server");
        assertThat(windows.topology().online().cardinality()).isEqualTo(128);
        assertThat(windows.topology().packages()).containsExactly(0, 1);
        assertThat(windows.topology().coreOf(127).orElseThrow().packageId()).isEqualTo(1);
        assertThat(windows.topology().nodeOf(64).orElseThrow().id()).isEqualTo(1);
        assertThat(windows.virtualization().hypervisor()).hasToString("VMware");
        assertThat(windows.features().has("vector-512").orElse(false)).isTrue();
    }

    @Test
    void whatASystemDoesNotTellIsNotDenied() {
        Machine windows = SavedMachines.machine("windows-server");
        assertThat(windows.features().has("aes")).isInstanceOf(Reading.Unsupported.class);
        assertThat(windows.kernel().clockSource().because()).contains("only Linux");
        assertThat(windows.limits().cgroup().version().isKnown()).isFalse();
    }

    @Test
    void damagedRecordsLeaveOneProcessorAndTheReason() {
        Machine windows = SavedMachines.of("""
                == /assay/system
                Windows
                == /assay/logical-processors hex
                00000000ffffff7f0000000000000000
                """);
        assertThat(windows.topology().cores()).hasSize(1);
        assertThat(windows.topology().source()).isInstanceOf(Reading.Unsupported.class);
        assertThat(windows.caches().line().isKnown()).isFalse();
    }

    @Test
    void anUnknownSystemIsNamed() {
        assertThatThrownBy(() -> SavedMachines.of("== /assay/system\nPlan 9\n")).isInstanceOf(MachineException.class)
                .hasMessageContaining("Plan 9");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void oshiAgreesWithTheKernelWhereBothCanBeAsked() {
        Foreign.Facts facts = new Foreign.Facts(Reading.known(Parse.pairs(Oshi.facts(), ':'), "OSHI"));
        assertThat(facts.number("memory-total").orElseThrow()).isEqualTo(Machine.read().memory().totalBytes()
                .orElseThrow());
        assertThat(facts.number("page-size").orElseThrow()).isEqualTo(Memory.pageBytesHere());
    }
}
