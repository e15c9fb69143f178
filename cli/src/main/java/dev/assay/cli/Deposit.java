package dev.assay.cli;

import dev.assay.lab.Archive;
import dev.assay.lab.FileTrouble;
import dev.assay.lab.LabException;
import dev.assay.lab.Run;
import dev.assay.report.HtmlReport;
import dev.assay.report.Occasion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A run's files in a folder: {@code run.json}, {@code report.html} and, of a comparison, {@code comparison.json}. */
final class Deposit {
    static final String REPORT = "report.html";
    private static final String COMPARISON = "comparison.json";

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
            throw new LabException.Usage(folder + " cannot be written: " + FileTrouble.of(e)
                    + "; name another folder with -o");
        }
    }

    /**
     * Writes the run and its page.
     *
     * @throws LabException.Archive when it cannot be written
     */
    static void write(Run run, Path folder, Occasion occasion) {
        write(run, run, folder, occasion, Optional.empty());
    }

    /**
     * As above.
     *
     * @param shown the run as the page shows it
     * @param comparison as JSON, where the run is one
     */
    static void write(Run run, Run shown, Path folder, Occasion occasion, Optional<String> comparison) {
        Archive.save(run, folder);
        write(folder.resolve(REPORT), HtmlReport.of(shown, occasion));
        comparison.ifPresent(json -> write(folder.resolve(COMPARISON), json));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new LabException.Archive(file + " cannot be written: " + FileTrouble.of(e)
                    + "; free space or name another folder", e);
        }
    }
}
