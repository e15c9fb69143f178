package dev.assay.scan;

/** Doors of the JDK that are being closed. */
final class JdkInternals implements HazardRule {
    private static final Rule RULE = new Rule("hazard.jdk-internals", Severity.NOTE, Confidence.HIGH,
            "Code reaches into the JDK's internals",
            "A class calls sun.misc.Unsafe or another internal class of the JDK, or names one for reflection.",
            "A move to another machine is most often a move to a newer JDK: memory access by Unsafe warns since 24 and will be"
                    + " removed (JEP 471, 498), jdk.internal is closed since 17 (JEP 403), and field offsets differ with"
                    + " compact headers.",
            "Unsafe.getUnsafe().putOrderedLong(o, offset, x)", "VarHandle.setRelease(o, x)",
            "Use VarHandle, MethodHandles.Lookup or the FFM API; raise the library's version.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        nest.methods().forEach(method -> {
            for (Insn insn : method.code()) {
                if (insn.invokes() && internal(insn.owner) && !internal(method.owner().name)) {
                    report.add(Confidence.HIGH, method.owner().dotted(),
                            "calls " + insn.owner.replace('/', '.') + "." + insn.name + ", first in "
                                    + method.at(insn));
                } else if (insn.invokes() && insn.name.equals("forName") && insn.in.length > 0
                        && insn.in[0].constant() instanceof String name && internal(name.replace('.', '/'))) {
                    report.add(Confidence.HIGH, method.owner().dotted(),
                            "looks up " + name + " by reflection, in " + method.at(insn));
                }
            }
        });
    }

    private static boolean internal(String name) {
        return name.equals("sun/misc/Unsafe") || name.startsWith("jdk/internal/") || name.startsWith("sun/nio/ch/")
                || name.equals("sun/misc/Cleaner") || name.startsWith("sun/reflect/")
                || name.startsWith("sun/security/")
                || name.startsWith("sun/misc/SharedSecrets");
    }
}
