package dev.assay.scan;

import java.util.List;
import java.util.Set;

/** The second check inside the lock does not help the reader outside it. */
final class DoubleCheckedLocking implements HazardRule {
    private static final Rule RULE = new Rule("hazard.double-checked-locking", Severity.WARNING, Confidence.HIGH,
            "Double-checked locking on a field that is not volatile",
            "A method tests a field without a lock, tests it again in a synchronized block and assigns it there; the field is"
                    + " not volatile. Medium confidence where the value came as a parameter or is an empty"
                    + " ConcurrentHashMap, whose constructor writes nothing.",
            "A reader that sees the reference may still see the object's fields as they were before construction. x86 keeps"
                    + " stores in order and hides it; aarch64 and riscv64 reorder them (JLS 17.4, \"The 'Double-Checked Locking"
                    + " is Broken' Declaration\").",
            "if (it == null) { synchronized (this) { if (it == null) it = new It(); } }",
            "private volatile It it; … the same, or a holder class",
            "Declare the field volatile, or use the holder-class idiom.");
    /** Immutable, all fields final: safe to publish by a race (JLS 17.5). */
    private static final Set<String> IMMUTABLE = Set.of("Ljava/lang/String;", "Ljava/lang/Integer;", "Ljava/lang/Long;",
            "Ljava/lang/Boolean;", "Ljava/lang/Double;", "Ljava/lang/Class;", "Ljava/lang/Character;",
            "Ljava/lang/Short;",
            "Ljava/lang/Byte;", "Ljava/lang/Float;", "Ljava/math/BigDecimal;");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        nest.methods().filter(method -> !method.initialises()).forEach(method -> {
            Flow flow = new Flow(method.code());
            method.code().stream().filter(insn -> insn.writes() && insn.locks > 0)
                    .forEach(write -> judge(nest, method, flow, write, report));
        });
    }

    private static void judge(Nest nest, ClassView.Method method, Flow flow, Insn write, Hazards.Report report) {
        ClassView.Field field = nest.field(write).orElse(null);
        if (field == null || field.isVolatile() || field.isFinal() || IMMUTABLE.contains(field.desc())
                || field.wide() && !field.reference()) {
            return;
        }
        if (tested(method.code(), flow, write, false) && tested(method.code(), flow, write, true)
                && !nest.alwaysLocked(method) && (!field.desc().equals("Z") || follows(method.code(), flow, write))) {
            report.add(immutable(nest, field) ? Confidence.LOW : confidence(write), method.at(write),
                    write.name + " is not volatile, and is tested outside the lock under which it is assigned");
        }
    }

    /** A branch before the write that depends on the same field, read with or without the lock. */
    private static boolean tested(List<Insn> code, Flow flow, Insn write, boolean locked) {
        return code.stream().limit(write.index).filter(Insn::conditional).anyMatch(test -> {
            for (Value operand : test.in) {
                boolean fromField = operand.derives(source -> source.reads() && source.field().equals(write.field())
                        && source.locks > 0 == locked
                        && (source.op == Op.GETSTATIC || source.receiver().same(write.receiver())));
                if (fromField && test.locks > 0 == locked && flow.whenAbsent(test, write)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** A flag says that something is done only when work stands before it under the lock. */
    private static boolean follows(List<Insn> code, Flow flow, Insn write) {
        int test = code.stream().limit(write.index)
                .filter(insn -> insn.reads() && insn.locks > 0 && insn.field().equals(write.field()))
                .mapToInt(insn -> insn.index).max().orElse(write.index);
        return code.subList(test, write.index).stream()
                .filter(insn -> insn.writes() || insn.invokes() && !insn.name.endsWith("ock"))
                .anyMatch(insn -> flow.reaches(insn.index, write.index));
    }

    /** What came as a parameter was built by someone else; an empty ConcurrentHashMap has nothing that could be missed. */
    private static Confidence confidence(Insn write) {
        Insn made = write.written().from();
        boolean empty = made != null && made.op == Op.NEW
                && made.owner.equals("java/util/concurrent/ConcurrentHashMap");
        return empty || write.written().key().matches("p\\d+") ? Confidence.MEDIUM : Confidence.HIGH;
    }

    private static boolean immutable(Nest nest, ClassView.Field field) {
        return field.desc().startsWith("L") && nest.find(field.desc().substring(1, field.desc().length() - 1))
                .filter(view -> view.isFinal() && !view.fields.isEmpty() && view.superName.equals("java/lang/Object")
                        && view.fields.values().stream().allMatch(own -> own.isStatic() || own.isFinal()))
                .isPresent();
    }
}
