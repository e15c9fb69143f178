package dev.assay.scan;

import java.util.List;
import java.util.Optional;

/** An object that others can see before it is whole. */
final class UnsafePublication implements HazardRule {
    private static final Rule RULE = new Rule("hazard.unsafe-publication", Severity.WARNING, Confidence.HIGH,
            "An object is handed to other threads before it is complete",
            "A constructor starts a thread that has the object, or stores it in a static field, and goes on writing its fields; or"
                    + " a lazily made object is stored in a plain static field and filled afterwards without a lock.",
            "The other thread may run before the remaining writes, and on a weakly ordered processor may miss even earlier ones;"
                    + " the guarantee for final fields (JLS 17.5) is lost too.",
            "Worker() { new Thread(this).start(); limit = 10; }",
            "static Worker started() { Worker w = new Worker(); new Thread(w).start(); return w; }",
            "Start threads and publish from a factory method, after construction; fill an object before it is stored.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        nest.methods().forEach(method -> {
            if (method.name().equals("<init>")) {
                constructor(method, report);
            } else if (!method.initialises()) {
                filledLate(nest, method, report);
            }
        });
    }

    private static void constructor(ClassView.Method method, Hazards.Report report) {
        Flow flow = new Flow(method.code());
        for (Insn insn : method.code()) {
            boolean starts = insn.invokes() && insn.name.equals("start") && insn.desc.equals("()V")
                    && insn.in.length == 1
                    && hasThis(method, insn.in[0]);
            boolean stores = insn.op == Op.PUTSTATIC && insn.written().key().equals("this");
            if (!starts && !stores) {
                continue;
            }
            Optional<Insn> later = method.code().stream().skip(insn.index)
                    .filter(write -> write.op == Op.PUTFIELD && write.receiver().key().equals("this")
                            && flow.reaches(insn.index, write.index))
                    .findFirst();
            // Under a lock, readers that take it too see the whole; whether they do is not known.
            Confidence confidence = insn.locks > 0 ? Confidence.MEDIUM : Confidence.HIGH;
            later.ifPresent(write -> report.add(confidence, method.at(insn),
                    (starts ? "a thread that has this object is started" : "this object is stored in a static field")
                            + " before the constructor writes " + write.name));
        }
    }

    /** The object itself when it is a thread, or a thread that was made here with this object or a lambda over it. */
    private static boolean hasThis(ClassView.Method method, Value thread) {
        if (thread.key().equals("this")) {
            return true;
        }
        Insn made = thread.from();
        if (made != null && made.reads() && made.op == Op.GETFIELD) {
            return method.code().stream().filter(write -> write.op == Op.PUTFIELD && write.index < made.index
                    && write.field().equals(made.field())).anyMatch(write -> hasThis(method, write.written()));
        }
        if (made == null || made.op != Op.NEW) {
            return false;
        }
        return method.code().stream().filter(call -> call.op == Op.INVOKESPECIAL && call.name.equals("<init>")
                && call.owner.startsWith("java/lang/Thread") && call.receiver().same(thread)).anyMatch(call -> {
                    for (Value argument : call.in) {
                        Insn lambda = argument.from();
                        if (argument.key().equals("this") || lambda != null && lambda.op == Op.INVOKEDYNAMIC
                                && lambda.in.length > 0 && lambda.in[0].key().equals("this")) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    /** A null check on a plain static field, a new object stored in it, and then calls that change that object. */
    private static void filledLate(Nest nest, ClassView.Method method, Hazards.Report report) {
        List<Insn> code = method.code();
        Flow flow = new Flow(code);
        for (Insn store : code) {
            boolean fresh = store.op == Op.PUTSTATIC && store.written().from() != null
                    && store.written().from().op == Op.NEW && !nest.guarded(method, store);
            if (!fresh || nest.field(store).filter(field -> !field.isVolatile() && !field.isFinal()).isEmpty()) {
                continue;
            }
            Optional<Insn> lazily = code.stream().limit(store.index)
                    .filter(test -> (test.op == Op.IFNULL || test.op == Op.IFNONNULL) && test.in[0].from() != null
                            && test.in[0].from().op == Op.GETSTATIC && test.in[0].from().field().equals(store.field()))
                    .findFirst();
            // Filled by whoever made it; a cache that every caller adds to is never expected to be whole.
            Optional<Insn> filled = code.stream().skip(store.index + 1L)
                    .filter(call -> call.invokes() && call.in.length > 1 && isIt(call.receiver(), store)
                            && List.of("put", "add", "set", "addAll", "putAll").contains(call.name)
                            && call.locks == 0
                            && lazily.filter(test -> flow.whenAbsent(test, call)).isPresent())
                    .findFirst();
            if (filled.isPresent()) {
                report.add(Confidence.HIGH, method.at(store), store.name
                        + " is stored in a plain static field and filled afterwards: other threads see it half filled");
            }
        }
    }

    private static boolean isIt(Value receiver, Insn store) {
        return receiver.same(store.written())
                || receiver.from() != null && receiver.from().op == Op.GETSTATIC
                        && receiver.from().field().equals(store.field());
    }
}
