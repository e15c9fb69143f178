package dev.assay.scan;

import java.util.List;

/** A thread that waits for, or runs until, a plain field changes. */
final class PlainFlag implements HazardRule {
    private static final Rule RULE = new Rule("hazard.plain-flag", Severity.WARNING, Confidence.HIGH,
            "A loop ends by a plain field that another method sets",
            "A loop's condition reads a field that is not volatile, nothing in the loop writes it, no lock is held; another method"
                    + " sets it. High confidence where the loop calls nothing or runs in a thread's body.",
            "The compiler may read the field once and never again, and no barrier makes the write visible in bounded time. It"
                    + " tends to work on x86 and with an interpreter, and to hang elsewhere (JLS 17.4.5).",
            "boolean stop; public void run() { while (!stop) work(); } void close() { stop = true; }",
            "volatile boolean stop; …", "Declare the field volatile.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        List<ClassView.Method> methods = nest.methods().toList();
        for (ClassView.Method method : methods) {
            for (Loop loop : Loop.of(method.code())) {
                for (Insn read : loop.body()) {
                    if (read.reads() && decides(loop, read) && !nest.guarded(method, read)) {
                        judge(nest, methods, method, loop, read, report);
                    }
                }
            }
        }
    }

    private static void judge(Nest nest, List<ClassView.Method> methods, ClassView.Method method, Loop loop, Insn read,
            Hazards.Report report) {
        ClassView.Field field = nest.field(read).orElse(null);
        if (field == null || field.isVolatile() || field.isFinal() || !field.desc().equals("Z")) {
            return;
        }
        boolean writtenHere = method.code().stream()
                .anyMatch(insn -> insn.writes() && insn.field().equals(read.field()));
        boolean body = nest.threadBodies().contains(method.id());
        boolean silent = loop.body().stream().noneMatch(insn -> insn.invokes() && !pauses(insn));
        boolean synchronises = loop.body().stream().anyMatch(insn -> insn.op == Op.MONITORENTER || insn.locks > 0);
        boolean writtenElsewhere = methods.stream()
                .filter(other -> other != method && !other.initialises() && !nest.threadBodies().contains(other.id()))
                .anyMatch(other -> other.code().stream()
                        .anyMatch(insn -> insn.writes() && insn.field().equals(read.field())
                                && insn.written().constant() instanceof Integer));
        if (!writtenHere && writtenElsewhere && !synchronises && (silent || body)) {
            report.add(Confidence.HIGH, method.at(read),
                    read.name + " is a plain boolean that ends this loop and is set by another method");
        }
    }

    private static boolean pauses(Insn insn) {
        return insn.owner.equals("java/lang/Thread")
                && (insn.name.equals("onSpinWait") || insn.name.equals("yield") || insn.name.equals("sleep"));
    }

    /** Whether a branch that leaves the loop, or closes it, tests what was read. */
    private static boolean decides(Loop loop, Insn read) {
        return loop.body().stream().filter(Insn::conditional)
                .filter(test -> test.target > loop.end() || test.target == loop.start()
                        || test.index == loop.end())
                .anyMatch(test -> {
                    for (Value operand : test.in) {
                        if (operand.from() == read) {
                            return true;
                        }
                    }
                    return false;
                });
    }
}
