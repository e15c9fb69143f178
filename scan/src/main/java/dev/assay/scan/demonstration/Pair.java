package dev.assay.scan.demonstration;

import java.util.concurrent.CyclicBarrier;

/** Two threads that begin together. */
final class Pair {
    private Pair() {}

    /** Runs both to their end. */
    static void run(Runnable first, Runnable second) throws InterruptedException {
        CyclicBarrier together = new CyclicBarrier(2);
        Thread other = Thread.ofPlatform().daemon().start(() -> begin(together, second));
        begin(together, first);
        other.join();
    }

    private static void begin(CyclicBarrier together, Runnable body) {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException("The other thread did not come.", e);
        }
        body.run();
    }
}
