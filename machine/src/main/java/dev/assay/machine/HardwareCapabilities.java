package dev.assay.machine;

import java.util.HashSet;
import java.util.Set;

/**
 * AArch64's hardware capabilities by the names that /proc/cpuinfo gives them (arch/arm64/include/uapi/asm/hwcap.h), in
 * the order of their bits. They are the process's own: a user-mode emulator states what it emulates, while
 * /proc/cpuinfo may be its host's.
 */
final class HardwareCapabilities {
    private static final String[] FIRST = ("fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm "
            + "jscvt fcma lrcpc dcpop sha3 sm3 sm4 asimddp sha512 sve asimdfhm dit uscat ilrcpc flagm ssbs sb paca pacg gcs")
            .split(" ");
    private static final String[] SECOND = ("dcpodp sve2 sveaes svepmull svebitperm svesha3 svesm4 flagm2 frint svei8mm "
            + "svef32mm svef64mm svebf16 i8mm bf16 dgh rng bti mte ecv afp rpres mte3 sme").split(" ");

    private HardwareCapabilities() {}

    static Reading<Set<String>> names(Auxiliary auxiliary) {
        return auxiliary.value(Auxiliary.AT_HWCAP).map(first -> {
            Set<String> names = new HashSet<>();
            add(names, first, FIRST);
            add(names, auxiliary.value(Auxiliary.AT_HWCAP2).orElse(0L), SECOND);
            return names;
        });
    }

    private static void add(Set<String> names, long mask, String[] bits) {
        for (int bit = 0; bit < bits.length; bit++) {
            if ((mask >>> bit & 1) == 1) {
                names.add(bits[bit]);
            }
        }
    }
}
