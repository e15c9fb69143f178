package dev.assay.scan;

/** Debt, not a hazard of the architecture: runs only when debt is asked for. */
final class UnsafeDeserialisation implements HazardRule {
    @Override
    public Rule rule() {
        return DebtRules.DESERIALISATION;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        boolean filtered = nest.methods().flatMap(method -> method.code().stream()).anyMatch(insn -> insn.invokes()
                && (insn.name.equals("setObjectInputFilter") || insn.name.equals("setSerialFilter")
                        || insn.name.equals("setSerialFilterFactory")));
        if (filtered) {
            return;
        }
        nest.methods().forEach(method -> {
            boolean makes = method.code().stream()
                    .anyMatch(insn -> insn.op == Op.NEW && insn.owner.equals("java/io/ObjectInputStream"));
            method.code().stream().filter(insn -> makes && insn.calls("java/io/ObjectInputStream", "readObject"))
                    .findFirst()
                    .ifPresent(insn -> report.add(Confidence.LOW, method.at(insn),
                            "readObject without an ObjectInputFilter"));
        });
    }
}
