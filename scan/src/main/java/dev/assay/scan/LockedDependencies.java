package dev.assay.scan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The dependencies that a Gradle lock file pins, found in the local caches of Maven and Gradle.
 *
 * <p>
 * A lock file is the resolved list itself (docs.gradle.org, "Locking Versions": one {@code group:name:version=configurations}
 * per line), so nothing has to be resolved again.
 */
final class LockedDependencies {
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_.-]+):([A-Za-z0-9_.-]+):([A-Za-z0-9_.+-]+)=.*");

    private LockedDependencies() {}

    static boolean isLockFile(Path file) {
        String name = file.getFileName().toString();
        return name.equals("gradle.lockfile") || name.endsWith(".lockfile");
    }

    static List<FirstReady.Coordinates> read(List<String> lines) {
        List<FirstReady.Coordinates> pinned = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line.strip());
            if (matcher.matches() && !line.contains("..")) {
                pinned.add(new FirstReady.Coordinates(matcher.group(1), matcher.group(2), matcher.group(3)));
            }
        }
        return pinned;
    }

    /** The jar in {@code ~/.m2/repository} or in Gradle's module cache. */
    static Optional<Path> find(FirstReady.Coordinates of, Path home) {
        String jar = of.artifact() + "-" + of.version() + ".jar";
        Path maven = home.resolve(".m2/repository").resolve(of.group().replace('.', '/')).resolve(of.artifact())
                .resolve(of.version()).resolve(jar);
        if (Files.isRegularFile(maven)) {
            return Optional.of(maven);
        }
        Path gradle = home.resolve(".gradle/caches/modules-2/files-2.1").resolve(of.group()).resolve(of.artifact())
                .resolve(of.version());
        try (Stream<Path> files = Files.isDirectory(gradle) ? Files.walk(gradle, 2) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().equals(jar)).findFirst();
        } catch (java.io.IOException _) {
            return Optional.empty();
        }
    }
}
