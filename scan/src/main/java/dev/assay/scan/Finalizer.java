package dev.assay.scan;

/** Clean-up by finalize. */
final class Finalizer implements HazardRule {
    private static final Rule RULE = new Rule("hazard.finalizer", Severity.NOTE, Confidence.HIGH,
            "A class cleans up by finalize()",
            "A class overrides finalize() and does something in it.",
            "Finalization is deprecated for removal (JEP 421) and off by --finalization=disabled; when it runs depends on collector,"
                    + " heap and cores, and it may run while another method of the object still does.",
            "protected void finalize() { close(); }", "java.lang.ref.Cleaner, or try-with-resources",
            "Use Cleaner or AutoCloseable.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        nest.methods()
                .filter(method -> method.name().equals("finalize") && method.desc().equals("()V") && !method.isStatic())
                .filter(method -> method.code().stream().anyMatch(Finalizer::acts))
                .forEach(method -> report.add(Confidence.HIGH, method.at(method.code().getFirst()),
                        "finalize() has work to do"));
    }

    private static boolean acts(Insn insn) {
        return insn.writes() || insn.op == Op.INVOKEDYNAMIC
                || insn.invokes() && !(insn.name.equals("finalize") && insn.op == Op.INVOKESPECIAL);
    }
}
