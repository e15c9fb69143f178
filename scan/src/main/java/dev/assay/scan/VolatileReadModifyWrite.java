package dev.assay.scan;

import java.lang.classfile.ClassFile;
import java.util.HashSet;
import java.util.Set;

/** A volatile field that is read, changed and written back without a lock. */
final class VolatileReadModifyWrite implements HazardRule {
    private static final Rule RULE = new Rule("hazard.volatile-read-modify-write", Severity.WARNING, Confidence.HIGH,
            "A volatile field is incremented or updated without a lock",
            "A method reads a volatile field, computes with the value and writes the field, and holds no lock (private methods"
                    + " that are only called with a lock held do not count). High confidence where the field is static, or is also updated"
                    + " under a lock; medium otherwise, and for a private field that nothing else reads (a barrier).",
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
                    report.add(contended(nest, insn) && matters(nest, insn) ? Confidence.HIGH : Confidence.MEDIUM,
                            method.at(insn),
                            insn.name + " is volatile, and is read, changed and written here without a lock");
                }
            }
        });
    }

    /** One thread may be the only writer. Sure is only what every thread shares, or what is elsewhere updated with a lock. */
    private static boolean contended(Nest nest, Insn write) {
        return write.op == Op.PUTSTATIC || nest.methods().filter(other -> !other.initialises())
                .anyMatch(other -> other.code().stream().anyMatch(insn -> insn != write && insn.writes()
                        && insn.field().equals(write.field()) && updates(insn) && insn.locks > 0));
    }

    /** Whether anything but its own update reads the field; otherwise its value means nothing. */
    private static boolean matters(Nest nest, Insn write) {
        boolean confined = nest.field(write).filter(field -> (field.flags() & ClassFile.ACC_PRIVATE) != 0).isPresent();
        return !confined || nest.methods().anyMatch(other -> other.code().stream()
                .anyMatch(read -> read.reads() && read.field().equals(write.field())
                        && !write.written().derives(source -> source == read)));
    }

    private static boolean updates(Insn write) {
        return write.written().known() && write.written().from() != null && !write.written().from().reads()
                && write.written().derives(source -> source.reads() && source.field().equals(write.field())
                        && source.locks == 0
                        && (source.op == Op.GETSTATIC || source.receiver().same(write.receiver())));
    }
}
