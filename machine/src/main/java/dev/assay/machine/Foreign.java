package dev.assay.machine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Machines that are not Linux: macOS and Windows.
 *
 * <p>
 * Everything that is asked of the system is first written down as files below {@code /assay}, in the form of
 * {@link Snapshot}, and then read from there, so that a live machine and a saved one take the same way. What only
 * Linux tells says so.
 */
final class Foreign {
    static final String SYSTEM = "/assay/system";
    static final String FACTS = "/assay/oshi";

    private Foreign() {}

    /** What this system says of itself, as files. */
    static NavigableMap<String, Snapshot.Entry> capture() {
        NavigableMap<String, Snapshot.Entry> files = new TreeMap<>();
        String system = System.getProperty("os.name");
        boolean mac = system.startsWith("Mac");
        if (!mac && !system.startsWith("Windows")) {
            throw new MachineException("the machine sheet reads Linux, macOS and Windows; this is " + system);
        }
        put(files, SYSTEM, mac ? "macOS" : "Windows");
        put(files, "/assay/process", System.getProperty("os.arch"));
        put(files, FACTS, Oshi.facts());
        if (mac) {
            put(files, MacMachine.SYSCTL, MacMachine.ask());
        } else {
            WindowsMachine.ask(files);
        }
        return files;
    }

    static void put(Map<String, Snapshot.Entry> files, String path, String text) {
        files.put(path, new Snapshot.Content(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    static boolean describes(Root root) {
        return !root.isLive() && root.exists(SYSTEM);
    }

    static Machine read(Root root, JvmFlags flags) {
        String system = root.word(SYSTEM).orElse("");
        Facts facts = new Facts(root.text(FACTS).map(text -> Parse.pairs(text, ':')));
        return switch (system) {
            case "macOS" -> new MacMachine(root, facts, flags).machine();
            case "Windows" -> new WindowsMachine(root, facts, flags).machine();
            default -> throw new MachineException("a saved machine that is not Linux is macOS or Windows; " + SYSTEM
                    + " says '" + Parse.shown(system) + "'");
        };
    }

    static <T> Reading<T> onlyLinux(String system) {
        return Reading.unsupported("only Linux tells this; the machine runs " + system);
    }

    /** What OSHI found, by the names that {@link Oshi} gives. */
    record Facts(Reading<Map<String, String>> entries) {
        Reading<String> text(String key) {
            return entries.flatMap(map -> map.containsKey(key) && !map.get(key).isBlank()
                    ? Reading.known(map.get(key), "OSHI")
                    : Reading.unsupported("OSHI did not tell " + key));
        }

        Reading<Long> number(String key) {
            return text(key).map(Parse::number);
        }
    }

    /** The parts that macOS and Windows have in common, mostly that they do not tell. */
    static Machine assemble(String system, Reading<String> release, Architecture architecture, Processor processor,
            Features features, Topology topology, Caches caches, Memory memory,
            Virtualization virtualization, Facts facts) {
        return new Machine(architecture, processor, features, topology, caches, memory, kernel(system, release),
                virtualization, energy(system,
                        facts),
                new Devices(List.of(), List.of()), limits(system), activity(system, facts));
    }

    private static Kernel kernel(String system, Reading<String> release) {
        return new Kernel(release.map(text -> system + " " + text), onlyLinux(system), onlyLinux(system),
                onlyLinux(system), List.of(), List.of(), List.of(), onlyLinux(system), onlyLinux(system),
                onlyLinux(system), onlyLinux(system), onlyLinux(system), onlyLinux(system), onlyLinux(system),
                onlyLinux(system), onlyLinux(system), onlyLinux(system), onlyLinux(system), List.of());
    }

    private static Energy energy(String system, Facts facts) {
        List<Energy.Sensor> sensors = facts.text("temperature").map(Double::valueOf).optional().filter(
                celsius -> celsius > 0).map(
                        celsius -> List.of(new Energy.Sensor("processor", "package", Reading.known(
                                celsius, "OSHI"), onlyLinux(system))))
                .orElse(List.of());
        return new Energy(List.of(), sensors, onlyLinux(system), onlyLinux(system), onlyLinux(system),
                facts.text("supply"), onlyLinux(system));
    }

    private static Limits limits(String system) {
        return new Limits(onlyLinux(system), onlyLinux(system), onlyLinux(system), onlyLinux(system),
                onlyLinux(system), Cgroup.none("control groups are Linux's; the machine runs " + system),
                onlyLinux(system), onlyLinux(system));
    }

    private static Activity activity(String system, Facts facts) {
        return new Activity(System.nanoTime(), Instant.now().toEpochMilli() * 1_000_000, onlyLinux(system), onlyLinux(
                system), onlyLinux(system), facts.text("load").map(ActivityReader::load), onlyLinux(system),
                onlyLinux(
                        system),
                onlyLinux(system), onlyLinux(system), onlyLinux(system), onlyLinux(system),
                onlyLinux(system), onlyLinux(system));
    }

    static Memory memory(String system, Facts facts, Reading<Long> total, Reading<Integer> page) {
        Reading<Long> swap = facts.number("swap-total");
        return new Memory(total.or(() -> facts.number("memory-total")), facts.number("memory-available"), page.orElse(
                4096), page, List.of(), onlyLinux(system), onlyLinux(system), onlyLinux(system), swap,
                swap.flatMap(
                        bytes -> facts.number("swap-used").map(used -> bytes - used)),
                onlyLinux(system));
    }
}
