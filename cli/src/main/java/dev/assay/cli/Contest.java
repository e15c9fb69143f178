package dev.assay.cli;

import dev.assay.decide.Comparer;
import dev.assay.decide.Comparison;
import dev.assay.lab.Doubt;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
import dev.assay.lab.Settings;
import dev.assay.machine.Machine;
import dev.assay.report.ComparisonJson;
import dev.assay.report.Occasion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A question measured, kept and read as a comparison.
 *
 * @param kept where the run is, if it could be kept
 * @param lost whether it could not
 */
record Contest(Comparison comparison, Optional<Path> kept, boolean lost) {
    /**
     * @param command that the user typed, for the page
     * @param strict whether what is inconclusive fails too
     * @param directory for the files, besides the store
     */
    static Contest of(Question question, Settings settings, String command, boolean strict, Optional<Path> directory,
            Progress progress) {
        directory.ifPresent(Deposit::check);
        Machine machine = Machine.read();
        try (Keeping keeping = new Keeping(RunStore.ofUser(System.getenv()), progress)) {
            Run run = Conduct.of(machine, List.copyOf(question.pairs()), settings, keeping, progress,
                    new Comparer(question.pairs().size()));
            Comparison comparison = Comparer.of(run, question.pairs(), question.subjects(), question.onlyA(),
                    question.onlyB());
            for (Doubt doubt : question.doubts()) {
                comparison = comparison.with(doubt);
            }
            Occasion occasion = new Occasion(Optional.of(machine.svg()), Optional.of(command),
                    Optional.of(comparison));
            Run shown = Comparer.corrected(run, question.pairs(), comparison);
            String json = ComparisonJson.of(comparison, strict);
            keeping.finish(run, shown, occasion, Optional.of(json));
            directory.ifPresent(folder -> Deposit.write(run, shown, folder, occasion, Optional.of(json)));
            return new Contest(comparison, keeping.where(), keeping.failed());
        }
    }
}
