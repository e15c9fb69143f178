package dev.assay.litmus;

import dev.assay.machine.Affinity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** The threads that run a test together, and the processors that they have for it. */
final class Crew {
    private static final int MOST = 16;

    private final int threads;
    private final int[] processors;
    private final Meeting meeting;

    Crew(LitmusTest test) {
        threads = test.threads().size();
        if (threads > MOST) {
            throw new LitmusException("a test runs with at most " + MOST + " threads, but " + test.name() + " has "
                    + threads);
        }
        processors = Affinity.supported()
                ? Affinity.current().stream().toArray()
                : new int[Runtime.getRuntime().availableProcessors()];
        meeting = new Meeting(threads, crowded());
    }

    int threads() {
        return threads;
    }

    /** Whether there are more threads than processors. */
    boolean crowded() {
        return threads > processors.length;
    }

    /** Where the processors are counted round. */
    int place(int number) {
        return number % processors.length;
    }

    /** Puts the calling thread on the processor at a place, where threads can be put. */
    void pin(int place) {
        if (Affinity.supported()) {
            Affinity.pin(processors[place]);
        }
    }

    /** Waits until all threads are here. */
    void meet() {
        meeting.await();
    }

    /** What one thread's share of so many instances begins with; the share ends where that of the next begins. */
    int share(int thread, int instances) {
        return (int) ((long) instances * thread / threads);
    }

    /**
     * Lets every thread do its work, told its number, and waits for all.
     *
     * @return what the first thread that failed threw
     */
    Optional<Throwable> run(String name, IntConsumer work) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            all.add(Thread.ofPlatform().name(name + "-" + i).start(() -> {
                try {
                    work.accept(number);
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                    meeting.end();
                }
            }));
        }
        for (Thread thread : all) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                meeting.end();
            }
        }
        return Optional.ofNullable(failure.get());
    }
}
