package dev.assay.machine;

import java.util.Locale;
import java.util.Optional;

/**
 * Names of AArch64 cores by the implementer and part number of MIDR_EL1, from the technical reference manuals and
 * arch/arm64/include/asm/cputype.h.
 */
final class ArmParts {
    private static final String VENDORS = """
            0x41 Arm
            0x42 Broadcom
            0x43 Cavium
            0x46 Fujitsu
            0x48 HiSilicon
            0x4e NVIDIA
            0x50 AppliedMicro
            0x51 Qualcomm
            0x53 Samsung
            0x61 Apple
            0x6d Microsoft
            0x70 Phytium
            0xc0 Ampere
            """;

    private static final String PARTS = """
            0x41 0xd03 Cortex-A53
            0x41 0xd04 Cortex-A35
            0x41 0xd05 Cortex-A55
            0x41 0xd07 Cortex-A57
            0x41 0xd08 Cortex-A72
            0x41 0xd09 Cortex-A73
            0x41 0xd0a Cortex-A75
            0x41 0xd0b Cortex-A76
            0x41 0xd0c Neoverse-N1
            0x41 0xd0d Cortex-A77
            0x41 0xd40 Neoverse-V1
            0x41 0xd41 Cortex-A78
            0x41 0xd44 Cortex-X1
            0x41 0xd46 Cortex-A510
            0x41 0xd47 Cortex-A710
            0x41 0xd48 Cortex-X2
            0x41 0xd49 Neoverse-N2
            0x41 0xd4d Cortex-A715
            0x41 0xd4e Cortex-X3
            0x41 0xd4f Neoverse-V2
            0x41 0xd80 Cortex-A520
            0x41 0xd81 Cortex-A720
            0x41 0xd82 Cortex-X4
            0x41 0xd83 Neoverse-V3AE
            0x41 0xd84 Neoverse-V3
            0x41 0xd85 Cortex-X925
            0x41 0xd87 Cortex-A725
            0x41 0xd8e Neoverse-N3
            0x43 0x0af ThunderX2
            0x46 0x001 A64FX
            0x48 0xd01 TaiShan v110
            0x4e 0x004 Carmel
            0x51 0x001 Oryon
            0x61 0x022 Icestorm (M1)
            0x61 0x023 Firestorm (M1)
            0x61 0x024 Icestorm (M1 Pro)
            0x61 0x025 Firestorm (M1 Pro)
            0x61 0x028 Icestorm (M1 Max)
            0x61 0x029 Firestorm (M1 Max)
            0x61 0x032 Blizzard (M2)
            0x61 0x033 Avalanche (M2)
            0xc0 0xac3 Ampere-1
            0xc0 0xac4 Ampere-1A
            """;

    private ArmParts() {}

    static Optional<String> vendor(String implementer) {
        return find(VENDORS, implementer);
    }

    static Optional<String> name(String implementer, String part) {
        return find(PARTS, implementer + " " + part);
    }

    private static Optional<String> find(String table, String key) {
        String lower = key.toLowerCase(Locale.ROOT) + " ";
        return table.lines().filter(line -> line.startsWith(lower)).map(line -> line.substring(lower.length()))
                .findFirst();
    }
}
