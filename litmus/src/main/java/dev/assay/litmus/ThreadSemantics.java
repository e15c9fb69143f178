package dev.assay.litmus;

/** What the instructions of a language do to registers and memory. One object serves one thread. */
interface ThreadSemantics {
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
        Integer target = thread.labels().get(label);
        if (target == null) {
            throw new LitmusException(
                    "thread " + thread.number() + ", line " + thread.lines().get(from) + ": the label " + label
                            + " is jumped to and not set in this thread");
        }
        return target;
    }
}
