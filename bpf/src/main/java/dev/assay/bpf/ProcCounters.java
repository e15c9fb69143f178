package dev.assay.bpf;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What /proc counts without any program: per thread (proc_pid_schedstat, proc_pid_stat, proc_pid_status and
 * proc_pid_io of proc(5)), per block device (Documentation/admin-guide/iostats.rst) and for all of TCP.
 */
final class ProcCounters {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Path proc;

    ProcCounters(Path proc) {
        this.proc = proc;
    }

    /** What a count belongs to; {@code device} is empty where it is a thread. */
    record Key(int process, int thread, String device, String detail) {}

    /** How often, and for how long in all. */
    record Count(long times, long nanos) {
        Count minus(Count before) {
            return new Count(times - before.times, nanos - before.nanos);
        }
    }

    /** What is counted now; empty where the kernel does not tell this one. */
    Map<Key, Count> read(ObserverKind kind, OptionalInt process) {
        return switch (kind) {
            case RUNQLAT -> threads(process, (task, into) -> {
                String[] stat = words(task.resolve("schedstat"));
                into.put("all cores", new Count(Long.parseLong(stat[2]), Long.parseLong(stat[1])));
            });
            case OFFCPU -> threads(process, (task, into) -> {
                String[] stat = words(task.resolve("schedstat"));
                // What is neither run nor waited for a processor, of all time, was spent blocked.
                into.put("any state", new Count(blocks(task), System.nanoTime() - Long.parseLong(stat[0]) - Long
                        .parseLong(stat[1])));
            });
            case FAULTS -> threads(process, (task, into) -> {
                String stat = Files.readString(task.resolve("stat"));
                // The name in brackets may itself hold spaces and brackets.
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                into.put("", new Count(Long.parseLong(fields[7]) + Long.parseLong(fields[9]), 0));
            });
            case SYSCALLS -> threads(process, (task, into) -> {
                for (String line : Files.readAllLines(task.resolve("io"))) {
                    if (line.startsWith("syscr: ") || line.startsWith("syscw: ")) {
                        into.put(line.startsWith("syscr") ? "read and its kin" : "write and its kin", new Count(Long
                                .parseLong(line.substring(7)), 0));
                    }
                }
            });
            case BLOCKIO -> devices();
            case RETRANSMITS -> retransmits();
            case FUTEX, OOM -> Map.of();
        };
    }

    private interface TaskReader {
        void read(Path task, Map<String, Count> into) throws IOException;
    }

    private static String[] words(Path file) throws IOException {
        return Files.readString(file).strip().split("\\s+");
    }

    private static long blocks(Path task) throws IOException {
        for (String line : Files.readAllLines(task.resolve("status"))) {
            if (line.startsWith("voluntary_ctxt_switches:")) {
                return Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        throw new IOException("no voluntary_ctxt_switches in " + task.resolve("status"));
    }

    private Map<Key, Count> threads(OptionalInt process, TaskReader reader) {
        Map<Key, Count> all = new HashMap<>();
        try (DirectoryStream<Path> list = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path owner : list) {
                int number = Integer.parseInt(owner.getFileName().toString());
                if (process.isEmpty() || process.getAsInt() == number) {
                    tasks(number, owner, reader, all);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new BpfException.Refused(proc + " cannot be read: " + e.getMessage(), Kernel.ENOENT);
        }
        return all;
    }

    private static void tasks(int owner, Path folder, TaskReader reader, Map<Key, Count> all) {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder.resolve("task"))) {
            for (Path task : tasks) {
                int thread = Integer.parseInt(task.getFileName().toString());
                Map<String, Count> counts = new HashMap<>();
                reader.read(task, counts);
                counts.forEach((detail, count) -> all.put(new Key(owner, thread, "", detail), count));
            }
        } catch (IOException | DirectoryIteratorException | NumberFormatException
                | IndexOutOfBoundsException e) {
            // A process that ended while it was read, or that another user runs, has nothing more to tell.
            return;
        }
    }

    private Map<Key, Count> devices() {
        Map<Key, Count> all = new HashMap<>();
        for (String line : lines("diskstats")) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length >= 14) {
                put(all, fields, "read", 3, 6);
                put(all, fields, "write", 7, 10);
            }
        }
        return all;
    }

    private static void put(Map<Key, Count> all, String[] fields, String detail, int times, int millis) {
        all.put(new Key(0, 0, fields[2], detail), new Count(Long.parseLong(fields[times]), NANOS_PER_MILLI * Long
                .parseLong(fields[millis])));
    }

    /** Names and numbers stand in two lines, one over the other. */
    private Map<Key, Count> retransmits() {
        List<String> tcp = lines("net/snmp").stream().filter(l -> l.startsWith("Tcp:")).toList();
        if (tcp.size() < 2) {
            return Map.of();
        }
        int at = List.of(tcp.get(0).split(" ")).indexOf("RetransSegs");
        return at < 0
                ? Map.of()
                : Map.of(new Key(0, 0, "tcp", "any port"), new Count(Long.parseLong(tcp.get(1).split(" ")[at]), 0));
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(proc.resolve(file));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Processes ended for memory since boot. */
    java.util.OptionalLong oomKills() {
        return lines("vmstat").stream().filter(l -> l.startsWith("oom_kill "))
                .mapToLong(l -> Long.parseLong(l.substring(
                        9)))
                .findFirst();
    }

    /** Microseconds in which something waited for {@code resource}; empty where the kernel does not count it. */
    java.util.OptionalLong pressureMicros(String resource) {
        return lines("pressure/" + resource).stream().filter(l -> l.startsWith("some ")).mapToLong(l -> Long.parseLong(l
                .substring(l.indexOf("total=") + 6))).findFirst();
    }
}
