package dev.assay.scan;

import java.util.HashSet;
import java.util.Set;

/** A volatile field that is read, changed and written back without a lock. */
final class VolatileReadModifyWrite implements HazardRule {
    private static final Rule RULE = new Rule("hazard.volatile-read-modify-write", Severity.WARNING, Confidence.HIGH,
            "A volatile field is incremented or updated without a lock",
            "A method reads a volatile field, computes with the value and writes the field, and holds no lock (private methods"
                    + " that are only called with a lock held do not count). High confidence where the field is static, or is also updated"
                    + " under a lock, or both by a thread's body and by others; medium otherwise.",
            "volatile orders the read and the write, it does not join them: an update by another thread in between is lost on"
                    + " every architecture. Machines with more cores and slower line transfer widen the gap in which it happens.",
            "volatile int hits; void hit() { hits++; }",
            "final LongAdder hits = new LongAdder(); void hit() { hits.increment(); }",
            "Use AtomicInteger, LongAdder or VarHandle.getAndAdd, or hold a lock; accept it where only one thread ever writes.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        // One finding per field: its other updates are the same question.
        Set<String> said = new HashSet<>();
        nest.methods().filter(method -> !method.initialises()).forEach(method -> {
            for (Insn insn : method.code()) {
                if (insn.writes() && !nest.guarded(method, insn) && updates(insn)
                        && nest.field(insn).filter(ClassView.Field::isVolatile).isPresent() && said.add(insn.field())) {
                    report.add(contended(nest, method, insn) ? Confidence.HIGH : Confidence.MEDIUM, method.at(insn),
                            insn.name + " is volatile, and is read, changed and written here without a lock");
                }
            }
        });
    }

    /**
     * One thread may be the only writer, or a lock may be held further out. Sure is only what every thread shares, or what
     * is updated elsewhere with a lock, or by a thread's body as well as by others.
     */
    private static boolean contended(Nest nest, ClassView.Method method, Insn write) {
        boolean body = nest.threadBodies().contains(method.id());
        return write.op == Op.PUTSTATIC || nest.methods().filter(other -> !other.initialises())
                .anyMatch(other -> other.code().stream().anyMatch(insn -> insn != write && insn.writes()
                        && insn.field().equals(write.field()) && updates(insn)
                        && (insn.locks > 0 || nest.threadBodies().contains(other.id()) != body)));
    }

    private static boolean updates(Insn write) {
        return write.written().known() && write.written().from() != null && !write.written().from().reads()
                && write.written().derives(source -> source.reads() && source.field().equals(write.field())
                        && source.locks == 0
                        && (source.op == Op.GETSTATIC || source.receiver().same(write.receiver())));
    }
}
