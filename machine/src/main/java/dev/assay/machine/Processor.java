package dev.assay.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the processor is called.
 *
 * @param name as people say it: {@code AMD EPYC}, {@code Neoverse-V1}
 * @param models the kinds of core in it, one on most machines
 * @param microcode revision in force
 * @param reportedMegahertz what /proc/cpuinfo says; on a virtual machine the host's guess
 */
public record Processor(Reading<String> vendor, Reading<String> name, List<Model> models, Reading<String> microcode,
        Reading<Double> reportedMegahertz) {
    public Processor {
        models = List.copyOf(models);
    }

    /** One kind of core: its name, its identification numbers as the vendor writes them, and where it is. */
    public record Model(String name, String identification, BitSet processors) {
        public Model {
            processors = (BitSet) processors.clone();
        }

        @Override
        public BitSet processors() {
            return (BitSet) processors.clone();
        }
    }

    static Processor read(Root root, CpuInfo info) {
        List<Model> models = new ArrayList<>();
        info.models().values().forEach(processors -> {
            BitSet set = new BitSet();
            processors.forEach(processor -> set.set(processor.id()));
            models.add(model(processors.getFirst(), info, set));
        });
        Reading<String> machine = root.word("/proc/device-tree/model").map(text -> text.replace("\0", "").strip());
        Reading<String> name = models.isEmpty()
                ? Reading.<String>unsupported("/proc/cpuinfo lists no processor").or(() -> machine)
                : Reading.known(String.join(" + ", models.stream().map(Model::name).distinct().toList()),
                        "/proc/cpuinfo");
        return new Processor(line(info, "vendor_id", "vendor").or(() -> implementer(info)), name, models,
                line(info, "microcode"), line(info, "cpu MHz", "clock", "CPU MHz", "cpu MHz static").map(text -> {
                    String digits = text.replaceAll("[^0-9.]", "");
                    return Double.valueOf(digits.isEmpty() ? "x" : digits);
                }));
    }

    private static Reading<String> line(CpuInfo info, String... keys) {
        for (String key : keys) {
            if (info.line(key).isPresent()) {
                return Reading.known(info.line(key).get(), "/proc/cpuinfo, " + key);
            }
        }
        return Reading.unsupported("/proc/cpuinfo has no " + String.join(" or ", keys));
    }

    private static Reading<String> implementer(CpuInfo info) {
        return line(info, "CPU implementer").map(code -> ArmParts.vendor(code).orElse("implementer " + code));
    }

    private static Model model(CpuInfo.Processor processor, CpuInfo info, BitSet set) {
        Map<String, String> lines = processor.lines();
        String implementer = lines.get("CPU implementer");
        if (implementer != null) {
            String part = lines.getOrDefault("CPU part", "?");
            return new Model(ArmParts.name(implementer, part).orElse("implementer " + implementer + " part " + part),
                    "implementer " + implementer + " part " + part + " variant "
                            + lines.getOrDefault("CPU variant", "?") + " revision "
                            + lines.getOrDefault("CPU revision", "?"),
                    set);
        }
        if (lines.containsKey("cpu family")) {
            return new Model(lines.getOrDefault("model name", "x86").replaceAll("\\s+", " "), "family "
                    + lines.get("cpu family") + " model " + lines.getOrDefault("model", "?") + " stepping "
                    + lines.getOrDefault("stepping", "?"), set);
        }
        if (lines.containsKey("identification") || lines.containsKey("machine")) {
            String machine = lines.getOrDefault("machine", "");
            String text = lines.getOrDefault("identification", "");
            int at = text.indexOf("machine = ");
            String type = machine.isEmpty() && at >= 0 ? text.substring(at + 10).strip() : machine;
            return new Model("IBM " + mainframe(type), "machine type " + type, set);
        }
        String name = info.line("uarch").or(() -> info.line("cpu")).or(() -> info.line("Model Name"))
                .or(() -> info.line("model name")).orElse("processor of unknown name");
        String numbers = lines.containsKey("mvendorid")
                ? "vendor " + lines.get("mvendorid") + " architecture " + lines.getOrDefault("marchid", "?")
                        + " implementation " + lines.getOrDefault("mimpid", "?")
                : lines.getOrDefault("revision", "");
        return new Model(name, numbers, set);
    }

    /** Machine types of IBM's hardware announcements. */
    private static String mainframe(String type) {
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "2817", "2818" -> "z196/z114";
            case "2827", "2828" -> "zEC12/zBC12";
            case "2964", "2965" -> "z13/z13s";
            case "3906", "3907" -> "z14";
            case "8561", "8562" -> "z15";
            case "3931", "3932" -> "z16";
            case "9175", "9176" -> "z17";
            default -> "Z, machine type " + type;
        };
    }
}
