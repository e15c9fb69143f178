package dev.assay.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * /proc/cpuinfo, whose form every architecture chose for itself (arch/&#42;/kernel/cpu/proc.c, cpuinfo.c).
 *
 * <p>
 * Blocks are separated by blank lines. On x86, AArch64, RISC-V and POWER a block that begins with {@code processor} is
 * one processor; s390x first describes all of them, with lines {@code processor 0: …} and {@code cache0 : …}.
 *
 * @param processors those listed
 * @param common lines outside a processor's block
 */
record CpuInfo(List<Processor> processors, Map<String, String> common) {
    CpuInfo {
        processors = List.copyOf(processors);
    }

    /** One processor's lines. */
    record Processor(int id, Map<String, String> lines) {
        OptionalInt core() {
            return number("core id");
        }

        OptionalInt socket() {
            return number("physical id");
        }

        private OptionalInt number(String key) {
            try {
                return lines.containsKey(key)
                        ? OptionalInt.of(Math.toIntExact(Parse.number(lines.get(key))))
                        : OptionalInt.empty();
            } catch (IllegalArgumentException | ArithmeticException _) {
                return OptionalInt.empty(); // garbled: the processor counts, its place is not known
            }
        }

        /** What tells one kind of core from another. */
        String model() {
            StringBuilder model = new StringBuilder();
            for (String key : List.of("vendor_id", "cpu family", "model", "model name", "CPU implementer", "CPU part",
                    "CPU variant", "uarch", "mimpid", "cpu")) {
                String value = lines.get(key);
                model.append(value == null ? "" : value).append('|');
            }
            return model.toString();
        }
    }

    static CpuInfo read(Root root) {
        return parse(root.text("/proc/cpuinfo").orElse(""));
    }

    static CpuInfo parse(String text) {
        List<Processor> processors = new ArrayList<>();
        Map<String, String> common = new LinkedHashMap<>();
        BitSet seen = new BitSet();
        for (String block : text.split("\n\\s*\n")) {
            Map<String, String> lines = Parse.pairs(block, ':');
            String number = lines.containsKey("processor") ? lines.get("processor") : lines.get("cpu number");
            int id = id(number);
            if (id >= 0 && !seen.get(id)) {
                seen.set(id);
                processors.add(new Processor(id, lines));
            } else {
                lines.forEach(common::putIfAbsent);
                for (String key : lines.keySet()) {
                    int listed = key.startsWith("processor ") ? id(key.substring(10)) : -1;
                    if (listed >= 0 && !seen.get(listed)) {
                        seen.set(listed);
                        processors.add(new Processor(listed, Map.of("identification", lines.get(key))));
                    }
                }
            }
        }
        return new CpuInfo(merged(processors, text), common);
    }

    /** s390x describes a processor twice: first one line for all, later a block each with its place. */
    private static List<Processor> merged(List<Processor> processors, String text) {
        if (processors.stream().noneMatch(p -> p.lines().containsKey("identification"))) {
            return processors;
        }
        List<Processor> merged = new ArrayList<>();
        for (Processor processor : processors) {
            Map<String, String> lines = new LinkedHashMap<>(processor.lines());
            for (String block : text.split("\n\\s*\n")) {
                Map<String, String> pairs = Parse.pairs(block, ':');
                if (id(pairs.get("cpu number")) == processor.id()) {
                    lines.putAll(pairs);
                }
            }
            merged.add(new Processor(processor.id(), lines));
        }
        return merged;
    }

    private static int id(String text) {
        try {
            long id = text == null ? -1 : Parse.number(text);
            return id >= 0 && id < Parse.MOST_MEMBERS ? (int) id : -1;
        } catch (IllegalArgumentException _) {
            return -1; // 32-bit ARM has a line "Processor : ARMv7 …" that is no number
        }
    }

    /** Processors with the same socket and core numbers; only itself where cpuinfo has none. */
    BitSet siblings(Processor one) {
        BitSet siblings = new BitSet();
        siblings.set(one.id());
        if (one.core().isPresent()) {
            processors.stream().filter(p -> p.core().equals(one.core()) && p.socket().equals(one.socket()))
                    .forEach(p -> siblings.set(p.id()));
        }
        return siblings;
    }

    /** The processors of each kind of core, by what distinguishes the kinds. */
    Map<String, List<Processor>> models() {
        Map<String, List<Processor>> models = new LinkedHashMap<>();
        processors.forEach(p -> models.computeIfAbsent(p.model(), _ -> new ArrayList<>()).add(p));
        return models;
    }

    /** A line of the first processor that has it, or of the common part. */
    Optional<String> line(String key) {
        return processors.stream().map(p -> p.lines().get(key)).filter(java.util.Objects::nonNull)
                .filter(value -> !value.isEmpty()).findFirst()
                .or(() -> Optional.ofNullable(common.get(key)).filter(value -> !value.isEmpty()));
    }

    /** The architecture whose form this is; empty when the form is none of those known. */
    Optional<InstructionSet> instructionSet() {
        if (line("CPU implementer").isPresent()) {
            return Optional.of(line("CPU architecture").filter("7"::equals).isPresent()
                    ? InstructionSet.ARM
                    : InstructionSet.AARCH64);
        }
        if (line("vendor_id").filter(vendor -> vendor.contains("S390")).isPresent()) {
            return Optional.of(InstructionSet.S390X);
        }
        if (line("isa").filter(isa -> isa.startsWith("rv64")).isPresent()) {
            return Optional.of(InstructionSet.RISCV64);
        }
        if (line("cpu").filter(cpu -> cpu.startsWith("POWER")).isPresent()) {
            return Optional.of(InstructionSet.PPC64LE);
        }
        if (line("CPU Family").or(() -> line("cpu family")).filter(family -> family.startsWith("Loongson"))
                .isPresent()) {
            return Optional.of(InstructionSet.LOONGARCH64);
        }
        return line("flags").map(flags -> (" " + flags + " ").contains(" lm ")
                ? InstructionSet.X86_64
                : InstructionSet.X86);
    }
}
