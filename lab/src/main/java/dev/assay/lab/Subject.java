package dev.assay.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A program that knows nothing of the laboratory, with whoever knows how to start and to read it: a user's command, a
 * benchmark of a jar. One subject serves all trials of its variant, one after the other.
 */
public interface Subject {
    /** As a user would type it; kept in the archive. */
    List<String> words();

    /**
     * Processor time so far of processes of this subject that outlive its trials, with their children that have ended: what the laboratory
     * cannot see otherwise, and would take for a neighbour's.
     */
    default Duration elsewhere() {
        return Duration.ZERO;
    }

    /** A trial of it, not yet begun. */
    Attempt attempt(Task task);

    /**
     * What a trial is given.
     *
     * @param desk an empty folder of its own, cleared afterwards
     * @param seed equal for all trials of a block
     * @param time how long to measure, where the subject can choose
     * @param limit after which a trial that should have taken {@code time} hangs
     * @param left what is left of the session's budget with its grace: the attempt ends by then, whatever it does
     */
    record Task(Path desk, long seed, Duration time, Duration limit, Duration left) {
        /** The shorter of a limit and what is left. */
        public Duration within(Duration wanted) {
            return wanted.compareTo(left) < 0 ? wanted : left;
        }
    }

    /** One trial. */
    interface Attempt {
        /** Runs it from its beginning to its end, which comes in any case, and says what came of it. */
        Ended run();

        /** Ends it at once, begun or not, and all its processes; {@link #run} then returns. From any thread. */
        void end();
    }

    /**
     * A trial that has ended.
     *
     * @param pid of the process, 0 when none could be started
     * @param wall time of the process, without what was done around it
     */
    record Ended(long pid, Duration wall, Trial.Outcome outcome) {}
}
