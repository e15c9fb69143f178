package dev.assay.machine;

import dev.assay.machine.Foreign.Facts;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A Windows machine: cores, caches and nodes from GetLogicalProcessorInformationEx, the machine type of process and
 * system from IsWow64Process2, features from IsProcessorFeaturePresent, the rest from OSHI.
 */
final class WindowsMachine {
    static final String PROCESSORS = "/assay/logical-processors";
    static final String MACHINES = "/assay/machine-types";
    static final String FEATURES = "/assay/processor-features";
    private static final String SYSTEM = "Windows";
    private final Root root;
    private final Facts facts;
    private final JvmFlags flags;

    WindowsMachine(Root root, Facts facts, JvmFlags flags) {
        this.root = root;
        this.facts = facts;
        this.flags = flags;
    }

    static void ask(Map<String, Snapshot.Entry> files) {
        Set<String> numbers = new HashSet<>(X86.keySet());
        numbers.addAll(ARM.keySet());
        files.put(PROCESSORS, new Snapshot.Content(WindowsCalls.logicalProcessors()));
        Foreign.put(files, MACHINES, WindowsCalls.machineTypes());
        Foreign.put(files, FEATURES, WindowsCalls.features(numbers));
    }

    Machine machine() {
        // Two words in hexadecimal: of the process (0: not translated) and of the system (winnt.h, IMAGE_FILE_MACHINE_*).
        Reading<int[]> types = root.word(MACHINES).map(WindowsMachine::types);
        Reading<InstructionSet> kernel = types.map(pair -> ExecutableHeader.portable(pair[1]));
        InstructionSet process = types.map(pair -> pair[0] == 0
                ? ExecutableHeader.portable(pair[1])
                : ExecutableHeader.portable(pair[0]))
                .orElseGet(() -> root.word("/assay/process").map(InstructionSet::named).orElse(InstructionSet.OTHER));
        // x64 programs on Arm are not WOW64 processes, so the JVM's own word decides then.
        InstructionSet own = root.word("/assay/process").map(InstructionSet::named).orElse(process);
        Architecture architecture = new Architecture(own, kernel, own.bits());
        LogicalProcessors processors = root.bytes(PROCESSORS).map(LogicalProcessors::parse).orElseGet(
                () -> LogicalProcessors.one(root.bytes(PROCESSORS).because()));
        Topology topology = processors.topology(facts);
        Caches caches = processors.caches(topology, kernel.orElse(own));
        boolean translated = architecture.translated();
        return Foreign.assemble(SYSTEM, facts.text("release"), architecture, processor(topology),
                features(kernel.orElse(own)), topology, caches,
                Foreign.memory(SYSTEM, facts, facts.number("memory-total"), facts.number(
                        "page-size").map(Math::toIntExact)),
                virtualization(translated), facts);
    }

    static int[] types(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length != 2) {
            throw new IllegalArgumentException("two machine types were expected, not '" + Parse.shown(text) + "'");
        }
        try {
            return new int[]{Integer.decode(words[0]), Integer.decode(words[1])};
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("machine types are numbers, not '" + Parse.shown(text) + "'", e);
        }
    }

    private Processor processor(Topology topology) {
        Reading<String> name = facts.text("processor-name");
        return new Processor(facts.text("processor-vendor"), name, List.of(new Processor.Model(name.orElse(
                "processor of unknown name"), facts.text("processor-identifier").orElse(""), topology.online())),
                Reading.unsupported("Windows does not tell it"), Reading.unsupported("Windows does not tell it"));
    }

    /** PF_* of winnt.h and what Linux calls the same; Windows on Arm demands vectors, so it has no number for them. */
    private static final Map<String, String> X86 = Parse.pairs("""
            10 sse2
            14 cx16
            28 rdrand
            38 sse4_2
            39 avx
            40 avx2
            41 avx512f
            """, ' ');
    private static final Map<String, String> ARM = Parse.pairs("""
            19 asimd
            30 aes pmull sha1 sha2
            31 crc32
            34 atomics
            43 asimddp
            44 jscvt
            45 lrcpc
            46 sve
            47 sve2
            62 uscat
            """, ' ');

    private Features features(InstructionSet set) {
        Map<String, String> known = set == InstructionSet.AARCH64 ? ARM : X86;
        Set<String> tellable = new HashSet<>();
        known.values().forEach(value -> tellable.addAll(List.of(value.split(" "))));
        Reading<Set<String>> names = root.text(FEATURES).map(text -> {
            Set<String> present = new HashSet<>();
            for (String number : text.strip().split("\\s+")) {
                present.addAll(List.of(known.getOrDefault(number, "").split(" ")));
            }
            return present;
        });
        return Features.of(set, names, tellable, flags);
    }

    private Virtualization virtualization(boolean translated) {
        Reading<String> product = facts.text("model").map(model -> facts.text("manufacturer").map(maker -> maker + " ")
                .orElse("") + model);
        Reading<String> hypervisor = product.map(text -> {
            String lower = text.toLowerCase(Locale.ROOT);
            return lower.contains("virtual machine")
                    ? "Hyper-V"
                    : lower.contains("vmware")
                            ? "VMware"
                            : lower.contains(
                                    "virtualbox")
                                            ? "VirtualBox"
                                            : lower.contains("kvm") || lower.contains("qemu")
                                                    ? "KVM"
                                                    : Virtualization.NONE;
        });
        Reading<String> none = Reading.known(Virtualization.NONE, SYSTEM);
        return new Virtualization(hypervisor, product, none, none, Reading.known(translated
                ? "Windows on Arm emulation"
                : Virtualization.NONE, "IsWow64Process2"));
    }
}
