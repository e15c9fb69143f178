package dev.assay.bpf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What an observer can still tell without programs: the difference of what {@link ProcCounters} reads before and after,
 * and the share of time in which anything waited, from /proc/pressure (Documentation/accounting/psi.rst). Sums only.
 */
final class ProcFallback {
    private final ProcCounters counters;

    ProcFallback(Path proc) {
        counters = new ProcCounters(proc);
    }

    /**
     * Watches for {@code time}.
     *
     * @param why programs cannot be used
     * @throws BpfException.Refused with {@code why} where /proc tells nothing of this
     */
    Observation observe(ObserverKind kind, OptionalInt process, Duration time, String why) {
        String limits = limits(kind);
        if (limits.isEmpty()) {
            throw new BpfException.Refused(why + "; and /proc has no count of " + kind.question(), Kernel.EPERM);
        }
        List<String> missing = new ArrayList<>(List.of("no programs in the kernel: " + why, limits));
        long start = System.nanoTime();
        OptionalLong pressure = counters.pressureMicros(resource(kind));
        Map<ProcCounters.Key, ProcCounters.Count> before = counters.read(kind, process);
        if (before.isEmpty()) {
            throw new BpfException.Refused(why + "; and what /proc tells of it cannot be read here either (" + limits
                    + ")", Kernel.ENOENT);
        }
        Observer.sleep(time);
        Map<ProcCounters.Key, ProcCounters.Count> after = counters.read(kind, process);
        double seconds = (System.nanoTime() - start) / 1e9;
        pressure(kind, pressure, seconds).ifPresent(missing::add);
        return new Observation(kind, "proc", seconds, rows(before, after), 0, missing);
    }

    private static List<Observation.Row> rows(Map<ProcCounters.Key, ProcCounters.Count> before,
            Map<ProcCounters.Key, ProcCounters.Count> after) {
        ThreadNames names = new ThreadNames();
        List<Observation.Row> rows = new ArrayList<>();
        after.forEach((key, now) -> {
            ProcCounters.Count then = before.get(key);
            if (then == null || now.times() <= then.times()) {
                return;
            }
            ProcCounters.Count seen = now.minus(then);
            ThreadNames.Thread named = key.device().isEmpty()
                    ? names.name(key.process(), key.thread())
                    : new ThreadNames.Thread(key.device(), "");
            rows.add(new Observation.Row(key.process(), key.thread(), named.name(), named.role(), key.detail(), seen
                    .times(), Math.max(0, seen.nanos()), List.of()));
        });
        rows.sort(Comparator.comparingLong(Observation.Row::sumNanos).thenComparing(Observation.Row::count).reversed());
        return rows;
    }

    /** What its source cannot tell, empty where there is no source at all. */
    private static String limits(ObserverKind kind) {
        return switch (kind) {
            case RUNQLAT -> "schedstat tells sums, so there is no histogram and no core class, and threads that began "
                    + "or ended meanwhile are not counted";
            case OFFCPU -> "what schedstat does not count as run or waited is taken as blocked, so there is no "
                    + "histogram and no task state, and threads that began or ended meanwhile are not counted";
            case FAULTS -> "/proc/PID/task/TID/stat counts faults, those of system calls included, so there is no time "
                    + "between them";
            case SYSCALLS -> "/proc/PID/task/TID/io counts calls that read or write, of one's own processes (all with "
                    + "root), so other calls and all times are not known";
            case BLOCKIO -> "/proc/diskstats tells sums by device, so there is no histogram and no thread";
            case RETRANSMITS -> "/proc/net/snmp counts segments of this network namespace, so neither port nor time is "
                    + "known";
            case FUTEX, OOM -> "";
        };
    }

    private static String resource(ObserverKind kind) {
        return switch (kind) {
            case FAULTS, OOM -> "memory";
            case BLOCKIO -> "io";
            default -> "cpu";
        };
    }

    private java.util.Optional<String> pressure(ObserverKind kind, OptionalLong before, double seconds) {
        if (kind == ObserverKind.SYSCALLS || kind == ObserverKind.RETRANSMITS) {
            return java.util.Optional.empty();
        }
        String file = "/proc/pressure/" + resource(kind);
        OptionalLong after = counters.pressureMicros(resource(kind));
        return java.util.Optional.of(before.isEmpty() || after.isEmpty()
                ? file + " cannot be read; boot with psi=1"
                : String.format(Locale.ROOT, "for %.1f %% of the time some thread waited for %s (%s)",
                        (after.getAsLong()
                                - before.getAsLong()) / 1e4 / seconds,
                        waited(kind), file));
    }

    private static String waited(ObserverKind kind) {
        return switch (resource(kind)) {
            case "memory" -> "memory";
            case "io" -> "block devices";
            default -> "a processor";
        };
    }
}
