package dev.assay.scan;

import java.util.List;
import java.util.Set;

/** C signatures that are not the same on every platform. */
final class ForeignAbi implements HazardRule {
    private static final Rule RULE = new Rule("hazard.foreign-abi", Severity.WARNING, Confidence.HIGH,
            "A foreign function is described for one ABI",
            "Linker.downcallHandle describes a C function with long, size_t or the like by JAVA_LONG or JAVA_INT without asking"
                    + " canonicalLayouts, or a variadic function without Option.firstVariadicArg.",
            "C's long has 32 bits on Windows and 64 elsewhere. Apple's aarch64 ABI passes variadic arguments on the stack, where"
                    + " x86-64 and Linux use registers: without firstVariadicArg the callee reads garbage. A warning for the"
                    + " target that differs, a note for the others.",
            "FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT) for printf, no options",
            "the same with Linker.Option.firstVariadicArg(1)",
            "Pass firstVariadicArg; take long and size_t from Linker.nativeLinker().canonicalLayouts().");
    private static final Set<String> VARIADIC = Set.of("printf", "fprintf", "sprintf", "snprintf", "dprintf", "scanf",
            "sscanf",
            "fscanf", "open", "openat", "fcntl", "ioctl", "syscall", "prctl", "semctl", "execl", "execlp", "syslog",
            "mremap");
    private static final Set<String> LONGS = Set.of("labs", "strtol", "strtoul", "atol", "ftell", "fseek", "sysconf",
            "clock",
            "ldiv", "random", "times", "nanosleep", "gettimeofday");
    private static final int WINDOW = 160;

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        nest.methods().forEach(method -> {
            List<Insn> code = method.code();
            boolean option = code.stream().anyMatch(insn -> insn.invokes() && insn.name.equals("firstVariadicArg"));
            boolean canonical = code.stream().anyMatch(insn -> insn.invokes() && insn.name.equals("canonicalLayouts"));
            for (Insn call : code) {
                if (call.invokes() && call.name.equals("downcallHandle")
                        && call.owner.equals("java/lang/foreign/Linker")) {
                    String symbol = symbol(code, call);
                    boolean apple = report.target() == Target.MACOS_AARCH64;
                    boolean windows = report.target().system() == OperatingSystem.WINDOWS;
                    if (VARIADIC.contains(symbol) && !option) {
                        report.add(apple ? Severity.WARNING : Severity.NOTE, Confidence.HIGH, method.at(call),
                                symbol + " is variadic and is called without firstVariadicArg");
                    } else if (LONGS.contains(symbol) && !canonical && wide(code, call)) {
                        report.add(windows ? Severity.WARNING : Severity.NOTE, Confidence.HIGH, method.at(call),
                                symbol + " takes or returns C's long, described here as 64 bits");
                    }
                }
            }
        });
    }

    /** The last string constant that is looked up before the handle is made. */
    private static String symbol(List<Insn> code, Insn call) {
        String found = "";
        for (Insn insn : code.subList(Math.max(0, call.index - WINDOW), call.index)) {
            if (insn.invokes() && (insn.name.equals("find") || insn.name.equals("findOrThrow")) && insn.in.length == 2
                    && insn.in[1].constant() instanceof String name) {
                found = name;
            }
        }
        return found;
    }

    private static boolean wide(List<Insn> code, Insn call) {
        return code.subList(Math.max(0, call.index - WINDOW), call.index).stream()
                .anyMatch(insn -> insn.op == Op.GETSTATIC && insn.owner.equals("java/lang/foreign/ValueLayout")
                        && insn.name.equals("JAVA_LONG"));
    }
}
