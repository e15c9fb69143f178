package dev.assay.litmus;

import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A thread's instructions one after the other, each with a label of its own that jumps can go to. */
final class ThreadBody {
    private ThreadBody() {}

    /**
     * Writes the thread.
     *
     * @param end where a jump behind the last instruction goes
     * @param encode writes an instruction, given what turns the test's labels into the code's
     * @throws LitmusException with the line of an instruction that cannot be encoded
     */
    static void write(CodeBuffer out, LitmusThread thread, String end,
            BiConsumer<Instruction, UnaryOperator<String>> encode) {
        int size = thread.instructions().size();
        String[] places = new String[size];
        for (int i = 0; i < size; i++) {
            places[i] = out.newLabel();
        }
        for (int i = 0; i < size; i++) {
            out.mark(places[i]);
            int at = i;
            try {
                encode.accept(thread.instructions().get(i), label -> {
                    int target = ThreadSemantics.target(thread, at, label);
                    return target == size ? end : places[target];
                });
            } catch (Unencodable e) {
                throw new LitmusException("line " + thread.lines().get(i) + ": " + e.getMessage());
            }
        }
    }
}
