package dev.assay.scan;

/** A volatile field that is read, changed and written back without a lock. */
final class VolatileReadModifyWrite implements HazardRule {
    private static final Rule RULE = new Rule("hazard.volatile-read-modify-write", Severity.WARNING, Confidence.HIGH,
            "A volatile field is incremented or updated without a lock",
            "A method reads a volatile field, computes with the value and writes the field, and holds no lock (private methods"
                    + " that are only called with a lock held do not count).",
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
        nest.methods().filter(method -> !method.initialises()).forEach(method -> {
            for (Insn insn : method.code()) {
                if (insn.writes() && !nest.guarded(method, insn) && updates(insn)
                        && nest.field(insn).filter(ClassView.Field::isVolatile).isPresent()) {
                    boolean single = nest.threadBodies().contains(method.id());
                    report.add(single ? Confidence.MEDIUM : Confidence.HIGH, method.at(insn),
                            insn.name + " is volatile, and is read, changed and written here without a lock");
                }
            }
        });
    }

    private static boolean updates(Insn write) {
        return write.written().known() && write.written().from() != null && !write.written().from().reads()
                && write.written().derives(source -> source.reads() && source.field().equals(write.field())
                        && source.locks == 0
                        && (source.op == Op.GETSTATIC || source.receiver().same(write.receiver())));
    }
}
