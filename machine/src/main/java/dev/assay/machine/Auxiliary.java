package dev.assay.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The auxiliary vector that the kernel hands every process (getauxval(3), elf.h): pairs of words, read from
 * /proc/self/auxv. Under user-mode emulation the emulator answers, which is right: it is what the process has.
 */
record Auxiliary(Reading<Map<Long, Long>> entries) {
    static final long AT_PAGESZ = 6;
    static final long AT_HWCAP = 16;
    static final long AT_HWCAP2 = 26;

    static Auxiliary read(Root root) {
        return new Auxiliary(root.bytes("/proc/self/auxv").map(Auxiliary::parse));
    }

    /** The byte order is told by AT_PAGESZ, which is small and always there. */
    static Map<Long, Long> parse(byte[] bytes) {
        for (ByteOrder order : new ByteOrder[]{ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            Map<Long, Long> entries = new HashMap<>();
            ByteBuffer words = ByteBuffer.wrap(bytes).order(order);
            while (words.remaining() >= 16) {
                long key = words.getLong();
                long value = words.getLong();
                if (key == 0) {
                    break;
                }
                entries.put(key, value);
            }
            long page = entries.getOrDefault(AT_PAGESZ, 0L);
            if (page >= 4096 && page <= 1 << 20 && Long.bitCount(page) == 1) {
                return entries;
            }
        }
        throw new IllegalArgumentException("no page size in the auxiliary vector (" + bytes.length + " bytes)");
    }

    Reading<Integer> pageBytes() {
        return entries.map(map -> Math.toIntExact(map.get(AT_PAGESZ)));
    }

    Reading<Long> value(long key) {
        return entries.flatMap(map -> map.containsKey(key)
                ? Reading.known(map.get(key), "/proc/self/auxv")
                : Reading.unsupported("the auxiliary vector has no entry " + key));
    }
}
