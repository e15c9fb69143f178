package dev.assay.machine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What the processor itself says of its caches, for kernels and containers that hide sysfs.
 *
 * <pre>
 * x86-64: CPUID leaf 4 (Intel) or 8000001Dh (AMD), one subleaf per cache (Intel SDM 3.2, AMD APM E.4.15)
 *   eax  4:0 type (0 none, 1 data, 2 instruction, 3 unified)   7:5 level   25:14 sharing threads less one
 *   ebx 11:0 line less one   21:12 partitions less one   31:22 ways less one       ecx  sets less one
 * AArch64: CTR_EL0 19:16 DminLine, log2 of the words in the smallest data cache line (Arm ARM D24.2.34)
 * </pre>
 */
final class CacheRegisters {
    private static final int MOST_CACHES = 16;
    // mrs x0, ctr_el0; ret
    private static final byte[] CTR_EL0 = {0x20, 0x00, 0x3b, (byte) 0xd5, (byte) 0xc0, 0x03, 0x5f, (byte) 0xd6};

    private CacheRegisters() {}

    /** The caches of the processor that runs this; each is taken to be shared by as many as its sharing field says. */
    static List<Cache> ask(String vendor, BitSet online) {
        List<Cache> caches = new ArrayList<>();
        int leaf = vendor.contains("AMD") || vendor.contains("Hygon") ? 0x8000_001d : 4;
        for (int subleaf = 0; subleaf < MOST_CACHES; subleaf++) {
            Reading<CpuId.Registers> registers = CpuId.ask(leaf, subleaf);
            if (!(registers instanceof Reading.Known<CpuId.Registers>(CpuId.Registers r, String source))
                    || (r.eax() & 31) == 0) {
                break;
            }
            caches.addAll(caches(r, source, online));
        }
        return caches;
    }

    /** One subleaf as one cache for each group of processors that share one, counted from the first processor on. */
    static List<Cache> caches(CpuId.Registers r, String source, BitSet online) {
        Cache.Type type = switch (r.eax() & 31) {
            case 1 -> Cache.Type.DATA;
            case 2 -> Cache.Type.INSTRUCTION;
            default -> Cache.Type.UNIFIED;
        };
        int line = (r.ebx() & 0xfff) + 1;
        int partitions = (r.ebx() >>> 12 & 0x3ff) + 1;
        int ways = (r.ebx() >>> 22 & 0x3ff) + 1;
        long bytes = (long) line * partitions * ways * (Integer.toUnsignedLong(r.ecx()) + 1);
        // APIC numbers are handed out in powers of two.
        int sharing = Math.max(1, Integer.highestOneBit((r.eax() >>> 14 & 0xfff) * 2 + 1));
        List<Cache> caches = new ArrayList<>();
        for (int first = 0; first < online.length(); first += sharing) {
            BitSet shared = (BitSet) online.clone();
            shared.clear(0, first);
            shared.clear(first + sharing, Math.max(first + sharing, online.length()));
            if (!shared.isEmpty()) {
                caches.add(new Cache(r.eax() >>> 5 & 7, type, bytes, line, Reading.known(ways, source), shared));
            }
        }
        return caches;
    }

    /** The smallest data cache line on AArch64, in bytes. */
    static Reading<Integer> lineBytes() {
        if (InstructionSet.named(System.getProperty("os.arch")) != InstructionSet.AARCH64) {
            return Reading.unsupported("CTR_EL0 is a register of AArch64");
        }
        try (ExecutableMemory code = ExecutableMemory.of(CTR_EL0)) {
            long register = (long) code.function(0, FunctionDescriptor.of(ValueLayout.JAVA_LONG)).invokeExact();
            return Reading.known(4 << (register >>> 16 & 15), "CTR_EL0");
        } catch (MachineException e) {
            return Reading.unreadable("CTR_EL0: " + e.getMessage());
        } catch (Throwable e) {
            throw new MachineException("reading CTR_EL0 failed: " + e, e);
        }
    }
}
