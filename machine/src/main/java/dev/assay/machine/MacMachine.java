package dev.assay.machine;

import dev.assay.machine.Foreign.Facts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A Mac, from the output of {@code sysctl -a}: kinds of cores and their caches (hw.perflevel*), line size
 * (hw.cachelinesize), features (hw.optional.*, machdep.cpu.*), translation by Rosetta (sysctl.proc_translated).
 *
 * <p>
 * macOS does not tell which processor number is of which kind; they are numbered here with the performance cores
 * first.
 */
final class MacMachine {
    static final String SYSCTL = "/assay/sysctl";
    private static final String SYSTEM = "macOS";
    private static final int MOST_CORES = 1024;
    private final Reading<Map<String, String>> values;
    private final Root root;
    private final Facts facts;
    private final JvmFlags flags;

    MacMachine(Root root, Facts facts, JvmFlags flags) {
        this.root = root;
        this.facts = facts;
        this.flags = flags;
        values = root.text(SYSCTL).map(text -> Parse.pairs(text, ':'));
    }

    static String ask() {
        try {
            Process process = new ProcessBuilder("/usr/sbin/sysctl", "-a").redirectError(
                    ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readNBytes(Root.LIMIT), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new MachineException("/usr/sbin/sysctl could not be run (" + e.getMessage()
                    + "); it is part of every macOS", e);
        }
    }

    private Reading<String> text(String key) {
        return values.flatMap(map -> map.containsKey(key)
                ? Reading.known(map.get(key), "sysctl " + key)
                : Reading.unsupported("sysctl has no " + key));
    }

    private Reading<Long> number(String key) {
        return text(key).map(Parse::number);
    }

    private int count(String key, int otherwise) {
        return number(key).map(n -> Math.clamp(n, 1, MOST_CORES)).orElse(otherwise);
    }

    Machine machine() {
        boolean translated = number("sysctl.proc_translated").orElse(0L) == 1;
        boolean apple = translated || number("hw.optional.arm64").orElse(0L) == 1;
        InstructionSet kernel = apple ? InstructionSet.AARCH64 : InstructionSet.X86_64;
        InstructionSet process = translated ? InstructionSet.X86_64 : kernel;
        Architecture architecture = new Architecture(process, Reading.known(kernel, translated
                ? "sysctl.proc_translated"
                : "sysctl hw.optional.arm64"), 64);
        List<Cache> caches = new ArrayList<>();
        Topology topology = topology(caches);
        Reading<Integer> line = number("hw.cachelinesize").map(MacMachine::line);
        Reading<Integer> page = number("hw.pagesize").map(Math::toIntExact).or(() -> facts.number("page-size").map(
                Math::toIntExact));
        return Foreign.assemble(SYSTEM, text("kern.osproductversion").or(() -> facts.text("release")), architecture,
                processor(topology), Features.of(kernel, features(apple), flags), topology,
                new Caches(caches, line, line.orElse(kernel
                        .usualLineBytes()), 0, caches.isEmpty()
                                ? Reading.unsupported("sysctl tells no cache sizes")
                                : Reading.known("complete", "sysctl hw.perflevel*, hw.l*cachesize")),
                Foreign.memory(SYSTEM, facts, number("hw.memsize"), page), virtualization(translated), facts);
    }

    private static int line(long bytes) {
        if (bytes < 8 || bytes > 4096 || Long.bitCount(bytes) != 1) {
            throw new IllegalArgumentException("a cache line is a power of two from 8 to 4096 bytes, not " + bytes);
        }
        return (int) bytes;
    }

    /** One or more kinds of core, the fastest first, as hw.perflevelN describes them. */
    private Topology topology(List<Cache> caches) {
        List<Core> cores = new ArrayList<>();
        BitSet all = new BitSet();
        int levels = Math.min(count("hw.nperflevels", 1), 8);
        for (int level = 0; level < levels; level++) {
            String prefix = values.orElse(Map.of()).containsKey("hw.perflevel" + level + ".physicalcpu")
                    ? "hw.perflevel" + level + "."
                    : "hw.";
            int physical = count(prefix + "physicalcpu", 1);
            int threads = Math.max(1, count(prefix + "logicalcpu", physical) / physical);
            CoreClass kind = levels == 1
                    ? CoreClass.UNIFORM
                    : level == 0 ? CoreClass.PERFORMANCE : CoreClass.EFFICIENCY;
            int first = all.length();
            for (int i = 0; i < physical; i++) {
                BitSet processors = new BitSet();
                processors.set(all.length(), all.length() + threads);
                all.or(processors);
                cores.add(new Core(cores.size(), 0, kind, processors));
            }
            caches(prefix, cores.subList(cores.size() - physical, cores.size()), first, all.length(), caches);
        }
        return new Topology(cores, List.of(new NumaNode(0, all, number("hw.memsize"), facts.number(
                "memory-available"), List.of(10))), all, all, all, new BitSet(), Reading.known(
                        "sysctl; processors are numbered with the performance cores first", "sysctl hw.perflevel*"));
    }

    private void caches(String prefix, List<Core> cores, int from, int to, List<Cache> caches) {
        for (Core core : cores) {
            cache(1, Cache.Type.DATA, prefix + "l1dcachesize", core.processors(), caches);
            cache(1, Cache.Type.INSTRUCTION, prefix + "l1icachesize", core.processors(), caches);
        }
        int sharing = count(prefix + "cpusperl2", prefix.equals("hw.")
                ? Math.max(1, (to - from) / cores.size())
                : to - from);
        for (int at = from; at < to; at += sharing) {
            cache(2, Cache.Type.UNIFIED, prefix + "l2cachesize", range(at, Math.min(to, at + sharing)), caches);
        }
        cache(3, Cache.Type.UNIFIED, prefix + "l3cachesize", range(from, to), caches);
    }

    private static BitSet range(int from, int to) {
        BitSet set = new BitSet();
        set.set(from, to);
        return set;
    }

    private void cache(int level, Cache.Type type, String key, BitSet processors, List<Cache> caches) {
        number(key).optional().filter(bytes -> bytes > 0).ifPresent(bytes -> caches.add(new Cache(level, type, bytes,
                number("hw.cachelinesize").map(MacMachine::line).orElse(64), Reading.unsupported(
                        "macOS does not tell the ways"),
                processors)));
    }

    private Processor processor(Topology topology) {
        Reading<String> name = text("machdep.cpu.brand_string").or(() -> facts.text("processor-name"));
        return new Processor(text("machdep.cpu.vendor").or(() -> facts.text("processor-vendor")), name, List.of(
                new Processor.Model(name.orElse("processor of unknown name"), text("hw.cpufamily").map(
                        family -> "cpufamily " + family).orElse(""), topology.online())),
                Reading.unsupported(
                        "macOS does not tell it"),
                number("hw.cpufrequency").map(hertz -> hertz / 1e6));
    }

    /** Names as Linux has them, so that one table serves. */
    private Reading<Set<String>> features(boolean apple) {
        return values.map(map -> {
            Set<String> names = new HashSet<>();
            if (apple) {
                map.forEach((key, value) -> {
                    if (value.equals("1") && key.startsWith("hw.optional.")) {
                        String feature = key.substring(key.lastIndexOf('.') + 1).replace("FEAT_", "")
                                .toLowerCase(Locale.ROOT);
                        names.add(LINUX_NAMES.getOrDefault(feature, feature));
                    }
                });
            } else {
                for (String key : List.of("machdep.cpu.features", "machdep.cpu.leaf7_features",
                        "machdep.cpu.extfeatures")) {
                    for (String name : map.getOrDefault(key, "").toLowerCase(Locale.ROOT).split("\\s+")) {
                        names.add(LINUX_NAMES.getOrDefault(name, name));
                    }
                }
            }
            return names;
        });
    }

    private static final Map<String, String> LINUX_NAMES = Parse.pairs("""
            lse atomics
            lse2 uscat
            pauth paca
            lrcpc lrcpc
            advsimd asimd
            neon asimd
            fp16 asimdhp
            dotprod asimddp
            sha256 sha2
            armv8_crc32 crc32
            crc32 crc32
            dpb dcpop
            rdrand rdrand
            avx1.0 avx
            sse4.2 sse4_2
            tsci constant_tsc
            """, ' ');

    private Virtualization virtualization(boolean translated) {
        Reading<String> hypervisor = number("kern.hv_vmm_present").map(present -> present == 1
                ? "Apple Virtualization or another"
                : Virtualization.NONE);
        Reading<String> none = Reading.known(Virtualization.NONE, "macOS");
        return new Virtualization(hypervisor, text("hw.model").or(() -> facts.text("model")), none, none, Reading.known(
                translated ? "rosetta" : Virtualization.NONE, root.exists(SYSCTL) ? "sysctl.proc_translated" : SYSTEM));
    }
}
