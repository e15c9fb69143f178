package dev.assay.litmus;

/** What the instructions of a language do to registers and memory. One object serves one thread. */
interface ThreadSemantics {
    /** The size of an instruction where jumps may be written as distances. */
    int INSTRUCTION_BYTES = 4;

    /** Executes the thread from its start; throws {@link ThreadRun.Abandoned} when the run leads nowhere. */
    void execute(ThreadRun run);

    /** The value of a register at the end of the last run, by canonical name. */
    long register(String name);

    static ThreadSemantics of(LitmusTest test, LitmusThread thread, Memory memory) {
        return switch (test.architecture()) {
            case X86_64, X86 -> new X86Semantics(thread, test.initial(), memory);
            case AARCH64 -> new Arm64Semantics(thread, test.initial(), memory);
            case RISCV -> new RiscvSemantics(thread, test.initial(), memory);
            case JAVA -> new JavaSemantics(thread, test.initial(), memory);
        };
    }

    /** The place of a label, for {@code thread}. */
    static int target(LitmusThread thread, int from, String label) {
        if (label.startsWith(".")) {
            int distance = Integer.parseInt(label.substring(1));
            int at = from + distance / INSTRUCTION_BYTES;
            if (distance % INSTRUCTION_BYTES != 0 || at < 0 || at > thread.instructions().size()) {
                throw new LitmusException("thread " + thread.number() + ", line " + thread.lines().get(from)
                        + ": the jump by " + distance + " bytes leads to no instruction of the thread");
            }
            return at;
        }
        Integer target = thread.labels().get(label);
        if (target == null) {
            throw new LitmusException(
                    "thread " + thread.number() + ", line " + thread.lines().get(from) + ": the label " + label
                            + " is jumped to and not set in this thread");
        }
        return target;
    }
}
