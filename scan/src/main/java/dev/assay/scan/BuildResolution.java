package dev.assay.scan;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the dependencies of a build file are found.
 *
 * @param offline
 *            only what is on this machine; otherwise what is missing is fetched as Maven fetches it
 * @param settings
 *            a settings.xml of Maven in place of the user's
 */
public record BuildResolution(boolean offline, Optional<Path> settings) {
    public BuildResolution {
        settings.filter(file -> !java.nio.file.Files.isRegularFile(file)).ifPresent(file -> {
            throw new ScanException.Usage("--settings takes a settings.xml of Maven; " + file
                    + " is not a file. Check the spelling, or leave the option out to use the user's own.");
        });
    }

    /** As Maven does without options. */
    public static BuildResolution asMaven() {
        return new BuildResolution(false, Optional.empty());
    }
}
