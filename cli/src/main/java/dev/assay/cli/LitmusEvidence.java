package dev.assay.cli;

import dev.assay.litmus.LitmusException;
import dev.assay.litmus.ObservedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Keeps what contradicts a model: the test, what was seen, and how. */
final class LitmusEvidence {
    private LitmusEvidence() {}

    /**
     * Writes a folder for the test.
     *
     * @param evidence where; empty for litmus/ among the user's data
     * @param observed what was seen, as JSON
     */
    static Path keep(Optional<Path> evidence, ObservedTest test, String observed) {
        Path folder = evidence.orElseGet(LitmusEvidence::userData)
                .resolve(test.name().replaceAll("[^A-Za-z0-9._+-]", "_") + "-"
                        + Instant.now().toString().replace(':', '-'));
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("test.litmus"), test.text());
            Files.writeString(folder.resolve("observed.json"), observed + "\n");
        } catch (IOException e) {
            throw new LitmusException(folder + " cannot be written: " + e.getMessage());
        }
        return folder;
    }

    private static Path userData() {
        String data = System.getenv("XDG_DATA_HOME");
        Path base = data == null || data.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(data);
        return base.resolve("assay").resolve("litmus");
    }
}
