package dev.assay.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Topology from sysfs (Documentation/admin-guide/cputopology.rst), else from /proc/cpuinfo, else one core per
 * processor, saying which.
 */
final class TopologyReader {
    private static final String CPU = "/sys/devices/system/cpu";
    private static final String NODE = "/sys/devices/system/node";
    private final Root root;
    private final CpuInfo info;

    TopologyReader(Root root, CpuInfo info) {
        this.root = root;
        this.info = info;
    }

    Topology read() {
        BitSet online = online();
        BitSet present = root.set(CPU + "/present").orElse(online);
        present.or(online);
        List<Core> cores = new ArrayList<>();
        Reading<String> source = cores(online, cores);
        return new Topology(cores, nodes(online), online, present, allowed(online),
                root.set(CPU + "/isolated").orElseGet(BitSet::new), source);
    }

    private BitSet online() {
        BitSet online = root.set(CPU + "/online").orElseGet(BitSet::new);
        if (online.isEmpty()) {
            info.processors().forEach(processor -> online.set(processor.id()));
        }
        if (online.isEmpty()) {
            if (root.isLive()) {
                online.set(0, Runtime.getRuntime().availableProcessors());
            } else {
                online.set(0); // whatever it is, it ran on something
            }
        }
        return online;
    }

    /** The kernel's mask of this thread is already within the cpuset. */
    private BitSet allowed(BitSet online) {
        BitSet allowed = root.text("/proc/thread-self/status").or(() -> root.text("/proc/self/status"))
                .map(text -> Parse.set(Parse.pairs(text, ':').getOrDefault("Cpus_allowed_list", "")))
                .orElseGet(BitSet::new);
        allowed.and(online);
        return allowed.isEmpty() ? online : allowed;
    }

    private record Place(int packageId, BitSet processors) {}

    private Reading<String> cores(BitSet online, List<Core> cores) {
        Map<BitSet, Place> places = new LinkedHashMap<>();
        BitSet taken = new BitSet();
        boolean sysfs = true;
        boolean fromInfo = true;
        for (int i = online.nextSetBit(0); i >= 0; i = online.nextSetBit(i + 1)) {
            String topology = CPU + "/cpu" + i + "/topology";
            Reading<BitSet> siblings = root.set(topology + "/core_cpus_list")
                    .or(() -> root.set(topology + "/thread_siblings_list"));
            int processor = i;
            BitSet mates;
            int socket;
            if (siblings instanceof Reading.Known<BitSet>(BitSet set, String _) && set.get(i)) {
                mates = (BitSet) set.clone();
                socket = root.number(topology + "/physical_package_id").map(Math::toIntExact).orElse(0);
            } else {
                sysfs = false;
                var listed = info.processors().stream().filter(p -> p.id() == processor).findFirst();
                fromInfo &= listed.isPresent() && listed.get().core().isPresent();
                mates = listed.map(info::siblings).orElseGet(BitSet::new);
                mates.set(i);
                socket = listed.map(p -> p.socket().orElse(0)).orElse(0);
            }
            mates.and(online);
            // Boards without ACPI report -1 for the package; there is only one.
            Place place = new Place(Math.max(socket, 0), mates);
            if (!taken.get(processor)) {
                mates.andNot(taken); // a damaged file may put one processor into two cores
                taken.or(mates);
                places.put(mates, place);
            }
        }
        Map<Integer, CoreClass> classes = new CoreClasses(root, info).of(online);
        places.values().stream().sorted(Comparator.comparingInt(place -> place.processors().nextSetBit(0)))
                .forEach(place -> cores.add(new Core(cores.size(), place.packageId(),
                        classes.getOrDefault(place.processors().nextSetBit(0), CoreClass.UNKNOWN),
                        place.processors())));
        if (sysfs) {
            return Reading.known("sysfs", CPU + "/cpu*/topology");
        }
        return fromInfo
                ? Reading.known("cpuinfo", "/proc/cpuinfo; " + CPU + " has no topology")
                : Reading.unsupported("neither sysfs nor /proc/cpuinfo tells which processors share a core; each is "
                        + "taken for a core of its own");
    }

    private List<NumaNode> nodes(BitSet online) {
        List<NumaNode> nodes = new ArrayList<>();
        for (String name : root.names(NODE)) {
            if (!name.matches("node[0-9]{1,5}")) {
                continue;
            }
            String path = NODE + "/" + name;
            BitSet processors = root.set(path + "/cpulist").orElseGet(BitSet::new);
            processors.and(online);
            Reading<Map<String, String>> memory = root.text(path + "/meminfo").map(TopologyReader::nodeMemory);
            if (processors.isEmpty() && bytes(memory, "MemTotal").orElse(1L) == 0) {
                continue; // POWER guests have a node 0 with nothing in it
            }
            nodes.add(new NumaNode(Integer.parseInt(name.substring(4)), processors, bytes(memory, "MemTotal"),
                    bytes(memory, "MemFree"), root.word(path + "/distance").map(TopologyReader::distances)
                            .orElse(List.of())));
        }
        if (nodes.isEmpty()) {
            Reading<Map<String, String>> memory = root.text("/proc/meminfo").map(text -> Parse.pairs(text, ':'));
            nodes.add(new NumaNode(0, online, bytes(memory, "MemTotal"), bytes(memory, "MemFree"), List.of(10)));
        }
        nodes.sort(Comparator.comparingInt(NumaNode::id));
        return nodes;
    }

    /** Lines such as {@code Node 0 MemTotal:  24684084 kB}. */
    private static Map<String, String> nodeMemory(String text) {
        return Parse.pairs(text.replaceAll("(?m)^\\s*Node\\s+\\d+\\s+", ""), ':');
    }

    private static Reading<Long> bytes(Reading<Map<String, String>> memory, String key) {
        return memory.flatMap(pairs -> pairs.containsKey(key)
                ? Reading.known(pairs.get(key), "meminfo").map(Parse::bytes)
                : Reading.unsupported("meminfo has no " + key));
    }

    private static List<Integer> distances(String line) {
        List<Integer> distances = new ArrayList<>();
        for (String word : line.split("\\s+")) {
            distances.add(Math.clamp(Parse.number(word), 0, 255));
        }
        return distances;
    }
}
