package dev.assay.scan;

import java.util.Locale;

/** A choice by os.arch that knows only one family. */
final class ArchitectureNames implements HazardRule {
    private static final Rule RULE = new Rule("hazard.architecture-names", Severity.WARNING, Confidence.MEDIUM,
            "os.arch is read and only x86 names are known",
            "A class reads the property os.arch, compares with amd64, x86_64 or x86, and has no name of the target's processor.",
            "On the target os.arch is another word (aarch64, riscv64, s390x): the choice falls through to a default that is wrong,"
                    + " or to an exception.",
            "if (arch.equals(\"amd64\")) … else throw …", "case \"amd64\", \"x86_64\" → …; case \"aarch64\" → …",
            "Add the target's name, and make the default say what is not supported.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        if (report.target().processor() == Processor.X86_64
                || nest.classes.stream().noneMatch(view -> view.strings.contains("os.arch"))) {
            return;
        }
        boolean x86 = strings(nest, "amd64", "x86_64", "x86-64");
        String name = report.target().processor().label();
        boolean target = strings(nest, name, name.equals("aarch64") ? "arm64" : name,
                name.equals("aarch64") ? "aarch_64" : name);
        if (!x86 || target) {
            return;
        }
        nest.methods()
                .forEach(method -> method.code().stream().filter(insn -> "os.arch".equals(insn.constant)).findFirst()
                        .ifPresent(insn -> report.add(Confidence.MEDIUM, method.at(insn),
                                "reads os.arch in a class that knows x86 names and not " + name)));
    }

    private static boolean strings(Nest nest, String... names) {
        return nest.classes.stream().flatMap(view -> view.strings.stream()).map(text -> text.toLowerCase(Locale.ROOT))
                .anyMatch(text -> {
                    for (String name : names) {
                        if (text.contains(name)) {
                            return true;
                        }
                    }
                    return false;
                });
    }
}
