package dev.assay.experiments;

import dev.assay.lab.Bench;
import dev.assay.lab.Doubt;
import dev.assay.machine.Affinity;
import dev.assay.machine.MachineException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Threads on processors of their own, while there are enough. As a JMH state it pins each thread of a benchmark; own
 * kernels call {@link #thread}.
 */
@State(Scope.Thread)
public class Pinned {
    // JMH makes states by itself, so they are told by statics; a trial is a process, so nothing else sees them.
    private static volatile List<Integer> processors = List.of();
    private static final List<String> REFUSALS = new CopyOnWriteArrayList<>();

    static void processors(List<Integer> preferredFirst) {
        processors = List.copyOf(preferredFirst);
    }

    /** Pins the calling thread to the {@code index}-th preferred processor. */
    static void thread(int index) {
        if (processors.isEmpty() || !Affinity.supported()) {
            return;
        }
        processor(processors.get(index % processors.size()));
    }

    /** Pins the calling thread to one processor. */
    static void processor(int number) {
        try {
            Affinity.pin(number);
        } catch (MachineException e) {
            REFUSALS.add(e.getMessage());
        }
    }

    /** Tells the bench what was refused so far. */
    static void report(Bench bench) {
        if (!REFUSALS.isEmpty()) {
            bench.doubt(Doubt.Kind.NOT_PLACED,
                    "threads were not pinned: " + REFUSALS.stream().distinct().collect(Collectors.joining("; ")),
                    "allow sched_setaffinity in this container or sandbox");
            REFUSALS.clear();
        }
    }

    @Setup(Level.Trial)
    public void pin(ThreadParams thread) {
        thread(thread.getThreadIndex());
    }
}
