package dev.assay.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * What GetLogicalProcessorInformationEx(RelationAll) fills in (winnt.h): records one after the other, little-endian.
 *
 * <pre>
 * all      0 relationship (0 core, 1 node, 2 cache, 3 package)   4 size of the record
 * core     8 flags   9 efficiency class   30 group count   32 masks
 * package 30 group count   32 masks
 * node     8 number   30 group count   32 masks
 * cache    8 level   9 associativity   10 line   12 size   16 type (0 unified, 1 instruction, 2 data)   38 count   40 masks
 * mask     0 64 bits   8 group   (16 bytes); processor = 64 * group + bit
 * </pre>
 */
final class LogicalProcessors {
    private static final int MOST_GROUPS = 64;
    private final List<int[]> efficiency = new ArrayList<>();
    private final List<BitSet> cores = new ArrayList<>();
    private final List<BitSet> packages = new ArrayList<>();
    private final List<NumaNode> nodes = new ArrayList<>();
    private final List<Cache> caches = new ArrayList<>();
    private final Reading<String> source;

    private LogicalProcessors(Reading<String> source) {
        this.source = source;
    }

    /** Where nothing could be read: one processor, and why. */
    static LogicalProcessors one(String reason) {
        LogicalProcessors one = new LogicalProcessors(Reading.unsupported(reason));
        BitSet first = new BitSet();
        first.set(0);
        one.cores.add(first);
        one.efficiency.add(new int[]{0});
        return one;
    }

    static LogicalProcessors parse(byte[] bytes) {
        LogicalProcessors processors = new LogicalProcessors(Reading.known("complete",
                "GetLogicalProcessorInformationEx"));
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + 8 <= bytes.length) {
            int size = all.getInt(at + 4);
            if (size < 32 || size > bytes.length - at) {
                throw new IllegalArgumentException("a record of " + size + " bytes at " + at + " does not fit in "
                        + bytes.length);
            }
            processors.add(all.getInt(at), all.slice(at, size).order(ByteOrder.LITTLE_ENDIAN));
            at += size;
        }
        if (processors.cores.isEmpty()) {
            throw new IllegalArgumentException("no core in " + bytes.length + " bytes");
        }
        return processors;
    }

    private void add(int relationship, ByteBuffer record) {
        switch (relationship) {
            case 0 -> {
                BitSet set = masks(record, 30, 32);
                if (!set.isEmpty()) {
                    cores.add(set);
                    efficiency.add(new int[]{record.get(9) & 0xff});
                }
            }
            case 1 -> nodes.add(new NumaNode(record.getInt(8), masks(record, 30, 32), Reading.unsupported(
                    "Windows does not tell a node's memory"),
                    Reading.unsupported(
                            "Windows does not tell a node's memory"),
                    List.of()));
            case 2 -> {
                if (record.limit() >= 40) {
                    cache(record);
                }
            }
            case 3 -> packages.add(masks(record, 30, 32));
            default -> {
                // groups, dies and modules: nothing here needs them
            }
        }
    }

    private void cache(ByteBuffer record) {
        Cache.Type type = switch (record.getInt(16)) {
            case 0 -> Cache.Type.UNIFIED;
            case 1 -> Cache.Type.INSTRUCTION;
            default -> Cache.Type.DATA;
        };
        int ways = record.get(9) & 0xff;
        // 0xff stands for fully associative.
        Reading<Integer> known = ways == 0 || ways == 0xff
                ? Reading.unsupported("fully associative, or not told")
                : Reading.known(ways, "GetLogicalProcessorInformationEx");
        caches.add(new Cache(record.get(8), type, Integer.toUnsignedLong(record.getInt(12)), record.getShort(10)
                & 0xffff, known, masks(record, 38, 40)));
    }

    /** Windows before 20H2 writes no count, and then there is one mask. */
    private static BitSet masks(ByteBuffer record, int count, int at) {
        BitSet set = new BitSet();
        int groups = Math.max(1, record.getShort(count) & 0xffff);
        for (int i = 0; i < groups && at + 16 * i + 16 <= record.limit(); i++) {
            long mask = record.getLong(at + 16 * i);
            int group = record.getShort(at + 16 * i + 8) & 0xffff;
            if (group >= MOST_GROUPS) {
                throw new IllegalArgumentException("a processor group is below " + MOST_GROUPS + ", not " + group);
            }
            for (int bit = 0; bit < 64; bit++) {
                if ((mask >>> bit & 1) == 1) {
                    set.set(64 * group + bit);
                }
            }
        }
        return set;
    }

    Topology topology(Foreign.Facts facts) {
        TreeSet<Integer> classes = new TreeSet<>();
        efficiency.forEach(one -> classes.add(one[0]));
        BitSet online = new BitSet();
        List<Core> found = new ArrayList<>();
        for (int i = 0; i < cores.size(); i++) {
            BitSet set = cores.get(i);
            online.or(set);
            int socket = 0;
            for (int p = 0; p < packages.size(); p++) {
                socket = packages.get(p).intersects(set) ? p : socket;
            }
            // A higher class is a faster core.
            CoreClass kind = classes.size() == 1
                    ? CoreClass.UNIFORM
                    : efficiency.get(i)[0] == classes.last() ? CoreClass.PERFORMANCE : CoreClass.EFFICIENCY;
            found.add(new Core(i, socket, kind, set));
        }
        List<NumaNode> memories = nodes.isEmpty()
                ? List.of(new NumaNode(0, online, facts.number("memory-total"), facts.number("memory-available"),
                        List.of(10)))
                : nodes;
        return new Topology(found, memories, online, online, online, new BitSet(), source);
    }

    Caches caches(Topology topology, InstructionSet set) {
        List<Cache> sorted = caches.stream().sorted(Comparator.comparingInt(Cache::level).thenComparing(Cache::type)
                .thenComparing(cache -> cache.sharedBy().nextSetBit(0))).toList();
        Reading<Integer> line = sorted.stream().filter(Cache::holdsData).map(Cache::lineBytes).findFirst().map(
                bytes -> Reading.known(bytes, "GetLogicalProcessorInformationEx")).orElse(
                        Reading.unsupported(
                                "Windows told no cache; " + set.usualLineBytes() + " bytes are usual on " + set));
        return new Caches(sorted, line, line.orElse(set.usualLineBytes()), topology.allowedProcessors().getFirst(),
                sorted.isEmpty() ? Reading.unsupported("Windows told no cache") : source);
    }
}
