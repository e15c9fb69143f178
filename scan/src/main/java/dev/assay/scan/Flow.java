package dev.assay.scan;

import java.util.BitSet;
import java.util.List;

/** Which instructions follow which, along forward edges; exceptions are not followed. */
final class Flow {
    private Flow() {}

    /** Whether one outcome of a test leads to an instruction and the other goes around it. */
    static boolean decides(List<Insn> code, Insn test, Insn act) {
        return reaches(code, test.target, act.index) != reaches(code, test.index + 1, act.index);
    }

    /** Whether null, zero or false leads to an instruction, and anything else goes around it. */
    static boolean whenAbsent(List<Insn> code, Insn test, Insn act) {
        return switch (test.op) {
            case Op.IFNULL, Op.IFEQ -> reaches(code, test.target, act.index)
                    && !reaches(code, test.index + 1, act.index);
            case Op.IFNONNULL, Op.IFNE -> reaches(code, test.index + 1, act.index)
                    && !reaches(code, test.target, act.index);
            default -> false;
        };
    }

    static boolean reaches(List<Insn> code, int from, int to) {
        if (from < 0 || from > to) {
            return false;
        }
        BitSet open = new BitSet();
        open.set(from);
        for (int i = from; i <= to; i = open.nextSetBit(i + 1)) {
            if (i < 0) {
                return false;
            }
            if (i == to) {
                return true;
            }
            Insn insn = code.get(i);
            if (insn.target > i) {
                open.set(insn.target);
            }
            for (int target : insn.targets) {
                if (target > i) {
                    open.set(target);
                }
            }
            if (!ends(insn)) {
                open.set(i + 1);
            }
        }
        return false;
    }

    /** Nothing follows it in the order of the code: goto, switch, return, throw. */
    private static boolean ends(Insn insn) {
        return insn.op == Op.GOTO || insn.op == 200 || insn.op == 170 || insn.op == 171
                || insn.op >= 172 && insn.op <= Op.RETURN || insn.op == 191;
    }
}
