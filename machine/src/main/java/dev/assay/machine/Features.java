package dev.assay.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the processor can do, by meaning, and beside it what the running JVM makes of it. */
public record Features(List<Feature> all) {
    public Features {
        all = List.copyOf(all);
    }

    /**
     * One feature.
     *
     * @param id as claims name it: {@code single-instruction-atomics}
     * @param means in a few words
     * @param processor whether the processor has it, and by which name it says so
     * @param jvm the final flags of the running JVM that govern its use: {@code UseLSE=true}; unsupported where the JVM
     *        has no flag for it
     */
    public record Feature(String id, String means, Reading<Boolean> processor, Reading<String> jvm) {}

    public Optional<Feature> feature(String id) {
        return all.stream().filter(feature -> feature.id.equals(id)).findFirst();
    }

    /** Whether the processor is known to have a feature; an unknown identifier is unsupported. */
    public Reading<Boolean> has(String id) {
        return feature(id).map(Feature::processor).orElseGet(() -> Reading.unsupported("there is no feature named '"
                + id + "'"));
    }

    /**
     * @param names what the processor calls its features, in lower case
     */
    static Features of(InstructionSet set, Reading<Set<String>> names, JvmFlags flags) {
        return of(set, names, Set.of(), flags);
    }

    /** @param tellable the only names that the system could have told; empty where it tells all that there are */
    static Features of(InstructionSet set, Reading<Set<String>> names, Set<String> tellable, JvmFlags flags) {
        List<Feature> features = new ArrayList<>();
        for (FeatureTable.Row row : FeatureTable.rows(set)) {
            if (!row.names().equals("-")) {
                features.add(new Feature(row.id(), row.means(), processor(set, row.names(), names, tellable),
                        jvm(row, flags)));
            }
        }
        return new Features(features);
    }

    private static Reading<Boolean> processor(InstructionSet set, String alternatives, Reading<Set<String>> names,
            Set<String> tellable) {
        if (alternatives.equals("?")) {
            return Reading.unsupported("Assay does not know the feature names of " + set);
        }
        if (alternatives.equals("*")) {
            return Reading.known(true, "part of " + set + " itself");
        }
        return names.flatMap(present -> {
            for (String alternative : alternatives.split(" ")) {
                if (present.containsAll(List.of(alternative.split("\\+")))) {
                    return Reading.known(true, names.because() + ": " + alternative);
                }
            }
            boolean told = tellable.isEmpty()
                    || List.of(alternatives.split("[ +]")).stream().allMatch(tellable::contains);
            return told
                    ? Reading.known(false, names.because() + " has no " + alternatives.replace(" ", " or "))
                    : Reading.unsupported("this system does not tell " + alternatives.replace(" ", " or "));
        });
    }

    private static Reading<String> jvm(FeatureTable.Row row, JvmFlags flags) {
        Reading<String> found = Reading.unsupported("no flag of the JVM governs it");
        for (String flag : row.jvmFlags()) {
            Reading<String> value = flags.value(flag).map(text -> flag + "=" + text);
            if (found instanceof Reading.Known<String>(String before, String source)) {
                found = value.isKnown() ? Reading.known(before + " " + value, source) : found;
            } else {
                found = value;
            }
        }
        return found;
    }

    /** The names in /proc/cpuinfo: flags (x86), Features (AArch64), isa (RISC-V), features (s390x). */
    static Reading<Set<String>> names(CpuInfo info) {
        Optional<String> isa = info.line("isa");
        if (isa.isPresent() && isa.get().startsWith("rv")) {
            return Reading.known(Set.copyOf(riscv(isa.get(), info.line("mmu").orElse(""))), "/proc/cpuinfo, isa");
        }
        for (String key : List.of("flags", "Features", "features")) {
            Optional<String> line = info.line(key);
            if (line.isPresent()) {
                return Reading.known(Set.of(java.util.Arrays.stream(line.get().strip().split("\\s+")).distinct()
                        .toArray(String[]::new)), "/proc/cpuinfo, " + key);
            }
        }
        return Reading.unsupported("/proc/cpuinfo lists no features");
    }

    /** {@code rv64imafdcv_zba_zbb}: single letters up to the first underscore, then names (riscv/uabi.rst). */
    private static List<String> riscv(String isa, String mmu) {
        String[] parts = isa.toLowerCase(java.util.Locale.ROOT).split("_");
        List<String> names = new ArrayList<>(List.of(parts).subList(1, parts.length));
        for (char letter : parts[0].substring(Math.min(4, parts[0].length())).toCharArray()) {
            names.add(String.valueOf(letter));
        }
        if (names.contains("g")) {
            names.addAll(List.of("i", "m", "a", "f", "d"));
        }
        names.add(mmu);
        return names.stream().distinct().toList();
    }
}
