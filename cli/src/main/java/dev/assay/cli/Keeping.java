package dev.assay.cli;

import dev.assay.lab.Archive;
import dev.assay.lab.LabException;
import dev.assay.lab.Run;
import dev.assay.lab.RunStore;
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
    private final String topology;
    private final Path crashReports;
    private Optional<Path> folder = Optional.empty();
    private boolean failed;

    /** @param topology the drawing of this machine, for the page */
    Keeping(RunStore store, Progress progress, String topology) {
        this.topology = topology;
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

    void keep(Run run, boolean last) {
        if (failed && !last) {
            return;
        }
        try {
            Path to = store.create(run.id());
            folder = Optional.of(to);
            if (last) {
                Deposit.write(run, to, Optional.of(topology));
                moveCrashReports(to);
            } else {
                Archive.save(run, to);
            }
            failed = false;
        } catch (LabException.Archive e) {
            failed = true;
            progress.line("assay: " + e.getMessage() + (last ? "" : "; measuring goes on"));
        } catch (IOException e) {
            failed = true;
            progress.line("assay: crash reports stay in " + crashReports + ": " + e.getMessage());
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
