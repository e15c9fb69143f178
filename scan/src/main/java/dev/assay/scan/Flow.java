package dev.assay.scan;

import java.util.BitSet;
import java.util.List;

/**
 * Which instructions of a method follow which, along forward edges; exceptions are not followed.
 *
 * <p>
 * The steps that one method may cost are bounded by a multiple of its length, so that code made for it cannot hold up a
 * scan; when they are used up, nothing reaches anything, and no rule fires.
 */
final class Flow {
    private static final int STEPS_PER_INSTRUCTION = 300;

    private final List<Insn> code;
    private long steps;

    Flow(List<Insn> code) {
        this.code = code;
        steps = (long) STEPS_PER_INSTRUCTION * code.size();
    }

    /** Whether one outcome of a test leads to an instruction and the other goes around it. */
    boolean decides(Insn test, Insn act) {
        return reaches(test.target, act.index) != reaches(test.index + 1, act.index) && steps > 0;
    }

    /** Whether null, zero or false leads to an instruction, and anything else goes around it. */
    boolean whenAbsent(Insn test, Insn act) {
        return switch (test.op) {
            case Op.IFNULL, Op.IFEQ -> reaches(test.target, act.index)
                    && !reaches(test.index + 1, act.index) && steps > 0;
            case Op.IFNONNULL, Op.IFNE -> reaches(test.index + 1, act.index)
                    && !reaches(test.target, act.index) && steps > 0;
            default -> false;
        };
    }

    boolean reaches(int from, int to) {
        if (from < 0 || from > to) {
            return false;
        }
        BitSet open = new BitSet();
        open.set(from);
        for (int i = from; i <= to; i = open.nextSetBit(i + 1)) {
            if (i < 0 || --steps < 0) {
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
