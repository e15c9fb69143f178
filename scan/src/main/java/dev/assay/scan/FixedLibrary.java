package dev.assay.scan;

import java.util.regex.Pattern;

/** A library that is asked for by a fixed name. */
final class FixedLibrary implements HazardRule {
    private static final Rule RULE = new Rule("hazard.fixed-library-name", Severity.WARNING, Confidence.HIGH,
            "A native library is loaded by a fixed name or path",
            "System.load, System.loadLibrary or SymbolLookup.libraryLookup takes a constant. A warning where the constant names an"
                    + " architecture, a note otherwise.",
            "A path or name with an architecture in it does not exist on the target; any other name must be on the library path"
                    + " there too, and this scan of the archive cannot see it.",
            "System.load(\"/usr/lib/x86_64-linux-gnu/libfoo.so\")",
            "System.loadLibrary(\"foo\") with the library packaged per platform",
            "Choose by os.arch, or leave the choice to the loader; make sure that the target has the library.");
    private static final Pattern ARCHITECTURE = Pattern
            .compile("(?i).*(x86[-_]?64|amd64|i[3-6]86|x86|win32|linux32|linux64|x64).*");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        nest.methods().forEach(method -> {
            for (Insn insn : method.code()) {
                boolean load = insn.invokes() && insn.in.length > 0
                        && ((insn.owner.equals("java/lang/System") || insn.owner.equals("java/lang/Runtime"))
                                && (insn.name.equals("load") || insn.name.equals("loadLibrary"))
                                || insn.owner.equals("java/lang/foreign/SymbolLookup")
                                        && insn.name.equals("libraryLookup"));
                if (!load || method.owner().name.startsWith("java/")) {
                    continue;
                }
                Value argument = insn.owner.equals("java/lang/foreign/SymbolLookup") ? insn.in[0] : insn.written();
                if (argument.constant() instanceof String name) {
                    boolean architecture = ARCHITECTURE.matcher(name).matches();
                    report.add(architecture ? Severity.WARNING : Severity.NOTE,
                            architecture ? Confidence.HIGH : Confidence.MEDIUM,
                            method.at(insn), insn.name + " of the constant \"" + name + "\"");
                }
            }
        });
    }
}
