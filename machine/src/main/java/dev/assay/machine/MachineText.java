package dev.assay.machine;

import dev.assay.machine.Kernel.Mitigation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The sheet as lines that one reads in a minute: a label, and what there is to say. */
final class MachineText {
    private final Machine machine;

    MachineText(Machine machine) {
        this.machine = machine;
    }

    /** Labels with their sentences, in reading order. */
    Map<String, List<String>> sections() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        sections.put("machine", identity());
        sections.put("cores", List.of(cores()));
        sections.put("caches", List.of(caches()));
        sections.put("memory", memory());
        sections.put("features", features());
        sections.put("kernel", kernel());
        sections.put("limits", List.of(limits()));
        sections.put("energy", List.of(energy()));
        sections.put("devices", devices());
        return sections;
    }

    private List<String> identity() {
        List<String> lines = new ArrayList<>();
        lines.add(machine.processor().name() + ", " + machine.architecture().kernel().map(InstructionSet::title)
                .orElse(machine.architecture().title()) + ", " + machine.virtualization().title());
        if (machine.processor().models().size() == 1) {
            lines.add(machine.processor().models().getFirst().identification() + machine.processor().microcode()
                    .map(code -> ", microcode " + code).orElse(""));
        } else {
            machine.processor().models().forEach(model -> lines.add(model.name() + ": processors "
                    + Parse.list(model.processors()) + ", " + model.identification()));
        }
        machine.virtualization().product().optional().ifPresent(lines::add);
        lines.removeIf(String::isBlank);
        return lines;
    }

    private String cores() {
        Topology topology = machine.topology();
        String kinds = topology.mixed()
                ? Text.classes(topology)
                : topology.cores().getFirst().kind() == CoreClass.UNKNOWN ? "kinds not told" : "all alike";
        String allowed = topology.allowed().equals(topology.online())
                ? "this process may use all"
                : "this process may use " + Parse.list(topology.allowed());
        return Text.count(topology.cores().size(), "core") + " in " + Text.count(topology.packages().size(), "package")
                + ", " + (topology.smt() ? topology.online().cardinality() + " processors (SMT)" : "no SMT") + ", "
                + Text.count(topology.nodes().size(), "NUMA node") + ", " + kinds + "; " + allowed;
    }

    private String caches() {
        Caches caches = machine.caches();
        String line = "line " + caches.lineBytes() + " B" + (caches.line().isKnown() ? "" : " (assumed)");
        if (caches.all().isEmpty()) {
            return line + "; sizes not told: " + caches.source().because();
        }
        Map<String, Integer> kinds = new LinkedHashMap<>();
        caches.all().forEach(cache -> kinds.merge(cache.title() + " " + Text.bytes(cache.sizeBytes())
                + cache.ways().map(ways -> " " + ways + "-way").orElse(""), 1, Integer::sum));
        String source = caches.source().orElse("complete");
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey() + (kind.getValue() > 1 ? " ×" + kind.getValue() : ""))
                .collect(Collectors.joining(", ")) + "; " + line + (source.equals("complete") ? "" : "; " + source);
    }

    private List<String> memory() {
        Memory memory = machine.memory();
        List<String> lines = new ArrayList<>();
        lines.add(memory.totalBytes().map(Text::bytes).map(text -> text + " (" + memory.availableBytes()
                .map(Text::bytes).orElse("unknown") + " available)").orElse("size not told") + ", "
                + memory.swapTotalBytes().map(bytes -> bytes == 0 ? "no swap" : "swap " + Text.bytes(bytes))
                        .orElse("swap not told"));
        lines.add("pages " + Text.bytes(memory.pageBytes()) + (memory.page().isKnown() ? "" : " (assumed)")
                + memory.hugePages().stream().map(huge -> ", huge " + Text.bytes(huge.bytes()) + " (" + huge.reserved()
                        .map(count -> count + " reserved").orElse("not told") + ")").collect(Collectors.joining())
                + "; transparent huge pages " + memory.transparentHugePages().orElse("not told"));
        for (NumaNode node : machine.topology().nodes()) {
            if (machine.topology().nodes().size() > 1) {
                lines.add("node " + node.id() + ": processors " + (node.processors().isEmpty()
                        ? "none"
                        : Parse.list(
                                node.processors()))
                        + ", " + node.totalBytes().map(Text::bytes).orElse("size not told")
                        + (node.distances().isEmpty() ? "" : ", distances ")
                        + node.distances().stream().map(String::valueOf)
                                .collect(Collectors.joining(" ")));
            }
        }
        return lines;
    }

    private List<String> features() {
        List<Features.Feature> all = machine.features().all();
        String has = all.stream().filter(feature -> feature.processor().orElse(false)).map(Features.Feature::id)
                .collect(Collectors.joining(", "));
        String hasNot = all.stream().filter(feature -> !feature.processor().orElse(true)).map(Features.Feature::id)
                .collect(Collectors.joining(", "));
        List<String> lines = new ArrayList<>();
        lines.add(has.isEmpty()
                ? "not told: " + all.stream().map(feature -> feature.processor().because()).findFirst()
                        .orElse("no feature is defined for this architecture")
                : "has " + has);
        if (!hasNot.isEmpty()) {
            lines.add("has not " + hasNot);
        }
        String used = all.stream().map(feature -> feature.jvm().orElse("")).filter(text -> !text.isEmpty())
                .flatMap(text -> java.util.Arrays.stream(text.split(" "))).distinct()
                .collect(Collectors.joining(" "));
        if (!used.isEmpty()) {
            lines.add("this JVM: " + used);
        }
        return lines;
    }

    private List<String> kernel() {
        Kernel kernel = machine.kernel();
        if (!machine.system().startsWith("Linux")) {
            return List.of(machine.system() + "; settings of the kernel are told by Linux only");
        }
        List<String> lines = new ArrayList<>();
        lines.add(machine.system() + ", clock " + kernel.clockSource()
                .orElse("not told") + ", preemption " + kernel.preemption().orElse("not told")
                + ", perf_event_paranoid "
                + kernel.perfEventParanoid().map(String::valueOf).orElse("not told") + kernel.timerSlackNanos()
                        .map(nanos -> ", timer slack " + nanos / 1000 + " µs").orElse(""));
        TreeSet<String> governors = new TreeSet<>();
        kernel.frequencies().forEach(policy -> governors.add(policy.governor().orElse("not told") + " ("
                + policy.driver().orElse("driver not told") + ", " + policy.minKilohertz().map(Text::hertz).orElse("?")
                + " to " + policy.maxKilohertz().map(Text::hertz).orElse("?") + ")"));
        lines.add(governors.isEmpty()
                ? "frequency: not ours to see" + machine.processor().reportedMegahertz().map(mhz -> String.format(
                        Locale.ROOT, "; reported are %.2f GHz", mhz / 1000)).orElse("")
                : "governor " + String.join(", ", governors) + kernel.boost().map(on -> on
                        ? ", boost on"
                        : ", boost off").orElse(""));
        long open = kernel.mitigations().stream().filter(m -> m.state() == Mitigation.State.VULNERABLE).count();
        long on = kernel.mitigations().stream().filter(m -> m.state() == Mitigation.State.MITIGATED).count();
        lines.add(kernel.mitigations().isEmpty()
                ? "mitigations not told"
                : Text.count((int) on, "mitigation")
                        + " on, " + open + (open == 1 ? " vulnerability open, " : " vulnerabilities open, ")
                        + (kernel.mitigations().size() - on - open) + " not affected");
        return lines;
    }

    private String limits() {
        Limits limits = machine.limits();
        if (!machine.system().startsWith("Linux")) {
            return "told by Linux only";
        }
        Cgroup group = limits.cgroup();
        return "locked memory " + limits.memlockBytes().map(Text::bytes).orElse("not told") + ", real-time priority "
                + limits.realtimePriority().map(Text::plain).orElse("not told") + ", open files " + limits.openFiles()
                        .map(Text::plain).orElse("not told")
                + "; "
                + (group.version().isKnown()
                        ? "cgroup v" + group.version() + ": " + group.cpus().map(cpus -> String.format(Locale.ROOT,
                                "%.2f processors", cpus)).orElse("no processor quota") + ", memory "
                                + group.memoryMaxBytes().map(Text::bytes).orElse("unlimited")
                        : "no cgroup");
    }

    private String energy() {
        Energy energy = machine.energy();
        String zones = energy.zones().stream().map(Energy.Zone::name).distinct().collect(Collectors.joining(", "));
        String readable = energy.zones().stream().anyMatch(zone -> zone.microjoules().isKnown()) ? "" : " (root only)";
        String hottest = energy.sensors().stream().filter(sensor -> sensor.celsius().isKnown())
                .max(java.util.Comparator.comparingDouble(sensor -> sensor.celsius().orElse(0.0)))
                .map(sensor -> String.format(Locale.ROOT, "hottest %s %s %.0f °C", sensor.chip(), sensor.label(),
                        sensor.celsius().orElse(0.0)))
                .orElse("no temperatures");
        return (zones.isEmpty() ? "no energy counters" : "energy counters " + zones + readable) + ", " + hottest
                + ", " + energy.coreThrottles().map(count -> count + " thermal throttles").orElse(
                        "throttling not counted")
                + energy.supply().map(supply -> ", on " + supply).orElse("");
    }

    private List<String> devices() {
        List<String> lines = new ArrayList<>();
        machine.kernel().blockDevices().forEach(disk -> lines.add(disk.name() + " " + disk.bytes().map(Text::bytes)
                .orElse("") + ", scheduler " + disk.scheduler().orElse("not told")
                + (disk.rotational().orElse(false)
                        && !disk.name().matches("x?vd.*") ? ", turning" : "")));
        machine.devices().nvme().forEach(drive -> lines.add(drive.name() + " " + drive.model().orElse("")
                + drive.node().map(node -> ", node " + node).orElse("") + drive.health().map(health -> ", " + health
                        .percentageUsed() + " % used, " + Text.bytes((long) health.bytesWritten()) + " written")
                        .orElse("")));
        machine.devices().pci().stream().filter(Text::interesting).limit(12)
                .forEach(device -> lines.add(device.kind() + " " + device.address()
                        + device.driver().map(driver -> " (" + driver + ")").orElse("") + device.node().map(
                                node -> ", node " + node).orElse("")
                        + device.link().map(link -> ", " + Text.link(link))
                                .orElse("")
                        + device.errors().map(errors -> errors.isEmpty()
                                ? ""
                                : ", errors: "
                                        + Text.errors(errors))
                                .orElse("")));
        return lines.isEmpty() ? List.of("none described") : lines;
    }
}
