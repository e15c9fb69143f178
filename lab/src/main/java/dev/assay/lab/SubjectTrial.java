package dev.assay.lab;

import java.nio.file.Path;
import java.util.List;

/** A trial that its subject conducts. */
record SubjectTrial(int number, String variant, Subject.Attempt attempt) implements RunningTrial {
    @Override
    public void end() {
        attempt.end();
    }

    @Override
    public Trial await(Path keep) {
        Subject.Ended ended = attempt.run();
        return new Trial(number, variant, ended.pid(), ended.wall(), ended.outcome(), List.of());
    }
}
