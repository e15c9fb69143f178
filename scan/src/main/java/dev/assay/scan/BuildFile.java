package dev.assay.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A file that says what a program is built with, known by its name. */
enum BuildFile {
    MAVEN, GRADLE_LOCK, VERSION_CATALOGUE;

    static Optional<BuildFile> of(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.equals("pom.xml") || name.endsWith(".pom")) {
            return Optional.of(MAVEN);
        }
        if (name.endsWith(".lockfile")) {
            return Optional.of(GRADLE_LOCK);
        }
        return name.endsWith(".versions.toml") ? Optional.of(VERSION_CATALOGUE) : Optional.empty();
    }

    /**
     * What it asks for.
     *
     * @throws Malformed
     *             when the file cannot be understood
     */
    List<Dependency> dependencies(Path file, Target target, BuildResolution how) {
        try {
            return switch (this) {
                case MAVEN -> {
                    try (MavenResolver maven = new MavenResolver(target, how)) {
                        yield new MavenBuild(maven).dependencies(file);
                    }
                }
                case GRADLE_LOCK -> listed(LockedDependencies.read(Files.readAllLines(file)), target, how);
                case VERSION_CATALOGUE -> listed(VersionCatalogue.read(Files.readString(file)), target, how);
            };
        } catch (IOException | UncheckedIOException e) {
            throw new Malformed("could not be read: " + e);
        }
    }

    /** Gradle's list is the answer itself: each line is looked up, nothing is added. */
    private static List<Dependency> listed(List<Dependency> lines, Target target, BuildResolution how) {
        try (MavenResolver maven = new MavenResolver(target, how)) {
            return lines.stream().map(line -> line instanceof Dependency.Missing asked && asked.reason().isEmpty()
                    ? LocalCaches.find(asked, maven.localRepository()).orElseGet(() -> maven.single(asked))
                    : line).toList();
        }
    }
}
