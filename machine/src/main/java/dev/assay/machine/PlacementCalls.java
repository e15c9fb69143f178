package dev.assay.machine;

import dev.assay.machine.Placement.Applied;
import dev.assay.machine.Placement.Outcome;
import dev.assay.machine.Placement.Refused;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongFunction;

/** The calls behind {@link Placement}: sched_setaffinity, set_mempolicy, sched_setscheduler, mlockall. */
final class PlacementCalls {
    private static final int EPERM = 1;
    private static final int ENOMEM = 12;
    private static final int EINVAL = 22;
    private static final int ENOSYS = 38;
    private static final int MOST_NODES = 1024;

    private PlacementCalls() {}

    private static Outcome unavailable(String what) {
        return new Refused(what, "this system is " + System.getProperty("os.name"),
                "place processes on Linux; elsewhere leave the placement to the system");
    }

    static Outcome affinity(long thread, BitSet processors) {
        String what = "processors " + Parse.list(processors);
        if (!Affinity.supported()) {
            return unavailable(what);
        }
        if (processors.length() > Affinity.MOST_PROCESSORS) {
            return new Refused(what, "Assay pins to processors below " + Affinity.MOST_PROCESSORS,
                    "name lower processors");
        }
        Libc.Result result = Affinity.set(thread, processors);
        if (!result.failed()) {
            BitSet obtained = thread == 0 ? Affinity.current() : processors;
            return obtained.equals(processors)
                    ? new Applied(what)
                    : new Refused(what, "only " + Parse.list(obtained) + " of them could be had",
                            "name processors that are online and in this process's cpuset");
        }
        return new Refused(what, Libc.describe(result.errno()), result.errno() == EINVAL
                ? "none of them is online and allowed; allowed are " + Parse.list(Affinity.current())
                : "allow sched_setaffinity (seccomp profile of the container)");
    }

    static Outcome memory(NumaPolicy policy) {
        String what = "memory policy " + policy.text();
        Reading<Long> number = SystemCall.SET_MEMPOLICY.number();
        if (!(number instanceof Reading.Known<Long>(Long call, String _))) {
            return new Refused(what, number.because(), "place memory on Linux with NUMA support");
        }
        int mode = switch (policy) {
            case NumaPolicy.FirstTouch() -> 0;
            case NumaPolicy.Preferred _ -> 1;
            case NumaPolicy.Bind _ -> 2;
            case NumaPolicy.Interleave _ -> 3;
        };
        BitSet nodes = switch (policy) {
            case NumaPolicy.FirstTouch() -> new BitSet();
            case NumaPolicy.Preferred(int node) -> {
                BitSet one = new BitSet();
                one.set(node);
                yield one;
            }
            case NumaPolicy.Bind(BitSet set) -> set;
            case NumaPolicy.Interleave(BitSet set) -> set;
        };
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MOST_NODES / 8, 8);
            long[] words = nodes.toLongArray();
            MemorySegment.copy(words, 0, mask, ValueLayout.JAVA_LONG, 0, words.length);
            // The kernel takes one bit off maxnode (get_nodes in mm/mempolicy.c).
            Libc.Result result = SystemCall.call(call, mode, nodes.isEmpty() ? 0 : mask.address(),
                    nodes.isEmpty() ? 0 : MOST_NODES + 1, 0, 0);
            if (!result.failed()) {
                return new Applied(what);
            }
            return new Refused(what, Libc.describe(result.errno()), switch (result.errno()) {
                case EINVAL -> "name nodes that exist and have memory: see /sys/devices/system/node/has_memory";
                case EPERM -> "allow set_mempolicy in the container's seccomp profile, or add CAP_SYS_NICE";
                case ENOSYS -> "use a kernel with CONFIG_NUMA";
                default -> "see set_mempolicy(2)";
            });
        }
    }

    private static final Libc.Function SCHEDULER = Libc.intFunction("sched_setscheduler", 3);
    private static final Libc.Function MLOCKALL = Libc.intFunction("mlockall", 1);

    static Outcome scheduling(long thread, SchedulingClass scheduling) {
        String what = "scheduling class " + scheduling.text();
        if (!SCHEDULER.available() || !System.getProperty("os.name").equals("Linux")) {
            return unavailable(what);
        }
        int policy = switch (scheduling) {
            case SchedulingClass.Other() -> 0;
            case SchedulingClass.Fifo _ -> 1;
            case SchedulingClass.RoundRobin _ -> 2;
            case SchedulingClass.Batch() -> 3;
            case SchedulingClass.Idle() -> 5;
        };
        int priority = switch (scheduling) {
            case SchedulingClass.Fifo(int p) -> p;
            case SchedulingClass.RoundRobin(int p) -> p;
            case SchedulingClass.Other(),SchedulingClass.Batch(),SchedulingClass.Idle() -> 0;
        };
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameter = arena.allocateFrom(ValueLayout.JAVA_INT, priority);
            Libc.Result result = SCHEDULER.call(thread, policy, parameter);
            if (!result.failed()) {
                return new Applied(what);
            }
            return new Refused(what, Libc.describe(result.errno()), result.errno() == EPERM
                    ? "raise the limit (ulimit -r " + Math.max(priority, 1)
                            + ", rtprio in limits.conf), add CAP_SYS_NICE, or give the cgroup real-time time"
                    : "see sched_setscheduler(2)");
        }
    }

    /** MCL_CURRENT | MCL_FUTURE. */
    static Outcome lock() {
        String what = "locked memory";
        if (!MLOCKALL.available() || !System.getProperty("os.name").equals("Linux")) {
            return unavailable(what);
        }
        Libc.Result result = MLOCKALL.call(3);
        return result.failed()
                ? new Refused(what, Libc.describe(result.errno()), result.errno() == ENOMEM || result.errno() == EPERM
                        ? "raise the limit (ulimit -l unlimited, memlock in limits.conf) or add CAP_IPC_LOCK"
                        : "see mlockall(2)")
                : new Applied(what);
    }

    /** Threads that start while this runs inherit from one that was placed already, so two passes suffice. */
    static Outcome everyThread(LongFunction<Outcome> call) {
        Outcome outcome = call.apply(0);
        for (int pass = 0; pass < 2 && outcome instanceof Applied; pass++) {
            List<String> threads = Root.live().names("/proc/self/task");
            for (String thread : threads) {
                Outcome one = call.apply(Parse.number(thread));
                boolean gone = !Root.live().exists("/proc/self/task/" + thread);
                if (one instanceof Refused && !gone) {
                    outcome = one;
                }
            }
        }
        return outcome;
    }
}
