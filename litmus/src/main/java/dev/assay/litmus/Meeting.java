package dev.assay.litmus;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A point where threads wait for each other, over and over. They spin, since the wait is short, and give way when it is not or when
 * there are more threads than processors.
 */
final class Meeting {
    private static final int SPINS = 4000;

    private final int threads;
    private final boolean crowded;
    private final AtomicInteger missing;
    private volatile int round;
    private volatile boolean broken;

    Meeting(int threads, boolean crowded) {
        this.threads = threads;
        this.crowded = crowded;
        this.missing = new AtomicInteger(threads);
    }

    /** Waits until all threads are here. */
    void await() {
        int mine = round;
        if (missing.decrementAndGet() == 0) {
            missing.set(threads);
            round = mine + 1;
            return;
        }
        for (int i = 0; round == mine && !broken; i++) {
            if (crowded || i > SPINS) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
        if (broken) {
            throw new IllegalStateException("another thread of the test ended early");
        }
    }

    /** Lets all go, since one will not come. */
    void end() {
        broken = true;
    }
}
