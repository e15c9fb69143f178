package dev.assay.scan;

import java.util.Set;

/** Calls that newer JDKs refuse. */
final class ThreadStop implements HazardRule {
    private static final Rule RULE = new Rule("hazard.thread-stop", Severity.WARNING, Confidence.HIGH,
            "Thread.stop, suspend or resume is called",
            "A method calls Thread.stop, suspend, resume or destroy.",
            "They leave objects half changed on every machine, and throw UnsupportedOperationException since JDK 20 (suspend and"
                    + " resume are gone from 23), which is what one usually moves to.",
            "worker.stop()", "worker.interrupt()", "Interrupt the thread, or let it poll a volatile flag.");
    private static final Set<String> NAMES = Set.of("stop", "suspend", "resume", "destroy");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        nest.methods().forEach(method -> {
            for (Insn insn : method.code()) {
                if (insn.op == Op.INVOKEVIRTUAL && NAMES.contains(insn.name) && (insn.desc.equals("()V")
                        || insn.desc.equals("(Ljava/lang/Throwable;)V")) && isThread(nest, insn)) {
                    report.add(Confidence.HIGH, method.at(insn), "calls Thread." + insn.name + "()");
                }
            }
        });
    }

    /** A subclass of Thread may declare a stop() of its own. */
    private static boolean isThread(Nest nest, Insn call) {
        if (call.owner.equals("java/lang/Thread")) {
            return true;
        }
        return nest.find(call.owner).filter(view -> view.superName.equals("java/lang/Thread")).isPresent()
                && nest.methods().noneMatch(own -> own.owner().name.equals(call.owner) && own.name().equals(call.name));
    }
}
