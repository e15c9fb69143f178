package dev.assay.cli;

import dev.assay.lab.Session;
import java.time.Duration;

/**
 * Ctrl-C (or SIGTERM) while a session runs: the session is told to end, and the JVM's end waits until what was measured
 * is archived and reported.
 */
final class Interruption implements AutoCloseable {
    /** Long enough to write a report to a slow disk; then the user's wish to leave comes first. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static volatile boolean begun;

    private final Thread hook;

    private Interruption(Runnable end) {
        Thread conductor = Thread.currentThread();
        hook = new Thread(() -> {
            begun = true;
            end.run();
            try {
                conductor.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "interruption");
    }

    /** Whether the JVM is ending because it was told to, and waits for the conductor. */
    static boolean begun() {
        return begun;
    }

    static Interruption of(Session session) {
        return of(session::interrupt);
    }

    /** @param end lets the work come to its end; called from another thread */
    static Interruption of(Runnable end) {
        Interruption interruption = new Interruption(end);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is already going down, and the hook waits for this thread to end.
        }
    }
}
