package dev.assay.litmus;

import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.TreeSet;

/** What instructions of AArch64 name. */
final class Arm64Operands {
    private Arm64Operands() {}

    /** The numbers of all registers that an instruction names or uses. */
    static TreeSet<Integer> registers(Arm64Instruction instruction) {
        TreeSet<Integer> found = new TreeSet<>();
        collect(instruction, found);
        if (instruction instanceof Arm64Instruction.CompareAndSwapPair pair) {
            found.add(pair.expected().number() + 1);
            found.add(pair.desired().number() + 1);
        }
        return found;
    }

    private static void collect(Object part, TreeSet<Integer> found) {
        switch (part) {
            case Arm64Register register -> found.add(register.number());
            case Optional<?> optional -> optional.ifPresent(inner -> collect(inner, found));
            case Record whole -> {
                for (RecordComponent component : whole.getClass().getRecordComponents()) {
                    try {
                        collect(component.getAccessor().invoke(whole), found);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            default -> {
            }
        }
    }
}
