package dev.assay.bpf;

import java.time.Duration;
import java.util.OptionalInt;

/** One observer, as a process of a user without permission runs it. */
final class FallbackTrial {
    private FallbackTrial() {}

    public static void main(String[] arguments) {
        ObserverKind kind = ObserverKind.of(arguments[0]).orElseThrow();
        try {
            if (kind == ObserverKind.OOM) {
                try (OomWatch watch = OomWatch.start()) {
                    watch.poll(Duration.ofMillis(1), _ -> {});
                    System.out.println("source proc\nmissing " + watch.missing().orElseThrow());
                }
                return;
            }
            Thread busy = Thread.ofPlatform().daemon().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    java.util.concurrent.locks.LockSupport.parkNanos(100_000);
                    System.getProperties().forEach((_, _) -> new java.io.File("/proc/self/stat").length());
                }
            });
            Observation seen = Observer.observe(kind, OptionalInt.of((int) ProcessHandle.current().pid()), Duration
                    .ofMillis(200));
            busy.interrupt();
            System.out.println("source " + seen.source());
            seen.missing().forEach(m -> System.out.println("missing " + m));
            seen.rows().forEach(r -> System.out.println("row " + r.process() + " " + r.count() + " " + r.sumNanos()));
        } catch (BpfException e) {
            System.out.println("refused " + e.getMessage());
        }
    }
}
