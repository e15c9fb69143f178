package dev.assay.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Jars that earlier builds left on this machine. */
final class LocalCaches {
    private LocalCaches() {}

    /** In the local Maven repository, or in Gradle's module cache. */
    static Optional<Dependency> find(Dependency asked, Path mavenRepository) {
        String[] parts = asked.coordinates().split(":");
        String jar = parts[1] + "-" + parts[2] + ".jar";
        Path maven = mavenRepository.resolve(parts[0].replace('.', '/')).resolve(parts[1]).resolve(parts[2])
                .resolve(jar);
        if (Files.isRegularFile(maven)) {
            return Optional.of(new Dependency.Found(asked.coordinates(), maven));
        }
        Path gradle = gradleHome().resolve("caches/modules-2/files-2.1").resolve(parts[0]).resolve(parts[1])
                .resolve(parts[2]);
        try (Stream<Path> files = Files.isDirectory(gradle) ? Files.walk(gradle, 2) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().equals(jar)).findFirst()
                    .map(file -> new Dependency.Found(asked.coordinates(), file));
        } catch (IOException _) {
            // A cache that cannot be read holds nothing for us: the repository is asked next, and says so if it has nothing.
            return Optional.empty();
        }
    }

    private static Path gradleHome() {
        String home = System.getenv("GRADLE_USER_HOME");
        return home == null || home.isEmpty() ? Path.of(System.getProperty("user.home"), ".gradle") : Path.of(home);
    }
}
