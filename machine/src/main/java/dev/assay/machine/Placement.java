package dev.assay.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where and how a thread is to run: processors, memory nodes, scheduling class, locked memory.
 *
 * <p>
 * The calling thread's children inherit all but the locked memory, so a process is placed by starting it from a
 * thread that was placed: {@code new Thread(() -> { placement.apply(); builder.start(); })}. Locked memory belongs to
 * the process that asks (mlockall(2)) and is lost in exec.
 *
 * @param processors empty leaves the processors as they are
 * @param numa empty leaves the memory policy as it is
 * @param scheduling the class; {@link SchedulingClass.Other} is the ordinary one
 * @param lockMemory keep all pages of the process in memory, present and future
 */
public record Placement(Optional<BitSet> processors, Optional<NumaPolicy> numa, SchedulingClass scheduling,
        boolean lockMemory) {
    public Placement {
        processors = processors.map(set -> (BitSet) set.clone());
        if (processors.filter(BitSet::isEmpty).isPresent()) {
            throw new IllegalArgumentException("a placement names at least one processor, or none at all");
        }
    }

    /** Nothing asked for. */
    public static final Placement ANYWHERE = new Placement(Optional.empty(), Optional.empty(),
            new SchedulingClass.Other(), false);

    /** On these processors and otherwise as usual. */
    public static Placement on(int... processors) {
        BitSet set = new BitSet();
        for (int processor : processors) {
            set.set(processor);
        }
        return new Placement(Optional.of(set), Optional.empty(), new SchedulingClass.Other(), false);
    }

    @Override
    public Optional<BitSet> processors() {
        return processors.map(set -> (BitSet) set.clone());
    }

    public Placement with(NumaPolicy policy) {
        return new Placement(processors, Optional.of(policy), scheduling, lockMemory);
    }

    public Placement with(SchedulingClass other) {
        return new Placement(processors, numa, other, lockMemory);
    }

    public Placement lockingMemory() {
        return new Placement(processors, numa, scheduling, true);
    }

    /** What became of one wish. */
    public sealed interface Outcome {
        /** What was asked for, in words: {@code processors 0-1}. */
        String what();
    }

    public record Applied(String what) implements Outcome {}

    /** @param reason what the system answered; {@code remedy} what would allow it */
    public record Refused(String what, String reason, String remedy) implements Outcome {}

    /** Applies all of it to the calling thread (locked memory: to the process); never throws for a refusal. */
    public List<Outcome> apply() {
        List<Outcome> outcomes = new ArrayList<>();
        processors.ifPresent(set -> outcomes.add(PlacementCalls.affinity(0, set)));
        numa.ifPresent(policy -> outcomes.add(PlacementCalls.memory(policy)));
        if (!(scheduling instanceof SchedulingClass.Other)) {
            outcomes.add(PlacementCalls.scheduling(0, scheduling));
        }
        if (lockMemory) {
            outcomes.add(PlacementCalls.lock());
        }
        return List.copyOf(outcomes);
    }

    /**
     * Applies processors and scheduling class to every thread that this process has now (the compiler and collector
     * threads of a JVM among them), the memory policy to the calling thread and locked memory to the process. One
     * outcome per wish: the first refusal if any thread was refused.
     */
    public List<Outcome> applyToProcess() {
        List<Outcome> outcomes = new ArrayList<>();
        processors.ifPresent(set -> outcomes.add(PlacementCalls.everyThread(id -> PlacementCalls.affinity(id, set))));
        numa.ifPresent(policy -> outcomes.add(PlacementCalls.memory(policy)));
        if (!(scheduling instanceof SchedulingClass.Other)) {
            outcomes.add(PlacementCalls.everyThread(id -> PlacementCalls.scheduling(id, scheduling)));
        }
        if (lockMemory) {
            outcomes.add(PlacementCalls.lock());
        }
        return List.copyOf(outcomes);
    }

    /** As a tree of maps, strings, numbers and booleans, for JSON; {@link #of} reads it back. */
    public Map<String, Object> sheet() {
        Map<String, Object> sheet = new LinkedHashMap<>();
        processors.ifPresent(set -> sheet.put("processors", Parse.list(set)));
        numa.ifPresent(policy -> sheet.put("numa", policy.text()));
        sheet.put("scheduling", scheduling.text());
        sheet.put("lockMemory", lockMemory);
        return sheet;
    }

    /**
     * The placement that {@link #sheet} wrote.
     *
     * @throws MachineException when an entry does not say what it should
     */
    public static Placement of(Map<String, ?> sheet) {
        try {
            return new Placement(Optional.ofNullable(sheet.get("processors")).map(o -> Parse.set(o.toString())),
                    Optional.ofNullable(sheet.get("numa")).map(o -> NumaPolicy.of(o.toString())),
                    sheet.containsKey("scheduling")
                            ? SchedulingClass.of(sheet.get("scheduling").toString())
                            : new SchedulingClass.Other(),
                    Boolean.TRUE.equals(sheet.get("lockMemory")));
        } catch (IllegalArgumentException e) {
            throw new MachineException("a placement reads like {processors: 0-1, numa: bind:0, scheduling: fifo:10, "
                    + "lockMemory: false}: " + e.getMessage(), e);
        }
    }
}
