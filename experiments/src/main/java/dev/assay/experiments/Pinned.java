package dev.assay.experiments;

import dev.assay.machine.Affinity;
import dev.assay.machine.MachineException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** A JMH state that pins each of its threads to a processor of its own, while there are enough. */
@State(Scope.Thread)
public class Pinned {
    private static volatile List<Integer> processors = List.of();
    private static final List<String> REFUSALS = new CopyOnWriteArrayList<>();

    static void processors(List<Integer> preferredFirst) {
        processors = List.copyOf(preferredFirst);
    }

    static List<String> refusals() {
        return REFUSALS;
    }

    @Setup(Level.Trial)
    public void pin(ThreadParams thread) {
        if (processors.isEmpty() || !Affinity.supported()) {
            return;
        }
        try {
            Affinity.pin(processors.get(thread.getThreadIndex() % processors.size()));
        } catch (MachineException e) {
            REFUSALS.add(e.getMessage());
        }
    }
}
