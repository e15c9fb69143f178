package dev.assay.scan;

import java.util.List;
import java.util.Set;

/** The second check inside the lock does not help the reader outside it. */
final class DoubleCheckedLocking implements HazardRule {
    private static final Rule RULE = new Rule("hazard.double-checked-locking", Severity.WARNING, Confidence.HIGH,
            "Double-checked locking on a field that is not volatile",
            "A method tests a field without a lock, tests it again in a synchronized block and assigns it there; the field is"
                    + " not volatile.",
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
        nest.methods().filter(method -> !method.initialises()).forEach(method -> method.code().stream()
                .filter(insn -> insn.writes() && insn.locks > 0).forEach(write -> {
                    ClassView.Field field = nest.field(write).orElse(null);
                    if (field == null || field.isVolatile() || field.isFinal() || IMMUTABLE.contains(field.desc())
                            || field.wide() && !field.reference()) {
                        return;
                    }
                    if (tested(method.code(), write, false) && tested(method.code(), write, true)
                            && !nest.alwaysLocked(method)) {
                        report.add(immutable(nest, field) ? Confidence.LOW : Confidence.HIGH, method.at(write),
                                write.name
                                        + " is not volatile, and is tested outside the lock under which it is assigned");
                    }
                }));
    }

    /** A branch before the write that depends on the same field, read with or without the lock. */
    private static boolean tested(List<Insn> code, Insn write, boolean locked) {
        return code.stream().limit(write.index).filter(Insn::conditional).anyMatch(test -> {
            for (Value operand : test.in) {
                boolean fromField = operand.derives(source -> source.reads() && source.field().equals(write.field())
                        && source.locks > 0 == locked
                        && (source.op == Op.GETSTATIC || source.receiver().same(write.receiver())));
                if (fromField && (test.locks > 0) == locked && leadsTo(test, write)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Null, or false, leads to the write; anything else around it. */
    private static boolean leadsTo(Insn test, Insn write) {
        return switch (test.op) {
            case Op.IFNONNULL, Op.IFNE -> test.target > write.index;
            case Op.IFNULL, Op.IFEQ -> test.target <= write.index && test.target > test.index;
            default -> false;
        };
    }

    private static boolean immutable(Nest nest, ClassView.Field field) {
        return field.desc().startsWith("L") && nest.find(field.desc().substring(1, field.desc().length() - 1))
                .filter(view -> view.isFinal() && !view.fields.isEmpty() && view.superName.equals("java/lang/Object")
                        && view.fields.values().stream().allMatch(own -> own.isStatic() || own.isFinal()))
                .isPresent();
    }
}
