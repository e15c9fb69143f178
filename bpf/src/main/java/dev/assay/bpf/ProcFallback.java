package dev.assay.bpf;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Run-queue latency without programs: how long each thread waited in all, and how often it ran, from
 * /proc/PID/task/TID/schedstat (Documentation/scheduler/sched-stats.rst); and the share of time in which anything
 * waited, from /proc/pressure/cpu (Documentation/accounting/psi.rst). Sums only, no histogram.
 */
final class ProcFallback {
    private ProcFallback() {}

    private record Waited(long nanos, long runs) {}

    static Observation runQueue(OptionalInt process, Duration time, String why) {
        Map<Integer, Map<Integer, Waited>> before = threads(process);
        List<String> missing = new ArrayList<>();
        missing.add("no programs in the kernel: " + why);
        missing.add("schedstat tells sums, so there is no histogram, and threads that ended meanwhile are not counted");
        long start = System.nanoTime();
        long pressure = pressureMicros();
        Observer.sleep(time);
        double seconds = (System.nanoTime() - start) / 1e9;
        long pressureAfter = pressureMicros();
        missing.add(pressure < 0 || pressureAfter < 0
                ? "/proc/pressure/cpu cannot be read; boot with psi=1"
                : String.format("for %.1f %% of the time some thread waited for a processor (/proc/pressure/cpu)",
                        (pressureAfter - pressure) / 1e4 / seconds));
        List<Observation.Row> rows = new ArrayList<>();
        ThreadNames names = new ThreadNames();
        threads(process).forEach((owner, list) -> list.forEach((thread, now) -> {
            Waited then = before.getOrDefault(owner, Map.of()).getOrDefault(thread, new Waited(0, 0));
            if (now.runs() > then.runs()) {
                ThreadNames.Thread named = names.name(owner, thread);
                rows.add(new Observation.Row(owner, thread, named.name(), named.role(), "all cores", now.runs() - then
                        .runs(), now.nanos() - then.nanos(), List.of()));
            }
        }));
        if (rows.isEmpty() && before.isEmpty()) {
            throw new BpfException.Refused(why + "; and /proc/PID/task/TID/schedstat is not there either",
                    Kernel.ENOENT);
        }
        rows.sort(Comparator.comparingLong(Observation.Row::sumNanos).reversed());
        return new Observation(ObserverKind.RUNQLAT, "proc", seconds, rows, 0, missing);
    }

    private static Map<Integer, Map<Integer, Waited>> threads(OptionalInt process) {
        Map<Integer, Map<Integer, Waited>> all = new HashMap<>();
        try (DirectoryStream<Path> list = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path owner : list) {
                int number = Integer.parseInt(owner.getFileName().toString());
                if (process.isEmpty() || process.getAsInt() == number) {
                    Map<Integer, Waited> waits = waits(owner);
                    if (!waits.isEmpty()) {
                        all.put(number, waits);
                    }
                }
            }
        } catch (IOException e) {
            throw new BpfException.Refused("/proc cannot be read: " + e.getMessage(), Kernel.ENOENT);
        }
        return all;
    }

    private static Map<Integer, Waited> waits(Path owner) {
        Map<Integer, Waited> waits = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(owner.resolve("task"))) {
            for (Path task : tasks) {
                String[] parts = Files.readString(task.resolve("schedstat")).strip().split(" ");
                waits.put(Integer.parseInt(task.getFileName().toString()), new Waited(Long.parseLong(parts[1]), Long
                        .parseLong(parts[2])));
            }
        } catch (IOException | java.io.UncheckedIOException | java.nio.file.DirectoryIteratorException e) {
            // A process that ended while it was read has nothing more to tell.
            return waits;
        }
        return waits;
    }

    /** Microseconds in which some thread waited, or -1 where the kernel does not count them. */
    private static long pressureMicros() {
        try {
            String line = Files.readAllLines(Path.of("/proc/pressure/cpu")).getFirst();
            return Long.parseLong(line.substring(line.indexOf("total=") + 6));
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
