package dev.assay.litmus;

import dev.assay.machine.Affinity;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A thread that stores against one that loads, on two processors where there are two.
 *
 * <p>
 * How long the writer rests between two stores changes all the time. Stores that follow each other at once may leave the store buffer
 * together, and then no other processor ever meets the first one's value.
 */
final class Race {
    private static final VarHandle STOP = MethodHandles.arrayElementVarHandle(boolean[].class);
    private static final int[] RESTS = {63, 0, 255, 15, 1023};

    private final List<Integer> processors = Affinity.supported()
            ? Affinity.current().stream().boxed().toList()
            : List.of();
    private final long nanos;
    private final long patienceNanos;

    /** A batch of stores; {@code rest} is a mask of how many turns to rest after each. */
    interface Writes {
        void run(int rest) throws Throwable;
    }

    /** A batch of loads, counted as {@link Tally} says. */
    interface Reads {
        void run(long[] counts) throws Throwable;
    }

    /**
     * @param nanos how long to race
     * @param patienceNanos how long to go on until enough was seen
     */
    Race(long nanos, long patienceNanos) {
        this.nanos = nanos;
        this.patienceNanos = Math.max(nanos, patienceNanos);
    }

    /** What the reader counted. */
    long[] run(Writes writes, Reads reads) {
        boolean[] stop = new boolean[1];
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        long[] counts = new long[Tally.WIDTH];
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                pin(processors.size() - 1);
                for (int i = 0; !(boolean) STOP.getOpaque(stop, 0); i++) {
                    writes.run(RESTS[i % RESTS.length]);
                    started.countDown();
                }
            } catch (Throwable e) {
                failure.set(e);
                started.countDown();
            }
        });
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                pin(0);
                started.await();
                long start = System.nanoTime();
                long passed = 0;
                while (failure.get() == null
                        && (passed < nanos || passed < patienceNanos && !Tally.of(counts).tells())) {
                    reads.run(counts);
                    passed = System.nanoTime() - start;
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
            STOP.setOpaque(stop, 0, true);
        });
        join(reader);
        join(writer);
        if (failure.get() instanceof RuntimeException e) {
            throw e;
        } else if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return counts;
    }

    private void pin(int index) {
        if (processors.size() > 1) {
            Affinity.pin(processors.get(index));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
