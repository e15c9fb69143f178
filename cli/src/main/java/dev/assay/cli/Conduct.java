package dev.assay.cli;

import dev.assay.lab.Experiment;
import dev.assay.lab.Run;
import dev.assay.lab.Session;
import dev.assay.lab.Settings;
import dev.assay.lab.Step;
import dev.assay.lab.StoppingRule;
import dev.assay.machine.Machine;
import java.util.List;

/** Pulls a session to its end, showing and keeping what it has as it goes. */
final class Conduct {
    /** Keeping what is known so far takes at most one part in so many of the time: with hundreds of pairs it is not cheap. */
    private static final int KEEPING_SHARE = 20;

    private Conduct() {}

    static Run of(Machine machine, List<Experiment> experiments, Settings settings, Keeping keeping, Progress progress,
            StoppingRule rule) {
        Run run = pulled(new Session(machine, experiments, settings, keeping.crashReports(), rule), keeping, progress);
        return Calibrated.doubt(machine, settings, progress).map(run::with).orElse(run);
    }

    /** With the usual rule: an experiment ends when all its effects have a verdict. */
    static Run of(Machine machine, List<Experiment> experiments, Settings settings, Keeping keeping,
            Progress progress) {
        return of(machine, experiments, settings, keeping, progress, StoppingRule::effectsDecided);
    }

    private static Run pulled(Session opened, Keeping keeping, Progress progress) {
        try (Session session = opened;
                Interruption _ = Interruption.of(session)) {
            long kept = System.nanoTime();
            long cost = 0;
            while (session.hasNext()) {
                Step step = session.next();
                progress.show(step);
                if (!(step instanceof Step.TrialEnded) && System.nanoTime() - kept > KEEPING_SHARE * cost) {
                    long from = System.nanoTime();
                    keeping.keep(session.run());
                    kept = System.nanoTime();
                    cost = kept - from;
                }
            }
            progress.done();
            return keeping.dated(session.run());
        }
    }
}
