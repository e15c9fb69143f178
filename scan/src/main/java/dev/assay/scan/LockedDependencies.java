package dev.assay.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dependencies that a Gradle lock file pins.
 *
 * <p>
 * A lock file is the resolved list itself (docs.gradle.org, "Locking Versions": one {@code group:name:version=configurations}
 * per line), so nothing has to be resolved again.
 */
final class LockedDependencies {
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:[A-Za-z0-9_.+-]+)=.*");

    private LockedDependencies() {}

    /** As asked for, not found yet. */
    static List<Dependency> read(List<String> lines) {
        List<Dependency> pinned = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line.strip());
            if (matcher.matches() && !line.contains("..")) {
                pinned.add(new Dependency.Missing(matcher.group(1), ""));
            }
        }
        return pinned;
    }
}
