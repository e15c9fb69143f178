package dev.assay.scan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A field that is sometimes accessed through a VarHandle and sometimes plainly. */
final class MixedAccess implements HazardRule {
    private static final Rule RULE = new Rule("hazard.mixed-access", Severity.WARNING, Confidence.MEDIUM,
            "A plain field is accessed both through a VarHandle and directly",
            "A field that is not volatile has a VarHandle, and a method other than a constructor reads or writes it directly"
                    + " without a lock.",
            "The direct access has none of the ordering of the handle's modes: on a weakly ordered processor it may see or cause"
                    + " an order that the handle's users exclude. It can be meant (the owner thread reads its own writes).",
            "STATE.compareAndSet(this, 0, 1); … if (state == 1) …",
            "if ((int) STATE.getAcquire(this) == 1) …",
            "Go through the VarHandle with the mode that is needed (getOpaque costs nothing), or declare the field volatile.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        Set<String> handled = new HashSet<>();
        nest.methods().forEach(method -> method.code().stream()
                .filter(insn -> insn.invokes() && insn.owner.equals("java/lang/invoke/MethodHandles$Lookup")
                        && (insn.name.equals("findVarHandle") || insn.name.equals("findStaticVarHandle"))
                        && insn.in.length == 4)
                .forEach(insn -> {
                    if (insn.in[1].constant() instanceof String owner
                            && insn.in[2].constant() instanceof String field) {
                        handled.add(owner + "." + field);
                    }
                }));
        if (handled.isEmpty()) {
            return;
        }
        List<ClassView.Method> methods = nest.methods().filter(method -> !method.initialises()).toList();
        for (ClassView.Method method : methods) {
            for (Insn insn : method.code()) {
                if ((insn.reads() || insn.writes()) && handled.contains(insn.field()) && !PlainSharedWide.local(insn)
                        && !nest.guarded(method, insn)
                        && nest.field(insn).filter(field -> !field.isVolatile() && !field.isFinal()).isPresent()) {
                    report.add(Confidence.MEDIUM, method.at(insn), insn.name + " has a VarHandle and is "
                            + (insn.reads() ? "read" : "written") + " directly here");
                }
            }
        }
    }
}
