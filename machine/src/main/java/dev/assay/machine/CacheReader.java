package dev.assay.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Caches from sysfs (Documentation/ABI/testing/sysfs-devices-system-cpu, {@code cache/index*}), else from s390x's lines
 * in /proc/cpuinfo.
 */
final class CacheReader {
    private static final String CPU = "/sys/devices/system/cpu/cpu";
    private static final Pattern S390 = Pattern.compile(
            "level=(\\d{1,2}) type=(\\w+) scope=(\\w+) size=(\\d{1,9}K) line_size=(\\d{1,6})"
                    + "(?: associativity=(\\d{1,6}))?");
    private final Root root;
    private final CpuInfo info;
    private final Topology topology;
    private final InstructionSet instructionSet;
    private final List<String> incomplete = new ArrayList<>();

    CacheReader(Root root, CpuInfo info, Topology topology, InstructionSet instructionSet) {
        this.root = root;
        this.info = info;
        this.topology = topology;
        this.instructionSet = instructionSet;
    }

    Caches read() {
        Map<String, Cache> found = new HashMap<>();
        BitSet online = topology.online();
        online.stream().forEach(processor -> {
            for (String index : root.names(CPU + processor + "/cache")) {
                if (index.startsWith("index")) {
                    cache(processor, index, online).ifPresent(cache -> found.putIfAbsent(
                            cache.title() + Parse.list(cache.sharedBy()), cache));
                }
            }
        });
        String where = CPU + "*/cache";
        if (found.isEmpty()) {
            s390(found);
            where = "/proc/cpuinfo";
        }
        if (found.isEmpty() && root.isLive() && instructionSet == InstructionSet.X86_64) {
            CacheRegisters.ask(info.line("vendor_id").orElse(""), online).forEach(cache -> put(found, cache));
            where = "CPUID; " + CPU + "*/cache tells nothing";
        }
        List<Cache> all = found.values().stream().sorted(Comparator.comparingInt(Cache::level)
                .thenComparing(Cache::type).thenComparing(cache -> cache.sharedBy().nextSetBit(0))).toList();
        Reading<Integer> line = line(all);
        return new Caches(all, line, line.orElse(instructionSet.usualLineBytes()),
                topology.allowedProcessors().getFirst(), source(all, where));
    }

    private Reading<String> source(List<Cache> all, String where) {
        if (!all.isEmpty() && incomplete.isEmpty()) {
            return Reading.known("complete", where);
        }
        if (!all.isEmpty()) {
            return Reading.known("incomplete: " + incomplete.getFirst(), where);
        }
        return incomplete.isEmpty()
                ? Reading.unsupported("this kernel does not describe the caches (no " + where
                        + "); the hypervisor or the device tree leaves them out")
                : Reading.unreadable(incomplete.getFirst());
    }

    private Reading<Integer> line(List<Cache> all) {
        Optional<Cache> data = all.stream().filter(Cache::holdsData)
                .max(Comparator.comparingInt(Cache::lineBytes));
        if (data.isPresent()) {
            return Reading.known(data.get().lineBytes(), "the caches in sysfs or /proc/cpuinfo");
        }
        // x86 reports the granule of CLFLUSH (CPUID.1:EBX[15:8] * 8), which is the line on every processor so far.
        Optional<String> flush = info.line("clflush size");
        if (flush.isPresent()) {
            return Reading.known(flush.get(), "/proc/cpuinfo, clflush size").map(CacheReader::line);
        }
        Reading<Integer> register = root.isLive() ? CacheRegisters.lineBytes() : Reading.unsupported("a saved machine");
        if (register.isKnown()) {
            return register;
        }
        return Reading.unsupported("nothing here tells the line size; " + instructionSet.usualLineBytes()
                + " bytes are usual on " + instructionSet);
    }

    private static int line(String text) {
        long line = Parse.number(text);
        if (line < 8 || line > 4096 || Long.bitCount(line) != 1) {
            throw new IllegalArgumentException("a cache line is a power of two from 8 to 4096 bytes, not " + line);
        }
        return (int) line;
    }

