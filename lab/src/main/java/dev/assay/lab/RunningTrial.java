package dev.assay.lab;

import java.nio.file.Path;

/** A trial on its way: a process of the laboratory's own, or a subject's. */
sealed interface RunningTrial permits TrialProcess, SubjectTrial {
    /** Ends the process and all its children at once; {@link #await} then returns. From any thread. */
    void end();

    /**
     * Waits for the answer.
     *
     * @param keep where crash reports are moved to
     */
    Trial await(Path keep);
}
