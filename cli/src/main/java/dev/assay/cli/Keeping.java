package dev.assay.cli;

import dev.assay.decide.History;
import dev.assay.lab.Archive;
import dev.assay.lab.LabException;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
import dev.assay.report.Occasion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps a run in the user's store while it grows, so that even a kill loses nothing that was measured. A store that
 * cannot be written is said at once and does not stop the measuring: the answer still reaches the screen.
 */
final class Keeping implements AutoCloseable {
    private final RunStore store;
    private final Progress progress;
    private final Path crashReports;
    private Optional<Path> folder = Optional.empty();
    private boolean failed;

    Keeping(RunStore store, Progress progress) {
        this.store = store;
        this.progress = progress;
        try {
            this.crashReports = Files.createTempDirectory("assay-crashes-");
        } catch (IOException e) {
            throw new LabException.Archive("no temporary folder can be made in " + System.getProperty("java.io.tmpdir")
                    + ": " + e.getMessage() + "; free space or set TMPDIR", e);
        }
    }

    /** Where crash reports go until the run is kept. */
    Path crashReports() {
        return crashReports;
    }

    /** What is known so far. */
    void keep(Run run) {
        if (failed) {
            return;
        }
        try {
            Path to = store.create(run.id());
            folder = Optional.of(to);
            Archive.save(run, to);
        } catch (LabException.Archive e) {
            failed = true;
            progress.warning(e.getMessage() + "; measuring goes on");
        }
    }

    /** With a doubt where the store holds a run of a later date. */
    Run dated(Run run) {
        try {
            return store.outOfOrder(run).map(run::with).orElse(run);
        } catch (LabException.Archive e) {
            return run; // that the store cannot be read is said when the run is kept
        }
    }

    /** The whole run with its page, and its figures into the history. */
    void finish(Run run, Occasion occasion) {
        finish(run, run, occasion, Optional.empty());
    }

    /** As above; see {@link Deposit#write(Run, Run, Path, Occasion, Optional)}. */
    void finish(Run run, Run shown, Occasion occasion, Optional<String> comparison) {
        try {
            Path to = store.create(run.id());
            folder = Optional.of(to);
            Deposit.write(run, shown, to, occasion, comparison);
            moveCrashReports(to);
            failed = false;
            index(run, to.getParent());
        } catch (LabException.Archive e) {
            failed = true;
            progress.warning(e.getMessage());
        } catch (IOException e) {
            failed = true;
            progress.warning("crash reports stay in " + crashReports + ": " + e.getMessage());
        }
    }

    /** The index can be rebuilt from the runs at any time, so that nothing about it may fail a run. */
    private void index(Run run, Path runs) {
        try (History history = History.open(History.beside(runs))) {
            history.add(run);
        } catch (RuntimeException | LinkageError e) { // a driver that cannot load is one too
            progress.warning("warning: the run is kept but not in the history: " + e.getMessage());
        }
    }

    private void moveCrashReports(Path to) throws IOException {
        try (var reports = Files.list(crashReports)) {
            for (Path report : reports.toList()) {
                Files.copy(report, to.resolve(report.getFileName()));
                Files.delete(report);
            }
        }
    }

    boolean failed() {
        return failed;
    }

    /** Where the run is kept, if it is. */
    Optional<Path> where() {
        return failed ? Optional.empty() : folder;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(crashReports);
        } catch (IOException e) {
            // Reports that could not be moved stay where the message said.
        }
    }
}
