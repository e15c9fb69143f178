package dev.assay.scan;

import java.util.Set;

/** A wait that burns a core and does not tell the processor. */
final class SpinWithoutHint implements HazardRule {
    private static final Rule RULE = new Rule("hazard.spin-without-hint", Severity.NOTE, Confidence.HIGH,
            "A spin loop without Thread.onSpinWait",
            "A loop does nothing but read a volatile field or an atomic, or try to set one from a constant, until it changes.",
            "x86 has PAUSE, aarch64 ISB or SB (since JDK 24 by -XX:OnSpinWaitInst), and onSpinWait compiles to it. Without the"
                    + " hint the loop takes issue slots and line ownership from the thread that it waits for; with many cores"
                    + " that costs more.",
            "while (!ready) { }", "while (!ready) { Thread.onSpinWait(); }",
            "Call Thread.onSpinWait() in the loop; park after a bound.");
    private static final Set<String> POLLS = Set.of("get", "getAcquire", "getOpaque", "getVolatile", "isDone",
            "isAlive",
            "getPlain", "compareAndSet", "weakCompareAndSet", "getAndSet", "compareAndSwapInt",
            "weakCompareAndSetVolatile",
            "compareAndSetInt");
    private static final int MOST_INSTRUCTIONS = 24;

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        nest.methods().forEach(method -> {
            for (Loop loop : Loop.of(method.code())) {
                if (loop.body().size() <= MOST_INSTRUCTIONS && spins(nest, loop)) {
                    report.add(loop.body().size() <= 8 ? Confidence.HIGH : Confidence.MEDIUM,
                            method.at(loop.body().getFirst()), "polls without onSpinWait");
                }
            }
        });
    }

    private static boolean spins(Nest nest, Loop loop) {
        boolean polls = false;
        for (Insn insn : loop.body()) {
            if (insn.reads() && nest.field(insn).filter(ClassView.Field::isVolatile).isPresent()) {
                polls = true;
            } else if (insn.invokes() && poll(insn)) {
                polls = true;
            } else if (insn.invokes() || insn.writes() || insn.op == Op.INVOKEDYNAMIC || insn.op == Op.IINC
                    || insn.op == Op.NEW
                    || insn.op == Op.MONITORENTER || insn.op >= 54 && insn.op <= 86 || insn.op == 191 || insn.locks > 0
                    || insn.op >= 46 && insn.op <= 53) {
                return false;
            }
        }
        boolean leaves = loop.body().stream().anyMatch(Insn::conditional);
        return polls && leaves;
    }

    /** A read, or an attempt whose arguments do not change from turn to turn: that is a lock, not a retry. */
    private static boolean poll(Insn call) {
        boolean atomic = call.owner.startsWith("java/util/concurrent/atomic/")
                || call.owner.equals("java/lang/invoke/VarHandle");
        if (!atomic || !POLLS.contains(call.name)) {
            return false;
        }
        for (int i = 1; i < call.in.length; i++) {
            Insn from = call.in[i].from();
            if (from != null && (from.invokes() || from.op == Op.GETFIELD)) {
                return false;
            }
        }
        return true;
    }
}
