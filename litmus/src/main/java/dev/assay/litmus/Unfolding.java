package dev.assay.litmus;

import java.util.ArrayList;
import java.util.List;

/**
 * All possible executions of each thread on its own, where a read may find any value that some write of the test writes.
 *
 * <p>
 * Which values can be written depends on which are read: the two are computed in rounds. A value that can reach a read is carried
 * there by a chain in which no read occurs twice, so as many rounds suffice as there are reads.
 */
final class Unfolding {
    private static final int MAXIMUM_TRACES = 200_000;

    private final LitmusTest test;
    private final Memory memory;
    private final ValueDomain domain;
    private final List<List<String>> observed;
    private final int unroll;
    private final List<List<Trace>> traces = new ArrayList<>();
    private boolean truncated;
    private boolean wild;

    /**
     * Unfolds a test.
     *
     * @param observed the registers of each thread whose final values matter
     * @param coherent whether the model is known to order a thread's accesses to one location
     * @param unroll how often a backward jump is taken at most
     */
    Unfolding(LitmusTest test, Memory memory, List<List<String>> observed, boolean coherent, int unroll) {
        this.test = test;
        this.memory = memory;
        this.observed = observed;
        this.unroll = unroll;
        this.domain = new ValueDomain(memory, test.threads().size(), coherent);
        unfold();
    }

    /** The executions of each thread. */
    List<List<Trace>> traces() {
        return traces;
    }

    /** Whether a loop was cut. */
    boolean truncated() {
        return truncated;
    }

    /** Whether an execution was left out because it used a number as an address. */
    boolean wild() {
        return wild;
    }

    private void unfold() {
        int reads = 1;
        int round = 0;
        do {
            domain.beginRound();
            traces.clear();
            truncated = false;
            wild = false;
            reads = 1;
            for (LitmusThread thread : test.threads()) {
                reads += unfold(thread);
                if (domain.hasLayoutChanged()) {
                    break;
                }
            }
            round = domain.hasLayoutChanged() ? 0 : round + 1;
        } while (domain.hasLayoutChanged() || domain.changed() && round <= reads);
        Pieces pieces = new Pieces(memory, domain);
        traces.replaceAll(some -> some.stream().map(pieces::of).toList());
    }

    /** Unfolds a thread; the answer is the greatest number of reads in one execution. */
    private int unfold(LitmusThread thread) {
        List<Trace> found = new ArrayList<>();
        ThreadRun run = new ThreadRun(memory, domain, thread.number(), unroll);
        ThreadSemantics semantics = ThreadSemantics.of(test, thread, memory);
        List<String> names = observed.get(thread.number());
        int reads = 0;
        do {
            run.begin(thread.instructions().size());
            try {
                semantics.execute(run);
                domain.learn(thread.number(), run.actions());
                long[] registers = new long[names.size()];
                for (int i = 0; i < registers.length; i++) {
                    registers[i] = semantics.register(names.get(i));
                }
                found.add(new Trace(run.actions(), registers));
                reads = Math.max(reads, (int) run.actions().stream().filter(Action::isRead).count());
            } catch (ThreadRun.Abandoned _) {
                // Not an execution; the run remembers why.
                assert true;
            }
            if (found.size() > MAXIMUM_TRACES) {
                throw new LitmusException(
                        test.name() + ": thread " + thread.number() + " alone has more than " + MAXIMUM_TRACES
                                + " possible executions; fewer reads of locations with many values can be decided");
            }
        } while (!domain.hasLayoutChanged() && run.next());
        truncated |= run.truncated();
        wild |= run.wild();
        traces.add(found);
        return reads;
    }
}
