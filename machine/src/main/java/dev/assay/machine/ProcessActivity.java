package dev.assay.machine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What one process had done up to one moment, its ended threads included except where it says so.
 *
 * @param userTicks in {@link Activity#TICKS_PER_SECOND}
 * @param voluntarySwitches of the threads that live now
 * @param runQueueNanos how long its living threads were ready to run and had no processor
 * @param peakResidentBytes the most memory that it ever had resident
 */
public record ProcessActivity(long pid, long monotonicNanos, Reading<Long> userTicks, Reading<Long> systemTicks,
        Reading<Long> minorFaults, Reading<Long> majorFaults, Reading<Long> voluntarySwitches,
        Reading<Long> involuntarySwitches, Reading<Long> runQueueNanos, Reading<Long> residentBytes,
        Reading<Long> peakResidentBytes) {
    /** This process. */
    public static ProcessActivity read() {
        return read(ProcessHandle.current().pid());
    }

    public static ProcessActivity read(long pid) {
        return read(Root.live(), pid);
    }

    /**
     * Processor time of a process that lives and of its children that have ended, in steps of 10 ms, which no account of this process's own
     * children holds before it ends.
     *
     * @return empty when there is no such process, or this system does not tell
     */
    public static Optional<Duration> processorTimeSoFar(long pid) {
        return Root.live().text("/proc/" + pid + "/stat").map(ProcessActivity::fields).flatMap(fields -> {
            long ticks = 0;
            for (int i = 14; i <= 17; i++) {
                ticks += Parse.number(fields[i]);
            }
            return Reading.known(Duration.ofMillis(ticks * 1000 / Activity.TICKS_PER_SECOND), "/proc/PID/stat");
        }) instanceof Reading.Known<Duration>(Duration time, String _) ? Optional.of(time) : Optional.empty();
    }

    static ProcessActivity read(Root root, long pid) {
        String directory = "/proc/" + pid;
        Reading<String[]> stat = root.text(directory + "/stat").map(ProcessActivity::fields);
        Reading<Map<String, String>> status = root.text(directory + "/status").map(text -> Parse.pairs(text, ':'));
        long voluntary = 0;
        long involuntary = 0;
        long delay = 0;
        boolean scheduled = false;
        boolean switches = false;
        for (String thread : root.names(directory + "/task")) {
            Reading<String> schedule = root.word(directory + "/task/" + thread + "/schedstat");
            if (schedule instanceof Reading.Known<String>(String line, String _)) {
                String[] words = line.split("\\s+");
                Reading<Long> waited = Reading.known(words.length > 1 ? words[1] : "", "").map(Parse::number);
                scheduled |= waited.isKnown();
                delay += waited.orElse(0L);
            }
            Reading<Map<String, String>> one = root.text(directory + "/task/" + thread + "/status")
                    .map(text -> Parse.pairs(text, ':'));
            Reading<Long> yes = number(one, "voluntary_ctxt_switches");
            Reading<Long> no = number(one, "nonvoluntary_ctxt_switches");
            switches |= yes.isKnown() && no.isKnown();
            voluntary += yes.orElse(0L);
            involuntary += no.orElse(0L);
        }
        String why = "no process " + pid + ", or its threads do not tell";
        return new ProcessActivity(pid, System.nanoTime(), field(stat, 14), field(stat, 15), field(stat, 10),
                field(stat, 12), counted(switches, voluntary, why), counted(switches, involuntary, why),
                counted(scheduled, delay, why + " (schedstat needs CONFIG_SCHED_INFO)"), bytes(status, "VmRSS"),
                bytes(status, "VmHWM"));
    }

    private static Reading<Long> counted(boolean known, long value, String why) {
        return known ? Reading.known(value, "/proc/PID/task") : Reading.unsupported(why);
    }

    /** The name, second and in parentheses, may hold blanks and parentheses itself; fields are counted from 1. */
    static String[] fields(String stat) {
        int close = stat.lastIndexOf(')');
        if (close < 0 || close + 2 > stat.length()) {
            throw new IllegalArgumentException("no name in parentheses in '" + Parse.shown(stat) + "'");
        }
        String[] rest = stat.substring(close + 1).strip().split("\\s+");
        String[] fields = new String[rest.length + 3];
        System.arraycopy(rest, 0, fields, 3, rest.length);
        return fields;
    }

    private static Reading<Long> field(Reading<String[]> stat, int number) {
        return stat.map(fields -> {
            if (number >= fields.length) {
                throw new IllegalArgumentException("field " + number + " is missing");
            }
            return Parse.number(fields[number]);
        });
    }

    private static Reading<Long> number(Reading<Map<String, String>> status, String key) {
        return status.flatMap(map -> map.containsKey(key)
                ? Reading.known(map.get(key), "status").map(Parse::number)
                : Reading.unsupported("status has no " + key));
    }

    private static Reading<Long> bytes(Reading<Map<String, String>> status, String key) {
        return status.flatMap(map -> map.containsKey(key)
                ? Reading.known(map.get(key), "/proc/PID/status").map(Parse::bytes)
                : Reading.unsupported("status has no " + key + "; a process that has ended has none"));
    }
}
