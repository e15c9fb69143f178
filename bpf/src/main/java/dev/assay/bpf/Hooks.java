package dev.assay.bpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The functions and tracepoints of a kernel that the sections of an object name. */
final class Hooks {
    private Hooks() {}

    /** Hooks that the kernel's types show not to be there. Only those whose absence BTF proves are judged. */
    static List<String> problems(ObjectFile object, Btf kernel) {
        List<String> problems = new ArrayList<>();
        for (ObjectFile.Function function : object.functions()) {
            String section = function.section().name();
            String prefix = section.contains("/") ? section.substring(0, section.indexOf('/')) : section;
            String name = section.substring(Math.min(section.length(), prefix.length() + 1));
            if (name.isEmpty()) {
                continue;
            }
            Optional<String> wanted = switch (prefix) {
                case "tp_btf" -> Optional.of("btf_trace_" + name);
                case "fentry", "fexit", "fmod_ret", "fentry.s", "fexit.s", "fmod_ret.s" -> Optional.of(name);
                case "lsm", "lsm.s" -> Optional.of("bpf_lsm_" + name);
                default -> Optional.empty();
            };
            Kind kind = prefix.equals("tp_btf") ? Kind.TYPEDEF : Kind.FUNC;
            if (wanted.isPresent() && java.util.Arrays.stream(kernel.find(wanted.get(), false)).noneMatch(id -> kernel
                    .kind(id) == kind)) {
                problems.add("program " + function.name() + " hooks " + section + ", and " + kernel.origin()
                        + " has no " + (kind == Kind.FUNC ? "function " : "tracepoint type ") + wanted.get());
            }
        }
        return problems;
    }
}
