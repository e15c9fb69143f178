package dev.assay.litmus;

/** The few instructions of which the loop around a thread is made, for one processor. Registers are whole ones, by number. */
interface LoopCode {
    /** Saves what the calling convention demands, and takes the function's argument into {@code control}. */
    void enter(int control);

    /** Restores it and returns. */
    void leave();

    /** The thread's own instructions; a jump behind the last goes to {@code end}. */
    void body(LitmusThread thread, String end);

    /** Sets a register to a number or to the address of the instance's variable. */
    void set(int target, Value value);

    void load(int target, int base, int offset);

    void store(int source, int base, int offset);

    void add(int target, int number);

    void subtract(int target, int source);

    /** The smaller of the two, in {@code target}. */
    void minimum(int target, int other);

    /** Takes one off a register and jumps unless that left nothing. */
    void countDown(int register, String again);

    void jump(String label);

    void jumpIfZero(int register, String label);

    void jumpIfNotZero(int register, String label);

    /**
     * Jumps when the 64 bits at {@code base} are at least what {@code wanted} holds.
     *
     * @param scratch a register that may be overwritten
     */
    void jumpIfReached(int base, int wanted, int scratch, String label);

    /** Tells the processor that this is a loop that waits. */
    void pause();
}