    private Optional<Cache> cache(int processor, String index, BitSet online) {
        String path = CPU + processor + "/cache/" + index;
        Reading<Long> level = root.number(path + "/level").map(CacheReader::level);
        Reading<Cache.Type> type = root.word(path + "/type").map(CacheReader::type);
        Reading<Long> size = root.word(path + "/size").map(Parse::bytes).map(CacheReader::positive);
        if (!(level.isKnown() && type.isKnown() && size.isKnown())) {
            Reading<?> missing = !level.isKnown() ? level : !type.isKnown() ? type : size;
            incomplete.add(missing.because());
            return Optional.empty();
        }
        Reading<Integer> line = root.word(path + "/coherency_line_size").map(CacheReader::line);
        if (!line.isKnown()) {
            incomplete.add(line.because());
        }
        BitSet shared = root.set(path + "/shared_cpu_list").orElseGet(BitSet::new);
        shared.and(online);
        shared.set(processor);
        // Zero ways stand for fully associative or not told (drivers/base/cacheinfo.c).
        Reading<Integer> ways = root.number(path + "/ways_of_associativity").map(Math::toIntExact)
                .flatMap(count -> count > 0
                        ? Reading.known(count, path)
                        : Reading.unsupported("the kernel reports no ways for " + path));
        return Optional.of(new Cache(level.orElse(1L).intValue(), type.orElse(Cache.Type.UNIFIED), size.orElse(1L),
                line.orElse(instructionSet.usualLineBytes()), ways, shared));
    }

    private static long level(long level) {
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("a cache level is from 1 to 9, not " + level);
        }
        return level;
    }

    private static long positive(long size) {
        if (size < 1) {
            throw new IllegalArgumentException("a cache has a size, not " + size);
        }
        return size;
    }

    private static Cache.Type type(String text) {
        return switch (text) {
            case "Data" -> Cache.Type.DATA;
            case "Instruction" -> Cache.Type.INSTRUCTION;
            case "Unified" -> Cache.Type.UNIFIED;
            default -> throw new IllegalArgumentException("a cache is Data, Instruction or Unified, not '"
                    + Parse.shown(text) + "'");
        };
    }

    /** Lines such as {@code cache0 : level=1 type=Data scope=Private size=128K line_size=256 associativity=8}. */
    private void s390(Map<String, Cache> found) {
        for (Map.Entry<String, String> line : info.common().entrySet()) {
            Matcher matcher = S390.matcher(line.getValue());
            if (!line.getKey().startsWith("cache") || !matcher.find()) {
                continue;
            }
            try {
                int level = (int) level(Parse.number(matcher.group(1)));
                Cache.Type type = type(matcher.group(2));
                long size = positive(Parse.bytes(matcher.group(4)));
                int bytes = line(matcher.group(5));
                Reading<Integer> ways = matcher.group(6) == null
                        ? Reading.unsupported("/proc/cpuinfo does not tell")
                        : Reading.known((int) Parse.number(matcher.group(6)), "/proc/cpuinfo");
                if (matcher.group(3).equals("Private")) {
                    // Private to a core, whose threads share it.
                    topology.cores().forEach(core -> put(found, new Cache(level, type, size, bytes, ways,
                            core.processors())));
                } else {
                    // A chip or book: cpuinfo does not list its members, the package is the nearest.
                    for (int socket : topology.packages()) {
                        BitSet members = new BitSet();
                        topology.cores().stream().filter(core -> core.packageId() == socket)
                                .forEach(core -> members.or(core.processors()));
                        put(found, new Cache(level, type, size, bytes, ways, members));
                    }
                }
            } catch (IllegalArgumentException e) {
                incomplete.add("/proc/cpuinfo, " + line.getKey() + ": " + e.getMessage());
            }
        }
    }

    private static void put(Map<String, Cache> found, Cache cache) {
        found.putIfAbsent(cache.title() + Parse.list(cache.sharedBy()), cache);
    }
}
