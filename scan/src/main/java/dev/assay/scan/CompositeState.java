package dev.assay.scan;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Two atomics that mean something together. */
final class CompositeState implements HazardRule {
    private static final Rule RULE = new Rule("hazard.composite-state", Severity.WARNING, Confidence.MEDIUM,
            "Two atomics, or an atomic and a map, must agree and are not changed together",
            "One method changes two thread-safe fields of an object without a lock, and another reads both without a lock. Medium"
                    + " confidence where the reader computes one result from both, low otherwise.",
            "Each step is atomic, the pair is not: a reader between the steps sees a state that never was meant to be, such as a"
                    + " sum without its count. How often depends on timing, so on the machine.",
            "sum.addAndGet(x); count.incrementAndGet(); … sum.get() / count.get()",
            "an immutable record of both in one AtomicReference, or one lock",
            "Keep what must agree in one immutable object behind one atomic reference, or guard both by one lock.");
    private static final Set<String> CHANGES = Set.of("set", "lazySet", "addAndGet", "getAndAdd", "incrementAndGet",
            "getAndIncrement", "decrementAndGet", "getAndDecrement", "getAndSet", "compareAndSet", "put", "remove",
            "add",
            "increment", "updateAndGet", "getAndUpdate", "accumulateAndGet", "decrement");
    private static final Set<String> READS = Set.of("get", "getPlain", "getAcquire", "sum", "size", "containsKey",
            "intValue",
            "longValue", "isEmpty");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        List<ClassView.Method> methods = nest.methods().filter(method -> !method.initialises()).toList();
        for (ClassView.Method writer : methods) {
            Set<String> changed = touched(nest, writer, CHANGES);
            if (changed.size() < 2) {
                continue;
            }
            for (ClassView.Method reader : methods) {
                Insn joined = reader == writer ? null : joined(nest, reader, changed);
                if (joined != null) {
                    report.add(Confidence.MEDIUM, reader.at(joined),
                            "computes one result from " + String.join(" and ", changed)
                                    + ", which " + writer.name() + "() changes one after the other");
                    return;
                }
            }
        }
    }

    private static Set<String> touched(Nest nest, ClassView.Method method, Set<String> calls) {
        Set<String> fields = new TreeSet<>();
        for (Insn insn : method.code()) {
            if (insn.invokes() && calls.contains(insn.name) && !nest.guarded(method, insn)
                    && atomicField(insn) != null) {
                fields.add(atomicField(insn));
            }
        }
        return fields;
    }

    /** Name of the field of this object, or of this class, on which a thread-safe call is made. */
    private static String atomicField(Insn call) {
        boolean safe = call.owner.startsWith("java/util/concurrent/atomic/")
                || call.owner.startsWith("java/util/concurrent/Concurrent");
        Insn from = call.in.length == 0 ? null : call.receiver().from();
        boolean own = from != null && from.reads()
                && (from.op == Op.GETSTATIC || from.receiver().key().equals("this"));
        return safe && own ? from.name : null;
    }

    /** An operation or comparison whose two sides come from two of the fields. */
    private static Insn joined(Nest nest, ClassView.Method method, Set<String> fields) {
        for (Insn insn : method.code()) {
            boolean two = (insn.arithmetic() || insn.compares() || insn.conditional()) && insn.in.length == 2;
            if (two && !nest.guarded(method, insn)) {
                String left = source(insn.in[0], fields);
                String right = source(insn.in[1], fields);
                if (left != null && right != null && !left.equals(right)) {
                    return insn;
                }
            }
        }
        return null;
    }

    private static String source(Value value, Set<String> fields) {
        return fields.stream().filter(field -> value.derives(
                insn -> insn.invokes() && READS.contains(insn.name) && field.equals(atomicField(insn)))).findFirst()
                .orElse(null);
    }
}
