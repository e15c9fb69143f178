package dev.assay.cli;

import dev.assay.lab.Archive;
import dev.assay.lab.LabException;
import dev.assay.lab.Run;
import dev.assay.report.HtmlReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A run's files in a folder: {@code run.json} and {@code report.html}. */
final class Deposit {
    static final String REPORT = "report.html";

    private Deposit() {}

    /**
     * Makes the folder and tries it, before minutes are spent on measuring.
     *
     * @throws LabException.Usage when it cannot be written
     */
    static void check(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".assay", ".tmp"));
        } catch (IOException e) {
            throw new LabException.Usage(folder + " cannot be written (" + e.getClass().getSimpleName() + ": "
                    + e.getMessage() + "); name another folder with -o");
        }
    }

    /**
     * Writes both files.
     *
     * @param topology the drawing of the machine, when this is the machine
     * @throws LabException.Archive when it cannot be written
     */
    static void write(Run run, Path folder, Optional<String> topology) {
        Archive.save(run, folder);
        Path report = folder.resolve(REPORT);
        try {
            Files.writeString(report, HtmlReport.of(run, topology));
        } catch (IOException e) {
            throw new LabException.Archive(report + " cannot be written: " + e.getMessage()
                    + "; free space or name another folder", e);
        }
    }
}
