package dev.assay.scan;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of code that a backward branch repeats.
 *
 * @param start
 *            index of the first instruction
 * @param end
 *            index of the branch back
 */
record Loop(int start, int end, List<Insn> body) {

    /** Loops of a method; of several branches to one head, the last closes it. */
    static List<Loop> of(List<Insn> code) {
        List<Loop> loops = new ArrayList<>();
        for (Insn insn : code) {
            if (insn.target >= 0 && insn.target <= insn.index) {
                loops.removeIf(loop -> loop.start == insn.target);
                loops.add(new Loop(insn.target, insn.index, code.subList(insn.target, insn.index + 1)));
            }
        }
        return loops;
    }
}
